/**
 * Why: things that overlap must lie side by side: brackets beside the text, underlines below it. Greedy: each takes the
 * first lane that is free along its whole length; those that had a lane keep it, so that nothing hops while scrolling.
 *
 * Absent on purpose: pixels and colours. `from` and `to` may be anything with an order.
 */
export type Stretch = {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Neighbouring lanes that it fills; 1 unless told. */
  readonly breadth?: number;
};

/** Lane of each stretch by id, from 0. Stretches that only touch do not collide. */
export function lanes(
  stretches: readonly Stretch[],
  before: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const taken: Stretch[][] = [];
  const result = new Map<string, number>();
  const free = (lane: number, item: Stretch) => {
    for (let at = lane; at < lane + (item.breadth ?? 1); at++) {
      if (taken[at]?.some((other) => item.from < other.to && other.from < item.to)) return false;
    }
    return true;
  };
  const take = (lane: number, item: Stretch) => {
    for (let at = lane; at < lane + (item.breadth ?? 1); at++) (taken[at] ??= []).push(item);
    result.set(item.id, lane);
  };
  const newcomers: Stretch[] = [];
  for (const item of stretches) {
    const lane = before.get(item.id);
    if (lane !== undefined && free(lane, item)) take(lane, item);
    else newcomers.push(item);
  }
  for (const item of newcomers) {
    let lane = 0;
    while (!free(lane, item)) lane++;
    take(lane, item);
  }
  return result;
}

/**
 * Why: a list that is asked for again is mostly what it was. Entries that say the same stay the same objects, so that
 * only what is shown of the others is drawn again.
 *
 * Absent on purpose: any knowledge of what an entry is. Entries are records of the wire: plain JSON.
 */

/** The list `now` with the entries of `before` where nothing changed; `before` itself where nothing changed at all. */
export function kept<T extends { id: string }>(before: T[], now: T[]): T[] {
  const former = new Map(before.map((one) => [one.id, one]));
  const list = now.map((one) => {
    const old = former.get(one.id);
    return old && JSON.stringify(old) === JSON.stringify(one) ? old : one;
  });
  return list.length === before.length && list.every((one, at) => one === before[at]) ? before : list;
}

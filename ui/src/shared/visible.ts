// Rows of a long list that are near the screen. Their heights are known beforehand, so this is arithmetic; nothing is
// measured.

/** Rows drawn above and below the screen, so that a turn of the wheel finds them there. */
const SPARE = 8;

/** The half-open range of rows to draw. All in pixels except `count`. */
export function visibleRows(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
): { from: number; to: number } {
  const first = Math.floor(scrollTop / rowHeight);
  const last = Math.ceil((scrollTop + viewHeight) / rowHeight);
  return {
    from: Math.max(0, Math.min(first - SPARE, count)),
    to: Math.max(0, Math.min(last + SPARE, count)),
  };
}

/** Where each row begins when each has a height of its own, and, last, where the list ends. */
export function rowTops(heights: readonly number[]): number[] {
  const tops = [0];
  for (const height of heights) tops.push((tops.at(-1) ?? 0) + height);
  return tops;
}

/** The half-open range of rows to draw, for rows with the tops that `rowTops` gave. */
export function rowsBetween(tops: readonly number[], top: number, bottom: number): { from: number; to: number } {
  const count = tops.length - 1;
  const first = firstFrom(tops, top + 1) - 1;
  const last = firstFrom(tops, bottom);
  return {
    from: Math.max(0, Math.min(first - SPARE, count)),
    to: Math.max(0, Math.min(last + SPARE, count)),
  };
}

/** The first place of sorted numbers that is not below `least`. */
function firstFrom(sorted: readonly number[], least: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) < least) from = middle + 1;
    else to = middle;
  }
  return from;
}

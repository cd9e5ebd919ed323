// Which rows of a long list are near the screen. Rows have one height, so this is arithmetic; nothing is measured.

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

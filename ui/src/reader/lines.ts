/**
 * Why: a range of text has many rectangles (one a text node and line); what is drawn around it needs one a line.
 *
 * Absent on purpose: the DOM. Boxes are CSS pixels in any one coordinate system.
 */
export type Box = { left: number; right: number; top: number; bottom: number };

/** Rectangles whose heights overlap by more than this share of the lower one are on the same line. */
const SAME_LINE = 0.5;

/** One box a line, from the top; empty rectangles are dropped. */
export function mergeLines(rects: readonly Box[]): Box[] {
  const lines: Box[] = [];
  const sorted = rects
    .filter((rect) => rect.right > rect.left && rect.bottom > rect.top)
    .sort((a, b) => a.top - b.top || a.left - b.left);
  for (const rect of sorted) {
    const line = lines.findLast((one) => {
      const shared = Math.min(one.bottom, rect.bottom) - Math.max(one.top, rect.top);
      return shared > SAME_LINE * Math.min(one.bottom - one.top, rect.bottom - rect.top);
    });
    if (!line) lines.push({ ...rect });
    else {
      line.left = Math.min(line.left, rect.left);
      line.right = Math.max(line.right, rect.right);
      line.top = Math.min(line.top, rect.top);
      line.bottom = Math.max(line.bottom, rect.bottom);
    }
  }
  return lines;
}

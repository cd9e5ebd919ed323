/**
 * Why: the toolbar and the list of a crowded spot belong beside the text they are about and must never be cut by an
 * edge of the window.
 *
 * Absent on purpose: the DOM. All boxes in the coordinates of what is scrolled, CSS pixels.
 */
import type { Box } from '../reader/lines';

/** Between the text and what floats beside it. */
const GAP = 9;
/** Kept free at the edges. */
const EDGE = 8;

export type Size = { readonly width: number; readonly height: number };

/**
 * Where something of `size` goes beside `lines`, inside `room`: above or below as wished if there is room, else on the
 * other side, else wherever it is whole.
 */
export function beside(
  lines: readonly Box[],
  size: Size,
  room: Box,
  wish: 'above' | 'below',
): { left: number; top: number } | null {
  const first = lines[0];
  const last = lines.at(-1);
  if (!first || !last) return null;
  const above = first.top - GAP - size.height;
  const below = last.bottom + GAP;
  const fits = (top: number) => top >= room.top + EDGE && top + size.height <= room.bottom - EDGE;
  const [best, second] = wish === 'above' ? [above, below] : [below, above];
  const top = fits(best) ? best : fits(second) ? second : best;
  const line = top === above ? first : last;
  const left = top === above ? line.left : line.left + Math.min(96, (line.right - line.left) / 2);
  return {
    left: clamp(left, room.left + EDGE, room.right - EDGE - size.width),
    top: clamp(top, room.top + EDGE, room.bottom - EDGE - size.height),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

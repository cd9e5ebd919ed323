// The text of a version cut where highlights begin and end, so that it can be shown with its marks. Which highlight a
// mark belongs to is left out: an old version is read, not worked on.

import type { HighlightTable } from '../api/contract';

export type Stretch = { readonly start: number; readonly end: number };
export type Piece = { readonly text: string; readonly marked: boolean };

/** What is covered by highlights: sorted, disjoint. */
export function covered({ rows }: HighlightTable): Stretch[] {
  const found: { start: number; end: number }[] = [];
  for (const [, start, end] of [...rows].sort((a, b) => a[1] - b[1])) {
    const last = found.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) found.push({ start, end });
  }
  return found;
}

/** The pieces of a block; `marks` as `covered` gives them. */
export function pieces(text: string, { start, end }: Stretch, marks: readonly Stretch[]): Piece[] {
  const found: Piece[] = [];
  const add = (from: number, to: number, marked: boolean): void => {
    if (to > from) found.push({ text: text.slice(from, to), marked });
  };
  let at = start;
  for (let next = firstAfter(marks, start); next < marks.length; next += 1) {
    const mark = marks[next] as Stretch;
    if (mark.start >= end) break;
    add(at, mark.start, false);
    at = Math.min(end, mark.end);
    add(Math.max(start, mark.start), at, true);
  }
  add(at, end, false);
  return found;
}

/** Index of the first mark that ends after `offset`. */
function firstAfter(marks: readonly Stretch[], offset: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle] as Stretch).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Why: who reads a long report goes by its headings.
 *
 * Absent on purpose: the words of a heading. They are cut from the text when a row is drawn, not for two thousand at once.
 */
import type { Block } from '../reader/text';

/** A heading as a range of the text; `depth` counts from 0, the highest level that the text uses. */
export type Heading = { readonly start: number; readonly end: number; readonly depth: number };

/** The headings of a text in order, without the one that is its title, if its first block is that. */
export function headingsOf(blocks: readonly Block[], titled: boolean): Heading[] {
  const found = blocks.filter(([, , kind], index) => kind === 'heading' && !(titled && index === 0));
  const highest = found.reduce((level, block) => Math.min(level, block[3]), Infinity);
  return found.map(([start, end, , level]) => ({ start, end, depth: level - highest }));
}

/** Index of the heading under which an offset stands; -1 before the first. */
export function headingAt(headings: readonly Heading[], offset: number): number {
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((headings[middle] as Heading).start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Why: find in the text. The page of the engine finds only what is in the DOM, and most of a long text is not; so the
 * text itself is searched.
 *
 * Absent on purpose: the DOM, and everything that the search over the whole project is for (words, tags, notes).
 */
import { Folded } from './folding';
import type { Range } from './text';

/** More places than anybody steps through. */
export const MOST_FOUND = 10_000;

/** The text that was folded last: what is typed further is sought in the same one. */
let last: { source: string; folded: Folded } | null = null;

/**
 * Every place of `sought` in the text, in order, as it is seen: in any case, with or without accents, past signs that
 * nobody sees, any white space for white space. At most `MOST_FOUND`.
 */
export function findAll(text: string, sought: string): Range[] {
  const words = new Folded(sought).text.split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  if (last?.source !== text) last = { source: text, folded: new Folded(text) };
  const { folded } = last;
  const pattern = new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+'), 'gu');
  const found: Range[] = [];
  for (const match of folded.text.matchAll(pattern)) {
    const range = folded.outward(match.index, match.index + match[0].length);
    if (range === null) continue;
    found.push(range);
    if (found.length === MOST_FOUND) break;
  }
  return found;
}

/** The index of the first place at or after an offset; the first of all when there is none; -1 when nothing was found. */
export function firstFrom(found: readonly Range[], offset: number): number {
  if (found.length === 0) return -1;
  let low = 0;
  let high = found.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((found[middle] as Range).start < offset) low = middle + 1;
    else high = middle;
  }
  return low === found.length ? 0 : low;
}

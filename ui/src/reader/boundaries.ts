/**
 * Why: a person marks letters, words and sentences, not code units. One file asks `Intl.Segmenter` where those begin
 * and end, always on a small piece of the text, so that five megabytes cost nothing.
 *
 * Absent on purpose: blocks, selection, DOM. Offsets are UTF-16 code units of the whole text.
 */
import type { Range } from './text';

/** Code units on either side of a point that decide a boundary there; longer than any real grapheme or word. */
const SURROUNDINGS = 160;

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(granularity: 'grapheme' | 'word' | 'sentence', language = ''): Intl.Segmenter {
  const key = `${granularity} ${language}`;
  let found = segmenters.get(key);
  if (!found) {
    try {
      found = new Intl.Segmenter(language || undefined, { granularity });
    } catch {
      // A source may claim a language that is none; the root rules serve every script.
      found = new Intl.Segmenter(undefined, { granularity });
    }
    segmenters.set(key, found);
  }
  return found;
}

/** Start of the piece around `offset`: after white space if there is some near, so that no grapheme is cut. */
function pieceStart(text: string, offset: number): number {
  const least = Math.max(0, offset - SURROUNDINGS);
  if (least === 0) return 0;
  for (let at = least; at < offset - SURROUNDINGS / 2; at++) if (isSpace(text, at)) return at;
  const unit = text.charCodeAt(least);
  return unit >= 0xdc00 && unit <= 0xdfff ? least - 1 : least;
}

function around(
  text: string,
  offset: number,
  granularity: 'grapheme' | 'word',
  language?: string,
): { base: number; pieces: Intl.Segments; piece: string } {
  const base = pieceStart(text, offset);
  const piece = text.slice(base, Math.min(text.length, offset + SURROUNDINGS));
  return { base, pieces: segmenter(granularity, language).segment(piece), piece };
}

export function isSpace(text: string, offset: number): boolean {
  return /\s/.test(text.charAt(offset));
}

/** The last grapheme boundary at or before `offset`. */
export function graphemeFloor(text: string, offset: number): number {
  if (offset <= 0) return 0;
  if (offset >= text.length) return text.length;
  const { base, pieces } = around(text, offset, 'grapheme');
  return base + (pieces.containing(offset - base)?.index ?? 0);
}

/** The first grapheme boundary at or after `offset`. */
export function graphemeCeil(text: string, offset: number): number {
  const floor = graphemeFloor(text, offset);
  if (floor === offset) return offset;
  const { base, pieces } = around(text, offset, 'grapheme');
  const segment = pieces.containing(floor - base);
  return segment ? base + segment.index + segment.segment.length : text.length;
}

/** The word that holds the code unit at `offset`; null between words. */
export function wordAt(text: string, offset: number, language?: string): Range | null {
  if (offset < 0 || offset >= text.length) return null;
  const { base, pieces } = around(text, offset, 'word', language);
  const segment = pieces.containing(offset - base);
  if (!segment?.isWordLike) return null;
  return { start: base + segment.index, end: base + segment.index + segment.segment.length };
}

/** True when `offset` lies strictly inside a word, not at one of its ends. */
export function insideWord(text: string, offset: number, language?: string): boolean {
  const word = wordAt(text, offset, language);
  return word !== null && word.start < offset;
}

export type Snap = { readonly wholeWords: boolean; readonly language?: string };

/** Whole graphemes (or words), no white space at the ends; null when nothing is left. */
export function snap(text: string, range: Range, { wholeWords, language }: Snap): Range | null {
  let start = Math.max(0, Math.min(range.start, range.end));
  let end = Math.min(text.length, Math.max(range.start, range.end));
  if (start === end) return null;
  if (wholeWords) {
    start = wordAt(text, start, language)?.start ?? start;
    end = wordAt(text, end - 1, language)?.end ?? end;
  }
  start = graphemeFloor(text, start);
  end = graphemeCeil(text, end);
  while (start < end && isSpace(text, start)) start++;
  while (end > start && isSpace(text, end - 1)) end--;
  // A combining mark on a space belongs to it: don't begin inside such a pair.
  start = graphemeFloor(text, start);
  end = graphemeCeil(text, end);
  return start < end ? { start, end } : null;
}

/** The edge of the next word in a direction: its end when `edge` is "end", else its start. The end of the text when there is none. */
export function wordEdge(
  text: string,
  offset: number,
  direction: 1 | -1,
  edge: 'start' | 'end',
  language?: string,
): number {
  let from = offset;
  while (from >= 0 && from <= text.length) {
    const base = direction > 0 ? pieceStart(text, from) : pieceStart(text, Math.max(0, from - SURROUNDINGS));
    const stop = Math.min(text.length, from + SURROUNDINGS);
    const edges: number[] = [];
    for (const piece of segmenter('word', language).segment(text.slice(base, stop))) {
      const atCut = base + piece.index + piece.segment.length === stop && stop < text.length;
      if (piece.isWordLike && !(atCut && direction > 0))
        edges.push(base + piece.index + (edge === 'end' ? piece.segment.length : 0));
    }
    const found = direction > 0 ? edges.find((at) => at > offset) : edges.findLast((at) => at < offset);
    if (found !== undefined) return found;
    if (direction > 0 ? stop >= text.length : base <= 0) break;
    from = direction > 0 ? stop : base;
  }
  return direction > 0 ? text.length : 0;
}

/** Ends in an abbreviation or an initial, after which a full stop ends nothing. */
const ABBREVIATED =
  /(?:^|[\s("“])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Adm|Sen|Rep|Gov|St|No|vs|cf|approx|e\.g|i\.e|(?:\p{Lu}\.)*\p{Lu})\.\s*$/u;

/** The sentences of one block, without the white space around them. A line end inside a block ends no sentence. */
export function sentences(text: string, block: Range, language?: string): Range[] {
  const flat = text.slice(block.start, block.end).replace(/[\n\r\u2028\u2029\u0085]/g, ' ');
  const result: Range[] = [];
  let start: number | null = null;
  for (const piece of segmenter('sentence', language).segment(flat)) {
    start ??= piece.index;
    const end = piece.index + piece.segment.length;
    if (end < flat.length && ABBREVIATED.test(flat.slice(start, end))) continue;
    const trimmed = trim(flat, start, end);
    if (trimmed) result.push({ start: block.start + trimmed.start, end: block.start + trimmed.end });
    start = null;
  }
  return result;
}

function trim(text: string, from: number, to: number): Range | null {
  let start = from;
  let end = to;
  while (start < end && isSpace(text, start)) start++;
  while (end > start && isSpace(text, end - 1)) end--;
  return start < end ? { start, end } : null;
}

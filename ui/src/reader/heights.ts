/**
 * Why: only the paragraphs near the screen are in the DOM, yet the scroll bar must know where every paragraph is. Each
 * block has an estimated height until it was measured; a Fenwick tree keeps the sums, so that placing, finding and
 * correcting a block are all O(log n).
 *
 * Absent on purpose: the DOM. Heights are CSS pixels that somebody else measured.
 */
import type { Block, BlockKind, Source } from './text';

export class Heights {
  readonly #heights: Float64Array;
  /** Fenwick tree over the heights, 1-based. */
  readonly #sums: Float64Array;
  readonly #measured: Uint8Array;

  /** `estimates`: one height a block, in CSS pixels. */
  constructor(estimates: ArrayLike<number>) {
    const count = estimates.length;
    this.#heights = Float64Array.from(estimates);
    this.#sums = new Float64Array(count + 1);
    this.#measured = new Uint8Array(count);
    for (let index = 1; index <= count; index++) {
      this.#sums[index] = (this.#sums[index] as number) + (this.#heights[index - 1] as number);
      const parent = index + (index & -index);
      if (parent <= count) this.#sums[parent] = (this.#sums[parent] as number) + (this.#sums[index] as number);
    }
  }

  get count(): number {
    return this.#heights.length;
  }

  get total(): number {
    return this.top(this.count);
  }

  height(index: number): number {
    return this.#heights[index] ?? 0;
  }

  measured(index: number): boolean {
    return this.#measured[index] === 1;
  }

  /** Where a block begins, below the top of the first. `top(count)` is the height of all. */
  top(index: number): number {
    let sum = 0;
    for (let at = index; at > 0; at -= at & -at) sum += this.#sums[at] as number;
    return sum;
  }

  /** The block that holds the height `y`; the first or the last one when `y` lies outside. */
  at(y: number): number {
    let index = 0;
    let rest = y;
    for (let step = 1 << Math.floor(Math.log2(Math.max(1, this.count))); step > 0; step >>= 1) {
      const next = index + step;
      if (next <= this.count && (this.#sums[next] as number) <= rest) {
        index = next;
        rest -= this.#sums[next] as number;
      }
    }
    return Math.min(index, Math.max(0, this.count - 1));
  }

  /** Takes a measurement; true when it differs from what was believed. */
  measure(index: number, height: number): boolean {
    this.#measured[index] = 1;
    const difference = height - (this.#heights[index] as number);
    if (Math.abs(difference) < 0.01) return false;
    this.#heights[index] = height;
    for (let at = index + 1; at <= this.count; at += at & -at) this.#sums[at] = (this.#sums[at] as number) + difference;
    return true;
  }

  /** The column changed its width or its font: what was measured is only an estimate now. */
  forget(): void {
    this.#measured.fill(0);
  }
}

/** Shape of the text column, as the style sheet of the reader sets it. CSS pixels. */
export type Column = { readonly width: number; readonly line: number };

/** Mean width of a letter of the text serif at 18 px: 8.3 px, so that 640 px hold 77 letters of a full line. */
const LETTER = 8.3;
/** Han, kana and Hangul take a full em. */
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/g;
/** So many code units of a block tell how wide its letters are. */
const SAMPLE = 80;
/** Space below a block, by kind, as in reader.css. */
const GAP: Record<BlockKind, number> = {
  paragraph: 19,
  heading: 40,
  item: 9,
  quote: 19,
  code: 19,
  row: 6,
  break: 28,
  note: 10,
};

/** The height that a block will probably have, in CSS pixels. */
export function estimate(text: string, [start, end, kind]: Block, column: Column): number {
  const sample = text.slice(start, Math.min(end, start + SAMPLE));
  const wide = sample.match(WIDE)?.length ?? 0;
  const letter = LETTER * (1 + (sample.length ? wide / sample.length : 0));
  const lines = Math.max(1, Math.ceil(((end - start) * letter) / Math.max(1, column.width)));
  return lines * column.line + GAP[kind];
}

/** What was estimated for the blocks of a text, and in a column of which width. */
const estimated = new WeakMap<readonly Block[], { readonly width: number; readonly heights: Float64Array }>();

/** The height of each block; estimated once for each width that a text is shown in. */
export function estimates({ text, blocks }: Source, column: Column): Float64Array {
  const known = estimated.get(blocks);
  if (known?.width === column.width) return known.heights;
  const heights = Float64Array.from(blocks, (block) => estimate(text, block, column));
  estimated.set(blocks, { width: column.width, heights });
  return heights;
}

/**
 * Why: who quotes a report cites its page. The text has no pages of its own; the source said where they began.
 *
 * Absent on purpose: what a page looked like, and the words around its label.
 */
import { blockAt, type Block, type Range } from './text';

/** [start, label]: where a page begins, and what the source calls it: "12", "xiv". */
export type Page = readonly [number, string];

/** A page that begins in a block, at the first letter that stands on it. */
export type PageStart = { readonly at: number; readonly label: string };

export class Pages {
  readonly #pages: readonly Page[];
  readonly #begun = new Map<number, PageStart[]>();

  /** `pages` ascending by start. Of several that begin at one letter, all but the last are empty and are not shown. */
  constructor(pages: readonly Page[], blocks: readonly Block[]) {
    this.#pages = pages;
    for (const [start, label] of pages) {
      let index = blockAt(blocks, start);
      if ((blocks[index]?.[1] ?? Infinity) <= start) index += 1;
      const block = blocks[index];
      if (!block) continue;
      const at = Math.max(start, block[0]);
      const here = (this.#begun.get(index) ?? []).filter((one) => one.at !== at);
      this.#begun.set(index, [...here, { at, label }]);
    }
  }

  /** The pages that begin in a block, in order. */
  beginningIn(block: number): readonly PageStart[] {
    return this.#begun.get(block) ?? [];
  }

  /** The page of a range, or its first and last with a dash between; null where the source has none. */
  of({ start, end }: Range): string | null {
    const first = this.#at(start);
    const last = this.#at(Math.max(start, end - 1));
    if (first === null || last === null) return null;
    return first === last ? first : `${first}–${last}`;
  }

  #at(offset: number): string | null {
    let low = 0;
    let high = this.#pages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#pages[middle] as Page)[0] <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#pages[low - 1]?.[1] ?? null;
  }
}

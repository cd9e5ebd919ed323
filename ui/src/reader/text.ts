/**
 * Why: the vocabulary of the reader. A document is one text; everything else is a half-open range over it, in UTF-16
 * code units, as the DOM counts.
 *
 * Absent on purpose: tags with names and colours, documents with titles, anything that knows where a text came from.
 */

/** Half open: `end` is the first code unit that does not belong. */
export type Range = { readonly start: number; readonly end: number };

export type BlockKind = 'paragraph' | 'heading' | 'item' | 'quote' | 'code' | 'row' | 'break' | 'note';
export type SpanKind = 'emphasis' | 'strong' | 'code' | 'link' | 'call' | 'mark';

/** [start, end, kind, level]: sorted and disjoint. */
export type Block = readonly [number, number, BlockKind, number];

/** An inline range; `target` is the address of a link, shown and never followed, or the label of a footnote. */
export type Span = Range & { readonly kind: SpanKind; readonly target: string | null };

/** A highlight as the reader sees it. Never changed in place: a new object means that its paragraphs are drawn again. */
export type Passage = Range & {
  readonly id: string;
  /** Tag ids, in the order of the tag list. */
  readonly tags: readonly string[];
  readonly noted: boolean;
  readonly linked: boolean;
  /** The place was found again in a new version of the source and awaits a person's eye. */
  readonly doubtful: boolean;
};

/** What is being read. */
export type Source = {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** BCP 47, or empty when unknown. */
  readonly language: string;
};

/** Index of the block that holds `offset`, or of the last block that starts before it; 0 when it lies before all. */
export function blockAt(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as Block)[0] <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

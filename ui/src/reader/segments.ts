/**
 * Why: overlapping highlights have no tree shape, the DOM has nothing else. A block is cut at every boundary into flat
 * segments; each segment knows all passages and spans that cover it, outermost first.
 *
 * Absent on purpose: the DOM.
 */
import type { Passage, Range, Span } from './text';

export type Segment = Range & { readonly passages: readonly Passage[]; readonly spans: readonly Span[] };

/**
 * Cuts `block` at the boundaries of `passages` and `spans`, which must be in document order, and at the offsets `also`,
 * which lie in it. The segments cover the block without gap.
 */
export function segments(
  block: Range,
  passages: readonly Passage[],
  spans: readonly Span[],
  also: readonly number[] = [],
): Segment[] {
  const cuts = new Set<number>([block.start, ...also, block.end]);
  for (const { start, end } of [...passages, ...spans]) {
    if (start > block.start && start < block.end) cuts.add(start);
    if (end > block.start && end < block.end) cuts.add(end);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const result: Segment[] = [];
  let openPassages: Passage[] = [];
  let openSpans: Span[] = [];
  let nextPassage = 0;
  let nextSpan = 0;
  for (let index = 0; index + 1 < sorted.length; index++) {
    const start = sorted[index] as number;
    const end = sorted[index + 1] as number;
    openPassages = openPassages.filter((item) => item.end > start);
    openSpans = openSpans.filter((item) => item.end > start);
    for (let item = passages[nextPassage]; item && item.start <= start; item = passages[++nextPassage]) {
      if (item.end > start) openPassages = [...openPassages, item];
    }
    for (let item = spans[nextSpan]; item && item.start <= start; item = spans[++nextSpan]) {
      if (item.end > start) openSpans = [...openSpans, item];
    }
    result.push({ start, end, passages: openPassages, spans: openSpans });
  }
  return result;
}

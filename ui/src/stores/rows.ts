/**
 * Why: what the core says of a highlight, as the reader sees it. The only place that knows the compact form on the wire.
 *
 * Absent on purpose: asking for it.
 */
import type { Highlight, HighlightTable } from '../api/contract';
import type { Passage } from '../reader/text';

/** Flags of a row on the wire. */
const NOTED = 1;
const LINKED = 2;
const DOUBTFUL = 4;

export function passagesOf({ tags: names, rows }: HighlightTable): Passage[] {
  return rows.map(([id, start, end, indexes, flags]) => ({
    id,
    start,
    end,
    tags: indexes.flatMap((index) => names[index] ?? []),
    noted: (flags & NOTED) !== 0,
    linked: (flags & LINKED) !== 0,
    doubtful: (flags & DOUBTFUL) !== 0,
  }));
}

/** `former`: what was known of it; a highlight on its own says nothing of its links. */
export function passageOf(highlight: Highlight, former?: Passage): Passage {
  return {
    id: highlight.id,
    start: highlight.start ?? former?.start ?? 0,
    end: highlight.end ?? former?.end ?? 0,
    tags: highlight.tagIds,
    noted: highlight.note.trim() !== '',
    linked: former?.linked ?? false,
    doubtful: !highlight.anchor.confirmed && highlight.anchor.method !== 'made',
  };
}

// The bar of a document in the list: its most frequent tags, and all others as one part, for more colours than these
// cannot be told apart in a line of three pixels.

import type { Document, Tag, TagId } from '../api/contract';

/** Tags with a part of their own. */
const FIRST = 4;

export type TagBars = {
  first: { tag: Tag; count: number }[];
  /** How many other tags there are, and their highlights counted once a tag. */
  others: { tags: number; count: number } | null;
};

/** Null for a document without tagged highlights. Tags of equal counts keep their order. */
export function tagBars(document: Document, tag: (id: TagId) => Tag | undefined): TagBars | null {
  const all = document.tags
    .flatMap(({ tag: id, count }) => {
      const known = tag(id);
      return known && count > 0 ? [{ tag: known, count }] : [];
    })
    .sort((a, b) => b.count - a.count);
  if (all.length === 0) return null;
  // A single other tag is shown by its own colour.
  const kept = all.length === FIRST + 1 ? all.length : FIRST;
  const rest = all.slice(kept);
  const count = rest.reduce((sum, one) => sum + one.count, 0);
  return { first: all.slice(0, kept), others: rest.length > 0 ? { tags: rest.length, count } : null };
}

// Going from a figure, a link or a hit to its place in the text: the Read view comes forward and the passage is shown
// there. Every view outside the reader goes through this one function, so that "opens in place" means one thing.

import type { DocumentId, HighlightId } from '../api/contract';
import { reading } from './reading.svelte';
import { views } from './views.svelte';

/** A place to read at. Offsets are UTF-16 units of the document's canonical text; without any the text opens at its start. */
export type Passage = {
  document: DocumentId;
  highlight?: HighlightId | null;
  range?: { start: number; end: number } | null;
};

/** Shows the passage in the Read view. */
export function openPassage({ document, highlight, range }: Passage): void {
  views.show('read');
  if (highlight) void reading.open(document, { highlight });
  else if (range) void reading.open(document, { offset: range.start, range: [range.start, range.end] });
  else void reading.open(document);
}

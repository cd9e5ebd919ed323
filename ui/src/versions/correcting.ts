// Which paragraph a correction is about: the one that holds the selection, the active highlight or the cursor.

import type { DocumentId } from '../api/contract';
import { blockAt } from '../reader/text';
import { words } from '../shared/words';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { views } from '../stores/views.svelte';

/** Asks for the correction of the paragraph that is being read. */
export function correctHere(): void {
  if (!reading.document) return messages.say(words.review.correct.nothingOpen);
  const block = reading.source.blocks[blockAt(reading.source.blocks, reading.at)];
  if (!block || block[1] <= block[0]) return messages.say(words.review.correct.noParagraph);
  views.open({ name: 'correct', range: { start: block[0], end: block[1] } });
}

/** The same in a document from a list, which is opened first. */
export async function correctIn(document: DocumentId): Promise<void> {
  views.show('read');
  if (reading.about?.id !== document) await reading.open(document);
  if (reading.about?.id === document) correctHere();
}

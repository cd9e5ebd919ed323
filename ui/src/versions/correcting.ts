// How a document gets another text: a paragraph is corrected (the one that holds the selection, the active highlight or
// the cursor), or a file brings a new version.

import { call } from '../api/call';
import type { DocumentId } from '../api/contract';
import { blockAt } from '../reader/text';
import { words } from '../shared/words';
import { documents } from '../stores/documents.svelte';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { versionBy } from '../stores/sources.svelte';
import { views } from '../stores/views.svelte';

/** Asks for the correction of the paragraph that is being read. */
export function correctHere(): void {
  if (!reading.document) return messages.say(words.review.correct.nothingOpen);
  const block = reading.source.blocks[blockAt(reading.source.blocks, reading.at)];
  if (!block || block[1] <= block[0]) return messages.say(words.review.correct.noParagraph);
  views.open({ name: 'correct', range: { start: block[0], end: block[1] } });
}

/** Takes another file as the new text of a document. */
export function versionFromFile(document: DocumentId): Promise<void> {
  return versionBy(() => call('version_pick', { document }));
}

/** The same for the document that is being read. */
export async function versionOfThis(): Promise<void> {
  if (!reading.about) return messages.say(words.review.correct.nothingOpen);
  await versionFromFile(reading.about.id);
}

/** Takes everything that the web page shows, of which the document that is being read holds the main text. */
export async function wholePageOfThis(): Promise<void> {
  if (!reading.about) return messages.say(words.review.correct.nothingOpen);
  await documents.takeWholePage(reading.about.id);
}

/** Asks for a correction in a document from a list, which is opened first. */
export async function correctIn(document: DocumentId): Promise<void> {
  views.show('read');
  if (reading.about?.id !== document) await reading.open(document);
  if (reading.about?.id === document) correctHere();
}

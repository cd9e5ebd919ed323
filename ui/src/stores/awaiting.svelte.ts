// How many highlights of the open document await review, and a word about it when a text has changed. Almost every
// document has one version only: about such a one the core is asked once, not after every write.

import { call } from '../api/call';
import type { Changes, Document, DocumentId } from '../api/contract';
import { words } from '../shared/words';
import { latest } from './latest';
import { messages } from './messages.svelte';
import { views } from './views.svelte';

class Awaiting {
  /** Of the open document; 0 while it is not known. */
  count = $state(0);
  #open: Pick<Document, 'id' | 'version'> | null = null;
  /** The open document has former versions, or it is not known yet. */
  #several = false;

  /** Another document, or another version of it, is open now. */
  follow(open: Pick<Document, 'id' | 'version'> | null): void {
    if (open?.id === this.#open?.id && open?.version === this.#open?.version) return;
    if (open?.id !== this.#open?.id) this.count = 0;
    this.#open = open;
    // Until the answer is here: what is written meanwhile may come too late for it.
    this.#several = true;
    if (open) void this.#ask();
  }

  /** Something was written, here or by another process. */
  refresh(changes: Changes): void {
    const open = this.#open;
    if (!open || !this.#several || !changes.topics.includes('highlights')) return;
    if (changes.documents.length === 0 || changes.documents.includes(open.id)) void this.#ask();
  }

  /** Says of each document whose text is another now how many highlights await review, with a way there. */
  async announce(before: readonly Document[], now: readonly Document[]): Promise<void> {
    if (before === now) return;
    const versions = new Map(before.map(({ id, version }) => [id, version]));
    for (const { id, version } of now) {
      const former = versions.get(id);
      if (former === undefined || former === version) continue;
      const count = (await inVersions(id)).count;
      const run = (): void => views.open({ name: 'review', document: id });
      if (count > 0) messages.say(words.review.awaiting(count), { label: words.review.open, run });
    }
  }

  #ask = latest(async () => {
    const open = this.#open;
    if (!open) return;
    try {
      const { count, several } = await inVersions(open.id);
      if (open.id !== this.#open?.id) return;
      this.count = count;
      this.#several = several;
    } catch (error) {
      messages.fail(error);
    }
  });
}

/** A text that never changed has nothing to review. */
async function inVersions(document: DocumentId): Promise<{ count: number; several: boolean }> {
  const versions = await call('version_list', { document });
  const several = versions.length > 1;
  return { count: several ? (versions.find(({ current }) => current)?.awaiting ?? 0) : 0, several };
}

export const awaiting = new Awaiting();

// Documents whose file changed on the disk after it was imported. The shell finds them; here the person is asked, one
// document at a time, and nothing happens without an answer.

import { call } from '../api/call';
import type { ChangedSource, DocumentId, VersionTaken } from '../api/contract';
import { words } from '../shared/words';
import { history } from './history.svelte';
import { messages } from './messages.svelte';
import { saving } from './saving.svelte';

class Sources {
  /** Those that the person has not decided about. */
  changed = $state.raw<readonly ChangedSource[]>([]);
  #asked: { id: number; text: string; document: DocumentId } | null = null;

  /** All changes that are to be decided about, as the shell found them. */
  hear(changed: readonly ChangedSource[]): void {
    this.changed = changed;
    const [first] = changed;
    const text = first ? words.review.sources.changed(first.title || words.app.untitled, changed.length - 1) : '';
    if (this.#asked?.document === first?.document && (this.#asked?.text ?? '') === text) return;
    if (this.#asked) messages.dismiss(this.#asked.id);
    this.#asked = null;
    if (!first) return;
    const { document } = first;
    const id = messages.ask(
      text,
      { label: words.review.sources.take, run: () => void this.take(document) },
      { label: words.review.sources.decline, run: () => void this.decline(document) },
    );
    this.#asked = { id, text, document };
  }

  /** Takes the file of a document as its new version. */
  take(document: DocumentId): Promise<void> {
    this.#decided(document);
    return versionBy(() => call('source_take', { document }));
  }

  /** Leaves a document as it is; the same change is not asked about again. */
  async decline(document: DocumentId): Promise<void> {
    this.#decided(document);
    try {
      await call('source_decline', { document });
    } catch (error) {
      messages.fail(error);
    }
  }

  #decided(document: DocumentId): void {
    this.hear(this.changed.filter((one) => one.document !== document));
  }
}

/** Lets the shell make a new version, and says what came of it; a word about its highlights is left to whoever hears of it. */
export async function versionBy(take: () => Promise<VersionTaken>): Promise<void> {
  try {
    await saving.flush();
    const { name, changed, undecoded } = await saving.track(take());
    if (name === null) return;
    if (undecoded > 0) messages.say(words.app.importing.undecoded(name, undecoded));
    if (changed) await history.report(words.review.versions.taken(name));
    else messages.say(words.review.versions.same(name));
  } catch (error) {
    messages.fail(error);
  }
}

export const sources = new Sources();

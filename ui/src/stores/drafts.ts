/**
 * Why: a note that is being typed is committed soon, on its own, and in order; and nothing typed is lost when a write
 * is refused: the draft stays until a later attempt succeeds.
 *
 * Absent on purpose: which card is open and what a note looks like.
 */
import { asApiError, call } from '../api/call';
import type { HighlightId } from '../api/contract';
import { messages } from './messages.svelte';
import { saving, type Unsent } from './saving.svelte';

/** A pause in typing after which a note is saved, and the longest that a note waits while typing goes on; milliseconds. */
const PAUSE = 500;
const LONGEST = 900;

type Draft = {
  note: string;
  /** Time of the first change that has not been sent. */
  since: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Its mark in the header, which never says Saved beside it. */
  unsent: Unsent;
};

class Drafts {
  readonly #drafts = new Map<HighlightId, Draft>();
  readonly #writes = new Map<HighlightId, Promise<void>>();
  /** Called after each commit. */
  onSaved: (highlight: HighlightId, note: string) => void = () => undefined;

  /** What was typed and is not committed yet. */
  text(highlight: HighlightId): string | undefined {
    return this.#drafts.get(highlight)?.note;
  }

  /** Takes the note as it is now, at each key press. */
  type(highlight: HighlightId, note: string): void {
    const now = Date.now();
    const draft = this.#drafts.get(highlight) ?? { note, since: now, timer: undefined, unsent: saving.begin() };
    draft.unsent.again();
    clearTimeout(draft.timer);
    draft.note = note;
    draft.timer = setTimeout(
      () => void this.#save(highlight),
      Math.max(0, Math.min(PAUSE, draft.since + LONGEST - now)),
    );
    this.#drafts.set(highlight, draft);
  }

  /** Drops what was typed: its highlight is gone. */
  forget(highlight: HighlightId): void {
    const draft = this.#drafts.get(highlight);
    clearTimeout(draft?.timer);
    draft?.unsent.end();
    this.#drafts.delete(highlight);
  }

  /** Resolves when everything typed so far was committed, or refused with a message. Never rejects. */
  async flush(): Promise<void> {
    await Promise.all(
      [...new Set([...this.#drafts.keys(), ...this.#writes.keys()])].map((highlight) => this.#save(highlight)),
    );
  }

  async #save(highlight: HighlightId): Promise<void> {
    const before = this.#writes.get(highlight);
    const write = (before ?? Promise.resolve()).then(() => this.#commit(highlight));
    this.#writes.set(highlight, write);
    await write;
    if (this.#writes.get(highlight) === write) this.#writes.delete(highlight);
  }

  async #commit(highlight: HighlightId): Promise<void> {
    const draft = this.#drafts.get(highlight);
    if (!draft) return;
    clearTimeout(draft.timer);
    const { note } = draft;
    draft.unsent.again();
    try {
      await saving.track(call('highlight_note', { highlight, note, typing: true }));
    } catch (error) {
      // The highlight is gone, and its note with it; anything else may pass, and the draft waits for that.
      if (asApiError(error).code === 'highlight_unknown') this.forget(highlight);
      draft.since = Date.now();
      draft.unsent.refused();
      messages.fail(error);
      return;
    }
    // Typed on meanwhile: that is a draft of its own, with its own time.
    if (draft.note === note) this.forget(highlight);
    else draft.since = Date.now();
    this.onSaved(highlight, note);
  }
}

export const drafts = new Drafts();

saving.owe(() => drafts.flush());

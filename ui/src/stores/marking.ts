/**
 * Why: every change of a highlight that starts in the text or the margin. Writes run one after the other, so that "m"
 * and "e" typed quickly make one highlight with two tags; what they change is shown at once.
 *
 * Absent on purpose: notes, which are typed and not done (`drafts`), and what is being read.
 */
import { call } from '../api/call';
import type { HighlightId, TagId } from '../api/contract';
import type { Passage, Range } from '../reader/text';
import { words } from '../shared/words';
import { cards } from './cards.svelte';
import { freshId } from './fresh';
import { linking } from './linking.svelte';
import { messages } from './messages.svelte';
import { reading } from './reading.svelte';
import { passageOf } from './rows';
import { saving, type Unsent } from './saving.svelte';
import { tags } from './tags.svelte';

/** A pause after which bounds moved by keys are committed: a run of key presses is one step of the history. Milliseconds. */
const BOUNDS_PAUSE = 350;

/** Ends that were moved and are not committed yet. */
type Moved = {
  id: HighlightId;
  former: Passage;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** Its mark in the header. */
  unsent: Unsent;
};

class Marking {
  #queue: Promise<unknown> = Promise.resolve();
  /** The highlight that is shown already and that the core is being asked for. */
  #making: Promise<HighlightId | null> | null = null;
  #moved: Moved | null = null;

  // Each of these returns when the core has answered; a refusal is a message.

  /**
   * Makes a highlight of the selection; null when there is none or it was refused. It is painted at once and committed
   * behind: the header says Saved when it is, and a refusal takes it back with a message.
   */
  mark(tagIds: TagId[]): Promise<HighlightId | null> {
    const range = reading.selection;
    const document = reading.document?.document.id;
    if (!range || !document) return Promise.resolve(null);
    const id = freshId();
    const shown: Passage = { id, ...range, tags: tagIds, noted: false, linked: false, doubtful: false };
    const keyboard = reading.byKeyboard;
    reading.unanswered.add(id);
    // Asked first: the core writes while the window draws.
    const making = this.#inOrder(async () => {
      try {
        const { start, end } = range;
        const made = await saving.track(
          call('highlight_create', { id, document, start, end, tags: tagIds, snap: true }),
        );
        // Whatever is done to it meanwhile waits in the queue, but for ends that are being moved.
        if (reading.document?.document.id === document && reading.held !== id) reading.put(passageOf(made));
        return id;
      } catch (error) {
        const selected = reading.active === id;
        reading.drop(id);
        if (selected) reading.select(range, { keyboard });
        messages.fail(error);
        return null;
      }
    });
    reading.put(shown);
    reading.activate(id);
    reading.fresh = id;
    reading.byKeyboard = keyboard;
    reading.sight?.focusHighlight(id);
    this.#making = making;
    void making.finally(() => {
      reading.unanswered.delete(id);
      if (this.#making === making) this.#making = null;
    });
    return making;
  }

  /** Puts a tag on a highlight, or takes it off when it is there. */
  toggleTag(id: HighlightId, tag: TagId): Promise<void> {
    return this.#write(async () => {
      const passage = reading.passages.get(id);
      if (!passage) return;
      const on = !passage.tags.includes(tag);
      await saving.track(call('highlight_tag', { highlights: [id], tag, on }));
      const now = reading.passages.get(id);
      if (!now) return;
      const place = (one: TagId) => tags.list.findIndex((each) => each.id === one);
      const rest = now.tags.filter((one) => one !== tag);
      reading.put({ ...now, tags: on ? [...rest, tag].sort((a, b) => place(a) - place(b)) : rest });
      cards.changed([id]);
    });
  }

  /** Says that the place where a highlight was found again is right. */
  confirmPlace(id: HighlightId): Promise<void> {
    return this.#write(async () => {
      const passage = reading.passages.get(id);
      if (!passage) return;
      const { start, end } = passage;
      reading.put(passageOf(await saving.track(call('highlight_bounds', { highlight: id, start, end })), passage));
    });
  }

  remove(id: HighlightId): Promise<void> {
    return this.#write(async () => {
      await saving.track(call('highlight_delete', { highlights: [id] }));
      reading.drop(id);
      reading.focusText();
    });
  }

  /** Takes a link away; `ends` are the highlights that it ties. */
  removeLink(link: string, ends: HighlightId[]): Promise<void> {
    return this.#write(async () => {
      await saving.track(call('link_delete', { link }));
      if (reading.document) await reading.reload(reading.document.document.id, ends);
    });
  }

  /** Starts or completes a link with a highlight. */
  linkFrom(id: HighlightId): void {
    if (linking.picking) void linking.pick(id);
    else linking.begin(id);
  }

  // The ends of a highlight.

  /** Moves the ends of a highlight at once; commits them now, soon (after a pause), or not yet (a drag goes on). */
  moveBounds(id: HighlightId, range: Range, commit: 'now' | 'soon' | 'later'): void {
    const passage = reading.passages.get(id);
    if (!passage || range.end <= range.start) return;
    if (this.#moved && this.#moved.id !== id) this.settleBounds();
    const former = this.#moved?.former ?? passage;
    const unsent = this.#moved?.unsent ?? saving.begin();
    clearTimeout(this.#moved?.timer);
    const timer = commit === 'soon' ? setTimeout(() => this.settleBounds(), BOUNDS_PAUSE) : undefined;
    this.#moved = { id, former, unsent, timer };
    reading.held = id;
    reading.put({ ...passage, start: range.start, end: range.end });
    if (commit === 'now') this.settleBounds();
  }

  /** Takes back bounds that were moved and not committed. */
  cancelBounds(): void {
    const moved = this.#letGo();
    if (!moved) return;
    moved.unsent.end();
    reading.put(moved.former);
  }

  /** Commits bounds that were moved. */
  settleBounds(): void {
    const moved = this.#letGo();
    if (!moved) return;
    const { id, former } = moved;
    const now = reading.passages.get(id);
    if (!now || (now.start === former.start && now.end === former.end)) {
      moved.unsent.end();
      return;
    }
    const { passages } = reading;
    void this.#inOrder(async () => {
      try {
        const answer = await saving.track(
          call('highlight_bounds', { highlight: id, start: now.start, end: now.end, snap: true }),
        );
        if (reading.passages === passages && this.#moved === null) reading.put(passageOf(answer, passages.get(id)));
        cards.changed([id]);
      } catch (error) {
        if (reading.passages === passages) reading.put(former);
        messages.fail(error);
      } finally {
        moved.unsent.end();
      }
    });
  }

  #letGo(): Moved | null {
    const moved = this.#moved;
    clearTimeout(moved?.timer);
    this.#moved = null;
    reading.held = null;
    return moved;
  }

  // What keys, the palette and the toolbar do: to the selection, or else to the active highlight.

  /** Puts a tag on it, or takes it off. */
  async applyTag(tag: TagId): Promise<void> {
    if (reading.selection) {
      await this.mark([tag]);
      return;
    }
    const id = await this.#made();
    if (id) await this.toggleTag(id, tag);
    else this.#nothing();
  }

  /** Opens its card to write the note. */
  async note(): Promise<void> {
    const id = await this.#target();
    if (id) reading.sight?.editCard(id);
    else this.#nothing();
  }

  /** Starts or completes a link with it. */
  async link(): Promise<void> {
    const id = await this.#target();
    if (id) this.linkFrom(id);
    else this.#nothing();
  }

  /** Removes the active highlight. */
  async removeActive(): Promise<void> {
    const id = await this.#made();
    if (id) await this.remove(id);
  }

  /** Opens the card of the active highlight. */
  openCard(): void {
    if (reading.active) reading.sight?.editCard(reading.active);
  }

  /** Resolves when everything done was committed, or refused with a message. Never rejects. */
  async flush(): Promise<void> {
    this.settleBounds();
    await this.#queue;
  }

  #nothing(): void {
    if (reading.document) messages.say(words.reader.nothingMarked);
  }

  /** The active highlight, once the core has it. */
  async #made(): Promise<HighlightId | null> {
    const id = reading.active;
    await this.#making;
    return id === reading.active ? id : null;
  }

  /** The selection as a highlight, or the one that is being made or is active. */
  async #target(): Promise<HighlightId | null> {
    if (reading.selection) return this.mark([]);
    return this.#made();
  }

  #write(work: () => Promise<void>): Promise<void> {
    return this.#inOrder(() => work().catch((error: unknown) => messages.fail(error)));
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(work);
    this.#queue = run.catch(() => undefined);
    return run;
  }
}

export const marking = new Marking();

reading.onLeave = () => marking.settleBounds();
saving.owe(() => marking.flush());

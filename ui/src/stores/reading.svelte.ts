/**
 * Why: what is being read: the open document, its highlights, what is selected, which highlight is active, and where
 * the reader came from. Every change of a highlight that starts in the text or the margin passes through here.
 *
 * A selection and an active highlight exclude each other, so a key always has one object. Writes run one after the
 * other, so that "m" and "e" typed quickly make one highlight with two tags. Replies are patched in; the `changed`
 * event that follows finds nothing new.
 *
 * Absent on purpose: the DOM. What only the view can do is behind `Sight`, which the view puts in place.
 */
import { call, documentHighlights } from '../api/call';
import type { Changes, Document, DocumentId, HighlightId, OpenDocument, TagId } from '../api/contract';
import { wordEdge } from '../reader/boundaries';
import { SentenceCursor } from '../reader/cursor';
import { Intervals } from '../reader/intervals';
import { Notes } from '../reader/notes';
import { Pages } from '../reader/pages';
import { Gathering, Passages, samePassage } from '../reader/passages';
import type { Passage, Range, Source, Span } from '../reader/text';
import { painted } from '../shared/painted';
import { words } from '../shared/words';
import { cards } from './cards.svelte';
import { documents } from './documents.svelte';
import { drafts } from './drafts';
import { freshId } from './fresh';
import { linking } from './linking.svelte';
import { messages } from './messages.svelte';
import { Packed, passageOf, passagesOf } from './rows';
import { saving } from './saving.svelte';
import { settings } from './settings.svelte';
import { tags } from './tags.svelte';
import { textOf, texts } from './texts';

/** Where to open a document. Offsets are UTF-16 code units; `sign`: there is the sign of a footnote, which gets the focus. */
export type Target = {
  highlight?: HighlightId;
  offset?: number;
  sign?: boolean;
  range?: readonly [number, number];
};

/** What the view is asked to bring on the screen, and whether the focus goes to a sign of a footnote there. */
export type Goal = { readonly range: Range; readonly highlight: HighlightId | null; readonly sign?: boolean };

/** What only the view can do. All of it does nothing while another view is in front. */
export interface Sight {
  /** The offset at the top of the screen. */
  place(): number;
  /** The text on the screen. */
  screen(): Range;
  reveal(range: Range): void;
  turnPage(direction: 1 | -1): void;
  toEdge(edge: 'start' | 'end'): void;
  focusText(): void;
  /** Focuses the highlight in the text. */
  focusHighlight(id: HighlightId): void;
  /** Opens the card for writing. */
  editCard(id: HighlightId): void;
}

/** So far around a place its highlights come with the document; more than is drawn at once. UTF-16 code units. */
const NEAR = 16_000;
/** So long a frame may be kept busy with taking in highlights, in milliseconds; looked at after so many of them. */
const BUSY = 4;
const GLANCE = 250;
/** Steps that Back remembers. */
const STEPS = 100;
/** A pause after which bounds moved by keys are committed: a run of key presses is one step of the history. Milliseconds. */
const BOUNDS_PAUSE = 350;

type Step = { document: DocumentId; offset: number; highlight: HighlightId | null };

class Reading {
  document = $state.raw<OpenDocument | null>(null);
  /** True from the moment a document was asked for until it is here. */
  loading = $state(false);
  active = $state<HighlightId | null>(null);
  selection = $state.raw<Range | null>(null);
  /** The selection was made with the keyboard: its toolbar keeps out of the way of what comes next. */
  byKeyboard = $state(false);
  /** The highlight that was just made here: the toolbar stays with it, so that a second tag is one more click. */
  fresh = $state<HighlightId | null>(null);
  /** Goes up with every change of the passages. */
  revision = $state(0);
  goal = $state.raw<Goal | null>(null);
  /** About where the reader's eye is: the start of a block. */
  eye = $state(0);
  #steps = $state.raw<readonly Step[]>([]);

  source: Source = { text: '', blocks: [], language: '' };
  spans = new Intervals<Span>([]);
  notes = new Notes();
  pages = new Pages([], []);
  passages = new Passages();
  #cursor = new SentenceCursor(this.source);
  /** Where the keyboard reads on when nothing is selected. */
  #caret = 0;
  #backward = false;
  #sight: Sight | null = null;
  #question = 0;
  /** Resolves when all highlights of the open document are here. */
  #whole: Promise<void> = Promise.resolve();
  /** Highlights that were changed here while all of them are on their way. */
  #since: Set<HighlightId> | null = null;
  /** Highlights that are shown already and that the core may not have yet. */
  readonly #unanswered = new Set<HighlightId>();
  /** Something about the open document may have changed. */
  #doubtful = false;
  readonly #places = new Map<DocumentId, number>();
  #queue: Promise<unknown> = Promise.resolve();
  /** The highlight that is shown already and that the core is being asked for. */
  #making: Promise<HighlightId | null> | null = null;
  #moved: {
    id: HighlightId;
    former: Passage;
    timer: ReturnType<typeof setTimeout> | undefined;
    sent: () => void;
  } | null = null;

  /** Whether Back leads anywhere. */
  get canGoBack(): boolean {
    return this.#steps.length > 0;
  }

  /** Called by the view when it appears; the returned function takes it away. */
  attach(sight: Sight): () => void {
    this.#sight = sight;
    return () => {
      this.keepPlace();
      if (this.#sight === sight) this.#sight = null;
    };
  }

  /** Remembers the scroll position of the open document. */
  keepPlace(): void {
    if (this.document && this.#sight) this.#places.set(this.document.document.id, this.#sight.place());
  }

  /** Where the document was left, or 0. */
  placeOf(document: DocumentId): number {
    return this.#places.get(document) ?? 0;
  }

  // Going.

  /** Opens a document, at a target or where it was left. Never rejects: a refusal is a message, and what was open stays. */
  async open(document: DocumentId, target: Target = {}): Promise<void> {
    const aimed = target.highlight !== undefined || target.offset !== undefined || target.range !== undefined;
    if (this.document && (aimed || this.document.document.id !== document)) this.#remember();
    await this.#go(document, target);
  }

  /** Returns to where the last jump began. */
  async back(): Promise<void> {
    const step = this.#steps.at(-1);
    if (!step) {
      messages.say(words.reader.noWayBack);
      return;
    }
    this.#steps = this.#steps.slice(0, -1);
    await this.#go(step.document, step.highlight ? { highlight: step.highlight } : { offset: step.offset });
  }

  /** Closes what is open, as when its project was closed. */
  close(): void {
    this.#question += 1;
    this.#doubtful = false;
    this.#settleBounds();
    this.loading = false;
    this.document = null;
    this.source = { text: '', blocks: [], language: '' };
    this.spans = new Intervals<Span>([]);
    this.notes = new Notes();
    this.pages = new Pages([], []);
    this.#setPassages(new Passages());
    this.#release();
    this.goal = null;
    this.#steps = [];
    texts.clear();
    cards.clear();
  }

  async #go(document: DocumentId, target: Target): Promise<void> {
    void this.flush();
    if (this.document?.document.id !== document) {
      this.keepPlace();
      const place = await this.#placed(document, target);
      if (!(await this.#load(document, place))) return;
    }
    if (target.highlight !== undefined && !this.passages.get(target.highlight)) await this.#whole;
    if (this.document?.document.id === document) this.#aim(target);
  }

  /** The offset around which a document is opened. */
  async #placed(document: DocumentId, { highlight, offset, range }: Target): Promise<number> {
    if (highlight !== undefined) {
      try {
        const { rows } = await call('highlight_rows', { document, ids: [highlight] });
        return rows[0]?.[1] ?? this.placeOf(document);
      } catch {
        // Whatever is wrong, opening the document says it.
        return this.placeOf(document);
      }
    }
    return range?.[0] ?? offset ?? this.placeOf(document);
  }

  /** Goes from the sign of a footnote at an offset to its other end; false where there is none. Back returns. */
  followSign(at: number): boolean {
    const sign = this.notes.signAt(at);
    const other = sign && this.notes.other(sign);
    if (!other || !this.document) return false;
    void this.open(this.document.document.id, { offset: other.start, sign: true });
    return true;
  }

  /** Brings a range on the screen; focus and selection stay where they are. */
  bring(range: Range): void {
    this.#sight?.reveal(range);
  }

  /** The focus goes to the text, where it was. */
  focusText(): void {
    this.#sight?.focusText();
  }

  /** Opens a document to read it: the keys go to its text. */
  async read(document: DocumentId): Promise<void> {
    await this.open(document);
    this.#sight?.focusText();
  }

  #remember(): void {
    if (!this.document) return;
    const step: Step = {
      document: this.document.document.id,
      offset: this.#sight?.place() ?? this.placeOf(this.document.document.id),
      highlight: this.active,
    };
    this.#steps = [...this.#steps.slice(1 - STEPS), step];
  }

  #aim({ highlight, offset, sign, range }: Target): void {
    this.selection = null;
    this.fresh = null;
    this.active = null;
    const passage = highlight === undefined ? undefined : this.passages.get(highlight);
    if (passage) {
      this.activate(passage.id);
      this.goal = { range: passage, highlight: passage.id };
    } else if (range) {
      const [start, end] = range;
      this.select({ start, end });
      this.goal = { range: { start, end }, highlight: null };
    } else if (offset !== undefined) {
      this.#caret = offset;
      this.goal = { range: { start: offset, end: offset + 1 }, highlight: null, sign };
    }
    if (highlight !== undefined && !passage) messages.say(words.reader.withoutPlace);
  }

  async #load(document: DocumentId, place: number): Promise<boolean> {
    const question = ++this.#question;
    this.loading = true;
    const near: [number, number] = [Math.max(0, place - NEAR), place + NEAR];
    // The version that the list knows is nearly always the one that opens; its text need not wait for the answer.
    const believed = documents.byId(document)?.version;
    const early = believed === undefined ? undefined : textOf(believed);
    early?.catch(() => undefined);
    try {
      const opened = await call('document_open', { document, near });
      const { version } = opened.document;
      const text = await (version === believed && early ? early : textOf(version));
      if (question !== this.#question) return false;
      this.#take(opened, text);
      const complete = opened.highlights.rows.length >= opened.document.highlights;
      this.#whole = complete ? Promise.resolve() : this.#takeAll(document).catch((error) => messages.fail(error));
      return true;
    } catch (error) {
      if (question === this.#question) messages.fail(error);
      return false;
    } finally {
      if (question === this.#question) this.loading = false;
    }
  }

  #take(opened: OpenDocument, text: string): void {
    this.#settleBounds();
    this.source = { text, blocks: opened.blocks, language: opened.document.language };
    const spans = opened.spans.map(([start, end, kind, target]): Span => ({ start, end, kind, target }));
    this.spans = new Intervals(spans);
    this.notes = new Notes(spans);
    this.pages = new Pages(opened.pages, opened.blocks);
    this.eye = 0;
    this.#cursor = new SentenceCursor(this.source);
    this.#release();
    this.#caret = 0;
    this.#since = null;
    cards.clear();
    this.#setPassages(new Passages(passagesOf(opened.highlights)));
    this.document = opened;
  }

  #setPassages(passages: Passages): void {
    this.passages = passages;
    this.revision += 1;
  }

  #release(): void {
    this.active = null;
    this.selection = null;
    this.fresh = null;
  }

  // Staying true.

  /** Something was written, here or by another process. */
  async refresh(changes: Changes): Promise<void> {
    const open = this.document?.document.id;
    if (!open) return;
    const touches = (topic: Changes['topics'][number]) => changes.topics.includes(topic);
    // Counts of highlights make every write touch the documents, too; whether this one is another now, its list says.
    if (touches('documents') && (changes.documents.length === 0 || changes.documents.includes(open)))
      this.#doubtful = true;
    try {
      if (touches('highlights') || touches('links') || touches('tags')) await this.#reload(open, changes.highlights);
      if (touches('relations')) cards.changed(null);
    } catch (error) {
      messages.fail(error);
    }
  }

  /** The list of documents came in again (the view tells): the open one may be gone, have a new version, or other words about itself. */
  compare(list: readonly Document[]): void {
    const open = this.document;
    if (!open || !this.#doubtful) return;
    this.#doubtful = false;
    const now = list.find(({ id }) => id === open.document.id);
    if (!now) {
      const steps = this.#steps.filter((step) => step.document !== open.document.id);
      this.close();
      this.#steps = steps;
    } else if (now.version !== open.document.version) {
      this.keepPlace();
      void this.#load(now.id, this.placeOf(now.id));
    } else {
      this.source = { ...this.source, language: now.language };
      this.document = { ...open, document: now };
    }
  }

  async #reload(document: DocumentId, ids: readonly HighlightId[] | null): Promise<void> {
    const question = this.#question;
    if (ids === null) {
      this.#whole = this.#takeAll(document);
      await this.#whole;
      cards.changed(null);
      return;
    }
    if (ids.length === 0) return;
    const table = await call('highlight_rows', { document, ids: [...ids] });
    if (question !== this.#question) return;
    const found = new Map(passagesOf(table).map((passage) => [passage.id, passage]));
    let changed = false;
    for (const id of ids) {
      if (this.#moved?.id === id) continue;
      const passage = found.get(id);
      this.#since?.add(id);
      changed = (passage ? this.passages.put(passage) : this.#drop(id)) || changed;
    }
    if (changed) this.revision += 1;
    cards.changed(ids);
  }

  /**
   * All highlights of the open document, once what is on the screen has been painted, and a slice at a time, so that no
   * frame waits for a hundred thousand. What is on the screen and what is changed here meanwhile stays as it is.
   */
  async #takeAll(document: DocumentId): Promise<void> {
    const question = this.#question;
    const since = new Set<HighlightId>(this.#unanswered);
    this.#since = since;
    const all = new Gathering();
    try {
      await painted();
      const packed = new Packed(await documentHighlights(document));
      let begun = performance.now();
      for (let row = 0; row < packed.size; row++) {
        if (row % GLANCE === 0 && performance.now() - begun > BUSY) {
          await new Promise((resolve) => setTimeout(resolve));
          begun = performance.now();
        }
        if (question !== this.#question || since !== this.#since) return;
        const passage = packed.at(row);
        const known = this.passages.get(passage.id);
        // What did not change keeps its object, so that nothing on the screen is drawn again without need.
        if (!since.has(passage.id)) all.add(known && samePassage(known, passage) ? known : passage);
      }
      if (question !== this.#question || since !== this.#since) return;
    } finally {
      if (since === this.#since) this.#since = null;
    }
    for (const id of since) {
      const here = this.passages.get(id);
      if (here) all.add(here);
    }
    this.#setPassages(all.whole());
    if (this.active && !this.passages.get(this.active)) this.active = null;
    if (this.fresh && !this.passages.get(this.fresh)) this.fresh = null;
  }

  #drop(id: HighlightId): boolean {
    if (this.active === id) this.active = null;
    if (this.fresh === id) this.fresh = null;
    drafts.forget(id);
    this.#since?.add(id);
    return this.passages.remove(id);
  }

  #put(passage: Passage): void {
    this.#since?.add(passage.id);
    if (this.passages.put(passage)) this.revision += 1;
  }

  // Selecting.

  /** Whether the filter by tags shows a passage. */
  visible(passage: Passage): boolean {
    return tags.filter.size === 0 || passage.tags.some((tag) => tags.filter.has(tag));
  }

  /** Selects a range of the text, or nothing; a selection takes the place of the active highlight. */
  select(range: Range | null, options: { keyboard: boolean } = { keyboard: false }): void {
    this.selection = range && range.end > range.start ? range : null;
    this.byKeyboard = options.keyboard;
    this.fresh = null;
    if (!this.selection) return;
    this.active = null;
    this.#caret = this.selection.start;
  }

  /** Puts the cursor of the keyboard at an offset, and lets go of selection and highlight. */
  placeCaret(offset: number): void {
    this.#release();
    this.#caret = offset;
  }

  activate(id: HighlightId | null): void {
    if (this.active === id) return;
    this.#settleBounds();
    this.active = id;
    if (this.fresh !== id) this.fresh = null;
    if (id === null) return;
    this.selection = null;
    const passage = this.passages.get(id);
    if (passage) this.#caret = passage.start;
  }

  /** A highlight was pointed at: it becomes the active one, or the other end of the link that is being made. */
  choose(id: HighlightId): void {
    if (linking.picking) void linking.pick(id);
    else this.activate(id);
  }

  /** The selected text, for the clipboard. */
  get selectedText(): string {
    return this.selection ? this.source.text.slice(this.selection.start, this.selection.end) : '';
  }

  /** Where the person is: at the selection, the active highlight or the cursor, or else at the top of the screen. */
  get at(): number {
    const marked = this.selection ?? this.activeRange;
    if (marked) return marked.start;
    const screen = this.#sight?.screen();
    const seen = !screen || (this.#caret >= screen.start && this.#caret < screen.end);
    return seen ? this.#caret : screen.start;
  }

  /** The range of the active highlight. */
  get activeRange(): Range | null {
    return (this.active !== null && this.passages.get(this.active)) || null;
  }

  // Writing. Each returns when the core has answered; a refusal is a message.

  /**
   * Makes a highlight of the selection; null when there is none or it was refused. It is painted at once and committed
   * behind: the header says Saved when it is, and a refusal takes it back with a message.
   */
  mark(tagIds: TagId[]): Promise<HighlightId | null> {
    const range = this.selection;
    const document = this.document?.document.id;
    if (!range || !document) return Promise.resolve(null);
    const id = freshId();
    const shown: Passage = { id, ...range, tags: tagIds, noted: false, linked: false, doubtful: false };
    const keyboard = this.byKeyboard;
    this.#unanswered.add(id);
    // Asked first: the core writes while the window draws.
    const making = this.#inOrder(async () => {
      try {
        const { start, end } = range;
        const made = await saving.track(
          call('highlight_create', { id, document, start, end, tags: tagIds, snap: true }),
        );
        // Whatever is done to it meanwhile waits in the queue, but for ends that are being moved.
        if (this.document?.document.id === document && this.#moved?.id !== id) this.#put(passageOf(made));
        return id;
      } catch (error) {
        const selected = this.active === id;
        if (this.#drop(id)) this.revision += 1;
        if (selected) this.select(range, { keyboard });
        messages.fail(error);
        return null;
      }
    });
    this.#put(shown);
    this.activate(id);
    this.fresh = id;
    this.byKeyboard = keyboard;
    this.#sight?.focusHighlight(id);
    this.#making = making;
    void making.finally(() => {
      this.#unanswered.delete(id);
      if (this.#making === making) this.#making = null;
    });
    return making;
  }

  /** Puts a tag on a highlight, or takes it off when it is there. */
  toggleTag(id: HighlightId, tag: TagId): Promise<void> {
    return this.#inOrder(async () => {
      const passage = this.passages.get(id);
      if (!passage) return;
      const on = !passage.tags.includes(tag);
      try {
        await saving.track(call('highlight_tag', { highlights: [id], tag, on }));
        const now = this.passages.get(id);
        if (!now) return;
        const place = (one: TagId) => tags.list.findIndex((each) => each.id === one);
        const rest = now.tags.filter((one) => one !== tag);
        this.#put({ ...now, tags: on ? [...rest, tag].sort((a, b) => place(a) - place(b)) : rest });
        cards.changed([id]);
      } catch (error) {
        messages.fail(error);
      }
    });
  }

  /** Moves the ends of a highlight at once; commits them now, soon (after a pause), or not yet (a drag goes on). */
  moveBounds(id: HighlightId, range: Range, commit: 'now' | 'soon' | 'later'): void {
    const passage = this.passages.get(id);
    if (!passage || range.end <= range.start) return;
    if (this.#moved && this.#moved.id !== id) this.#settleBounds();
    const former = this.#moved?.former ?? passage;
    const sent = this.#moved?.sent ?? saving.begin();
    clearTimeout(this.#moved?.timer);
    const timer = commit === 'soon' ? setTimeout(() => this.#settleBounds(), BOUNDS_PAUSE) : undefined;
    this.#moved = { id, former, sent, timer };
    this.#put({ ...passage, start: range.start, end: range.end });
    if (commit === 'now') this.#settleBounds();
  }

  /** Takes back bounds that were moved and not committed. */
  cancelBounds(): void {
    const moved = this.#moved;
    if (!moved) return;
    clearTimeout(moved.timer);
    this.#moved = null;
    moved.sent();
    this.#put(moved.former);
  }

  #settleBounds(): void {
    const moved = this.#moved;
    if (!moved) return;
    clearTimeout(moved.timer);
    this.#moved = null;
    const { id, former } = moved;
    const now = this.passages.get(id);
    if (!now || (now.start === former.start && now.end === former.end)) {
      moved.sent();
      return;
    }
    const passages = this.passages;
    void this.#inOrder(async () => {
      try {
        const answer = await saving.track(
          call('highlight_bounds', { highlight: id, start: now.start, end: now.end, snap: true }),
        );
        if (this.passages === passages && this.#moved === null) this.#put(passageOf(answer, passages.get(id)));
        cards.changed([id]);
      } catch (error) {
        if (this.passages === passages) this.#put(former);
        messages.fail(error);
      } finally {
        moved.sent();
      }
    });
  }

  /** Says that the place where a highlight was found again is right. */
  async confirmPlace(id: HighlightId): Promise<void> {
    await this.#inOrder(async () => {
      const passage = this.passages.get(id);
      if (!passage) return;
      try {
        const { start, end } = passage;
        this.#put(passageOf(await saving.track(call('highlight_bounds', { highlight: id, start, end })), passage));
      } catch (error) {
        messages.fail(error);
      }
    });
  }

  async removeHighlight(id: HighlightId): Promise<void> {
    await this.#inOrder(async () => {
      const passage = this.passages.get(id);
      try {
        await saving.track(call('highlight_delete', { highlights: [id] }));
        const wasActive = this.active === id;
        if (this.#drop(id)) this.revision += 1;
        if (passage && wasActive) this.#caret = passage.start;
        this.#sight?.focusText();
      } catch (error) {
        messages.fail(error);
      }
    });
  }

  async removeLink(link: string, ends: HighlightId[]): Promise<void> {
    await this.#inOrder(async () => {
      try {
        await saving.track(call('link_delete', { link }));
        if (this.document) await this.#reload(this.document.document.id, ends);
      } catch (error) {
        messages.fail(error);
      }
    });
  }

  /** Makes a tag from a name alone and answers with its id; null when it was refused. */
  async newTag(name: string): Promise<TagId | null> {
    try {
      const tag = await saving.track(call('tag_create', { name }));
      await tags.reload();
      return tag.id;
    } catch (error) {
      messages.fail(error);
      return null;
    }
  }

  /** Takes the sample document out of the project. */
  async removeSample(): Promise<void> {
    const document = this.about;
    if (!document?.sample) return;
    try {
      await this.flush();
      await saving.track(call('document_delete', { document: document.id }));
      if (this.about?.id === document.id) this.close();
      messages.say(words.reader.sampleRemoved);
    } catch (error) {
      messages.fail(error);
    }
  }

  /** Starts or completes a link with a highlight. */
  linkFrom(id: HighlightId): void {
    if (linking.picking) void linking.pick(id);
    else linking.begin(id);
  }

  /** Resolves when everything typed or moved was committed, or refused with a message. */
  async flush(): Promise<void> {
    this.#settleBounds();
    await Promise.all([drafts.flush(), this.#queue]);
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#queue.then(work);
    this.#queue = run.catch(() => undefined);
    return run;
  }

  /** The active highlight, once the core has it. */
  async #made(): Promise<HighlightId | null> {
    const id = this.active;
    await this.#making;
    return id === this.active ? id : null;
  }

  /** What a tag key or the toolbar acts on: the selection, or the highlight that is being made or is active. */
  async #target(): Promise<HighlightId | null> {
    if (this.selection) return this.mark([]);
    return this.#made();
  }

  // What keys and the palette do.

  readonly actions = {
    nextSentence: (extend: boolean): void => this.#sentence(1, extend),
    previousSentence: (extend: boolean): void => this.#sentence(-1, extend),
    moveEndByWord: (direction: 1 | -1): void => this.#moveByWord('end', direction),
    moveStartByWord: (direction: 1 | -1): void => this.#moveByWord('start', direction),
    nextHighlight: (): Promise<void> => this.#neighbour(1),
    previousHighlight: (): Promise<void> => this.#neighbour(-1),
    openCard: (): void => {
      if (this.active) this.#sight?.editCard(this.active);
    },
    applyTag: async (tag: TagId): Promise<void> => {
      if (this.selection) {
        await this.mark([tag]);
        return;
      }
      const id = await this.#made();
      if (id) await this.toggleTag(id, tag);
      else if (this.document) messages.say(words.reader.nothingMarked);
    },
    note: async (): Promise<void> => {
      const id = await this.#target();
      if (id) this.#sight?.editCard(id);
      else if (this.document) messages.say(words.reader.nothingMarked);
    },
    link: async (): Promise<void> => {
      const id = await this.#target();
      if (id) this.linkFrom(id);
      else if (this.document) messages.say(words.reader.nothingMarked);
    },
    remove: async (): Promise<void> => {
      const id = await this.#made();
      if (id) await this.removeHighlight(id);
    },
    back: (): Promise<void> => this.back(),
    selectAll: (): void => {
      if (this.document) this.select({ start: 0, end: this.source.text.length }, { keyboard: true });
    },
    pageDown: (): void => this.#page(1),
    pageUp: (): void => this.#page(-1),
    home: (): void => this.#edge('start'),
    end: (): void => this.#edge('end'),
  };

  #sentence(direction: 1 | -1, extend: boolean): void {
    if (!this.document) return;
    const base = this.selection ?? this.activeRange;
    if (extend && base) {
      const grown = this.#cursor.extend(base, this.#backward, direction);
      if (!grown) return;
      this.#backward = grown.backward;
      this.#change(grown.range, grown.backward ? 'start' : 'end');
      return;
    }
    const found = direction > 0 ? this.#cursor.next(base, this.#caret) : this.#cursor.previous(base, this.#caret);
    if (!found) return;
    this.#backward = false;
    this.#settleBounds();
    this.select(found, { keyboard: true });
    this.#sight?.focusText();
    this.#sight?.reveal(found);
  }

  #moveByWord(edge: 'start' | 'end', direction: 1 | -1): void {
    const base = this.selection ?? this.activeRange;
    if (!base) return;
    const { text, language } = this.source;
    const at = wordEdge(text, base[edge], direction, edge, language);
    const range = edge === 'end' ? { start: base.start, end: at } : { start: at, end: base.end };
    if (range.end > range.start && text.slice(range.start, range.end).trim() !== '') this.#change(range, edge);
  }

  /** Gives the selection, or else the active highlight, other bounds. */
  #change(range: Range, moving: 'start' | 'end'): void {
    if (this.selection) this.select(range, { keyboard: true });
    else if (this.active) this.moveBounds(this.active, range, 'soon');
    this.#sight?.reveal(
      moving === 'end'
        ? { start: Math.max(range.start, range.end - 1), end: range.end }
        : { start: range.start, end: range.start + 1 },
    );
  }

  async #neighbour(direction: 1 | -1): Promise<void> {
    if (this.#since) await this.#whole;
    if (!this.document) return;
    const here = this.active ?? undefined;
    const from = this.selection?.start ?? this.#caret;
    let next =
      here !== undefined
        ? direction > 0
          ? this.passages.after(here)
          : this.passages.before(here)
        : direction > 0
          ? this.passages.firstFrom(from)
          : this.passages.lastBefore(from);
    while (next && !this.visible(next))
      next = direction > 0 ? this.passages.after(next.id) : this.passages.before(next.id);
    if (!next) {
      messages.say(direction > 0 ? words.reader.noNextHighlight : words.reader.noPreviousHighlight);
      return;
    }
    this.activate(next.id);
    this.#sight?.reveal(next);
    this.#sight?.focusHighlight(next.id);
  }

  #page(direction: 1 | -1): void {
    if (!this.#sight || !this.document) return;
    this.#sight.turnPage(direction);
    this.placeCaret(this.#sight.screen().start);
    this.#sight.focusText();
  }

  #edge(edge: 'start' | 'end'): void {
    if (!this.#sight || !this.document) return;
    this.#sight.toEdge(edge);
    this.placeCaret(edge === 'start' ? 0 : this.source.text.length);
    this.#sight.focusText();
  }

  /** Whether drags take whole words. */
  get wholeWords(): boolean {
    return settings.value.wholeWords;
  }

  /** What is known about the open document. */
  get about(): Document | null {
    return this.document?.document ?? null;
  }
}

export const reading = new Reading();

drafts.onSaved = (highlight, note) => {
  cards.noted(highlight, note);
  const passage = reading.passages.get(highlight);
  const noted = note.trim() !== '';
  if (passage && passage.noted !== noted && reading.passages.put({ ...passage, noted })) reading.revision += 1;
};

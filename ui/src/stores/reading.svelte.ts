/**
 * Why: what is being read: the open document, its highlights, what is selected, which highlight is active, and where
 * the reader came from. What changes a highlight is in `marking`, how the keyboard moves in `walking`.
 *
 * A selection and an active highlight exclude each other, so a key always has one object. What is written is put in
 * here at once; the `changed` event that follows finds nothing new.
 *
 * Absent on purpose: the DOM. What only the view can do is behind `Sight`, which the view puts in place.
 */
import { call, documentHighlights } from '../api/call';
import type { Changes, Document, DocumentId, HighlightId, OpenDocument } from '../api/contract';
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
import { linking } from './linking.svelte';
import { messages } from './messages.svelte';
import { Packed, passagesOf } from './rows';
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
  /** Where the keyboard reads on when nothing is selected. */
  caret = 0;
  /** Highlights that are shown already and that the core may not have yet. */
  readonly unanswered = new Set<HighlightId>();
  /** The highlight whose ends are being moved: it stays as it is here, whatever comes in. */
  held: HighlightId | null = null;
  /** Called before something else becomes active or is shown: what is being moved is committed. */
  onLeave: () => void = () => undefined;
  #sight: Sight | null = null;
  #question = 0;
  /** Resolves when all highlights of the open document are here. */
  #whole: Promise<void> = Promise.resolve();
  /** Highlights that were changed here while all of them are on their way. */
  #since: Set<HighlightId> | null = null;
  /** Something about the open document may have changed. */
  #doubtful = false;
  readonly #places = new Map<DocumentId, number>();

  /** What the view can do; null while another view is in front. */
  get sight(): Sight | null {
    return this.#sight;
  }

  /** While all highlights of the open document are on their way: resolves when they are here. */
  get gathering(): Promise<void> | null {
    return this.#since && this.#whole;
  }

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
    this.onLeave();
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
    this.onLeave();
    void drafts.flush();
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
      this.caret = offset;
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
    const known = believed === undefined ? undefined : texts.structure(believed);
    try {
      const answer = await call('document_open', { document, near, ...(known ? { known: believed } : {}) });
      const { version } = answer.document;
      const opened = known && version === believed ? { ...answer, ...known } : answer;
      const text = await (version === believed && early ? early : textOf(version));
      if (question !== this.#question) return false;
      texts.keepStructure(version, opened);
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
    this.onLeave();
    this.source = { text, blocks: opened.blocks, language: opened.document.language };
    const spans = opened.spans.map(([start, end, kind, target]): Span => ({ start, end, kind, target }));
    this.spans = new Intervals(spans);
    this.notes = new Notes(spans);
    this.pages = new Pages(opened.pages, opened.blocks);
    this.eye = 0;
    this.#release();
    this.caret = 0;
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
      if (touches('highlights') || touches('links') || touches('tags')) await this.reload(open, changes.highlights);
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

  /** These highlights come in again, or with null all of them; rejects with an `ApiError`. */
  async reload(document: DocumentId, ids: readonly HighlightId[] | null): Promise<void> {
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
    for (const id of ids) {
      if (id === this.held) continue;
      const passage = found.get(id);
      if (passage) this.put(passage);
      else this.drop(id);
    }
    cards.changed(ids);
  }

  /**
   * All highlights of the open document, once what is on the screen has been painted, and a slice at a time, so that no
   * frame waits for a hundred thousand. What is on the screen and what is changed here meanwhile stays as it is.
   */
  async #takeAll(document: DocumentId): Promise<void> {
    const question = this.#question;
    const since = new Set<HighlightId>(this.unanswered);
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

  /** Takes a highlight from the screen. */
  drop(id: HighlightId): void {
    if (this.active === id) {
      this.caret = this.passages.get(id)?.start ?? this.caret;
      this.active = null;
    }
    if (this.fresh === id) this.fresh = null;
    drafts.forget(id);
    this.#since?.add(id);
    if (this.passages.remove(id)) this.revision += 1;
  }

  /** Shows a highlight, or shows it as it is now. */
  put(passage: Passage): void {
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
    this.caret = this.selection.start;
  }

  /** Puts the cursor of the keyboard at an offset, and lets go of selection and highlight. */
  placeCaret(offset: number): void {
    this.#release();
    this.caret = offset;
  }

  activate(id: HighlightId | null): void {
    if (this.active === id) return;
    this.onLeave();
    this.active = id;
    if (this.fresh !== id) this.fresh = null;
    if (id === null) return;
    this.selection = null;
    const passage = this.passages.get(id);
    if (passage) this.caret = passage.start;
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
    const seen = !screen || (this.caret >= screen.start && this.caret < screen.end);
    return seen ? this.caret : screen.start;
  }

  /** The range of the active highlight. */
  get activeRange(): Range | null {
    return (this.active !== null && this.passages.get(this.active)) || null;
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
  if (passage && passage.noted !== noted) reading.put({ ...passage, noted });
};

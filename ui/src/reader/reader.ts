/**
 * Why: the heart of the window. It shows one document of any size: only the blocks near the screen are in the DOM,
 * spacers stand for the rest, and nothing jumps when an estimated height turns out to be another one.
 *
 * A frame has two phases that never mix: decide and write (blocks, spacers), then measure (heights, places). What was
 * on the screen stays where it was, because the frame holds on to an anchor: a block and its distance from the top of
 * the screen. WebKit has no scroll anchoring of its own.
 *
 * Absent on purpose: tags, cards, stores, the core. State comes in through `show`, `redraw` and `reveal`; out go DOM
 * and, through `painted`, the news that something may have moved. No live DOM Range is ever kept: with ten thousand of
 * them every change of the DOM takes seconds.
 */
import { drawBlock, offsetOf, pointOf, type Drawn, type Look } from './draw';
import { estimates, Heights } from './heights';
import type { Intervals } from './intervals';
import { mergeLines, type Box } from './lines';
import type { Passages } from './passages';
import { boundsBetween, rectanglesBetween } from './ruler';
import { blockAt, type Block, type Passage, type Range, type Source, type Span } from './text';

/** Drawn beyond each edge of the screen, in CSS pixels: about a screenful, so that a turn of the wheel finds its text there. */
const OVERSCAN = 1000;
/** Redraw when less than this is left beyond an edge. */
const RESERVE = 700;
/** The same after a jump, until its first frame was painted: who has jumped waits for the screen, and for nothing beyond it. */
const SCREEN_FIRST = 120;
/** Measuring can bring other blocks into view, whose measuring can again; real texts settle in two rounds. */
const ROUNDS = 5;
/** Line height and width of the column until they were measured, in CSS pixels. */
const COLUMN = { width: 640, line: 30.24 };
/** A revealed passage comes to lie this far down the screen. */
const REVEAL_AT = 0.3;
/** The eye is this far down the screen, a little below what was revealed; and so far where the text ends. */
const EYE_AT = 0.33;
const EYE_AT_END = 0.55;
/** Room kept free around a sentence that is scrolled into view, in CSS pixels. */
const BREATH = 96;

export type Shown = { readonly source: Source; readonly spans: Intervals<Span>; readonly passages: Passages };

export type Hooks = Look & {
  /** Whether a passage is drawn at all (the filter by tags). */
  visible(passage: Passage): boolean;
  /** Blocks, heights or places changed; called once a frame, after everything was written. */
  painted(): void;
};

/** First and last line of a passage, CSS pixels. */
export type Extent = { readonly top: number; readonly bottom: number };

/** A place on the screen to hold on to: the block, and how far its top lies above the top of the screen. */
type Anchor = { block: number; into: number };

export class Reader {
  readonly #scroller: HTMLElement;
  readonly #page: HTMLElement;
  readonly #above = document.createElement('div');
  readonly #below = document.createElement('div');
  readonly #hooks: Hooks;
  readonly #drawn = new Map<number, Drawn>();
  readonly #resizes: ResizeObserver;
  #shown: Shown | null = null;
  #heights = new Heights([]);
  /** Extents that are still true: until a block comes, goes or has another height. */
  #extents = new WeakMap<Passage, Extent>();
  #first = 0;
  #last = 0;
  #anchor: Anchor = { block: 0, into: 0 };
  /** Where the text begins below the top of what is scrolled. */
  #lead = 0;
  #width = 0;
  #frame = 0;
  /** Only the screen is drawn yet; what lies beyond it follows in the next frame. */
  #hurried = false;
  /** The whole text is drawn, for the printer. */
  #whole = false;
  /** The column or something in it has another size since the last frame. */
  #resizedSince = false;
  #projected: { anchor: Node | null; anchorAt: number; focus: Node | null; focusAt: number } | null = null;

  /** `scroller` scrolls; `page` is an empty element somewhere inside that will hold the blocks. */
  constructor(scroller: HTMLElement, page: HTMLElement, hooks: Hooks) {
    this.#scroller = scroller;
    this.#page = page;
    this.#hooks = hooks;
    for (const spacer of [this.#above, this.#below]) {
      spacer.className = 'spacer';
      spacer.setAttribute('aria-hidden', 'true');
    }
    page.replaceChildren(this.#above, this.#below);
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#resizes = new ResizeObserver(this.#resized);
    this.#resizes.observe(page);
    this.#resizes.observe(scroller);
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#resizes.disconnect();
    this.#scroller.removeEventListener('scroll', this.#scrolled);
    this.#page.replaceChildren();
  }

  get shown(): Shown | null {
    return this.#shown;
  }

  /** Shows another text, with `offset` at the top of the screen; from its very top when that is 0. */
  show(shown: Shown, offset = 0): void {
    this.#shown = shown;
    this.#clear();
    this.#measureColumn();
    const column = { width: this.#width || COLUMN.width, line: COLUMN.line };
    this.#heights = new Heights(estimates(shown.source, column));
    this.#hurry();
    if (offset > 0) {
      this.#settle({ block: blockAt(shown.source.blocks, offset), into: 0 });
      const line = this.boxes({ start: offset, end: offset + 1 })[0];
      if (line) this.#scrollTo(line.top);
    } else this.#settle({ block: 0, into: -this.#lead });
    this.#hooks.painted();
  }

  /** The same text with other passages; `redraw` brings them on the screen. */
  adopt(passages: Passages): void {
    if (this.#shown) this.#shown = { ...this.#shown, passages };
  }

  /** Empties the page. */
  hide(): void {
    this.#shown = null;
    this.#clear();
    this.#heights = new Heights([]);
    this.#space();
  }

  /** The passages changed: draws again those blocks near the screen whose passages are others now. */
  redraw(options: { all: boolean } = { all: false }): void {
    if (!this.#shown) return;
    const focused = this.#focused();
    let changed = false;
    for (const [index, drawn] of this.#drawn) {
      const passages = this.#passagesOf(drawn.block);
      if (
        !options.all &&
        passages.length === drawn.passages.length &&
        passages.every((item, at) => item === drawn.passages[at])
      )
        continue;
      const fresh = this.#draw(index, passages);
      drawn.element.replaceWith(fresh.element);
      this.#drawn.set(index, fresh);
      changed = true;
    }
    if (changed) {
      // The element that had the focus is gone: its successor takes it, or else the text as a whole.
      if (focused && this.#focused() !== focused)
        (this.#page.querySelector<HTMLElement>(focused) ?? this.#scroller.querySelector<HTMLElement>('main'))?.focus({
          preventScroll: true,
        });
      this.#settle(this.#anchor, true);
    }
    this.#hooks.painted();
  }

  /** About the first offset on the screen: what to come back to. Known also when the page has left the window. */
  get place(): number {
    const { block: index, into } = this.#anchor;
    const block = this.#shown?.source.blocks[index];
    if (!block || this.#heights.top(index) + into <= 0) return 0;
    const share = Math.max(0, Math.min(1, into / Math.max(1, this.#heights.height(index))));
    return Math.max(1, Math.floor(block[0] + share * (block[1] - block[0])));
  }

  /** Blocks now in the DOM, as a range of the text. */
  get drawnRange(): Range {
    const blocks = this.#shown?.source.blocks;
    if (!blocks || this.#first >= this.#last) return { start: 0, end: 0 };
    return { start: (blocks[this.#first] as Block)[0], end: (blocks[this.#last - 1] as Block)[1] };
  }

  /** The text that is on the screen itself. */
  get screenRange(): Range {
    const blocks = this.#shown?.source.blocks;
    if (!blocks?.length) return { start: 0, end: 0 };
    const top = this.#scroller.scrollTop - this.#lead;
    const first = blocks[this.#heights.at(top)] as Block;
    const last = blocks[this.#heights.at(top + this.#scroller.clientHeight)] as Block;
    return { start: first[0], end: last[1] };
  }

  /**
   * Where a reader's eye is taken to be: the start of the block a third down the screen, where `reveal` puts what was
   * asked for; lower towards the end of the text, so that its last blocks have their turn.
   */
  get eye(): number {
    const blocks = this.#shown?.source.blocks;
    if (!blocks?.length) return 0;
    const height = this.#scroller.clientHeight;
    const top = this.#scroller.scrollTop - this.#lead;
    const left = (this.#heights.total - top) / Math.max(1, height);
    const nearEnd = Math.max(0, Math.min(1, (1 - left) / (1 - EYE_AT_END)));
    const eye = EYE_AT + (EYE_AT_END - EYE_AT) * nearEnd;
    return (blocks[this.#heights.at(top + height * eye)] as Block)[0];
  }

  /** Scrolls as little as shows the range with some room around it; from afar, puts it in the upper third of the screen. */
  reveal(range: Range, options: { far: boolean } = { far: false }): void {
    if (!this.#shown) return;
    const height = this.#scroller.clientHeight;
    const block = blockAt(this.#shown.source.blocks, range.start);
    if (options.far || !this.#drawn.has(block)) {
      if (!this.#drawn.has(block)) this.#hurry();
      this.#settle({ block, into: -height * REVEAL_AT });
      const box = this.boxes(range)[0];
      if (box) this.#scrollTo(box.top - height * REVEAL_AT);
    } else {
      const boxes = this.boxes(range);
      const first = boxes[0];
      const last = boxes.at(-1);
      if (!first || !last) return;
      const top = this.#scroller.scrollTop;
      const breath = Math.min(BREATH, height / 4);
      if (first.top < top + breath) this.#scrollTo(first.top - breath);
      else if (last.bottom > top + height - breath)
        this.#scrollTo(Math.min(first.top - breath, last.bottom - height + breath));
    }
    this.#hooks.painted();
  }

  /** Scrolls by screenfuls, less a line or two that the eye holds on to. */
  turnPage(direction: 1 | -1): void {
    this.#scrollTo(
      this.#scroller.scrollTop + direction * Math.max(COLUMN.line, this.#scroller.clientHeight - 2 * COLUMN.line),
    );
    this.#hooks.painted();
  }

  /** To the first or the last line. */
  toEdge(edge: 'start' | 'end'): void {
    if (!this.#shown) return;
    if (edge === 'start') this.#settle({ block: 0, into: -this.#lead });
    else {
      const last = Math.max(0, this.#heights.count - 1);
      this.#settle({ block: last, into: this.#heights.height(last) - this.#scroller.clientHeight / 2 });
    }
    this.#hooks.painted();
  }

  /** Boxes of a range, one a line, in the coordinates of the scrolled content; only where it is drawn. */
  boxes(range: Range): Box[] {
    const rects: DOMRect[] = [];
    for (let index = blockAt(this.#shown?.source.blocks ?? [], range.start); index < this.#last; index++) {
      const drawn = this.#drawn.get(index);
      if (!drawn) continue;
      const start = Math.max(range.start, drawn.block[0]);
      const end = Math.min(range.end, drawn.block[1]);
      if (start >= range.end) break;
      if (start >= end) continue;
      rects.push(...rectanglesBetween(pointOf(drawn, start, 'after'), pointOf(drawn, end, 'before')));
    }
    const origin = this.#origin();
    return mergeLines(
      rects.map(({ left, right, top, bottom }) => ({
        left: left - origin.left,
        right: right - origin.left,
        top: top - origin.top,
        bottom: bottom - origin.top,
      })),
    );
  }

  /** Height of the first and the last line of a passage, in the coordinates of the scrolled content; beyond what is drawn, the best guess. */
  extent(passage: Passage): Extent {
    let extent = this.#extents.get(passage);
    if (!extent) {
      extent = this.#measureExtent(passage);
      this.#extents.set(passage, extent);
    }
    return extent;
  }

  #measureExtent(range: Range): Extent {
    const blocks = this.#shown?.source.blocks ?? [];
    const edge = (offset: number, lean: 'before' | 'after', side: 'top' | 'bottom') => {
      const index = blockAt(blocks, lean === 'after' ? offset : Math.max(0, offset - 1));
      const drawn = this.#drawn.get(index);
      if (!drawn) return this.#lead + this.#heights.top(index) + (side === 'bottom' ? this.#heights.height(index) : 0);
      const at = Math.max(drawn.block[0], Math.min(drawn.block[1] - 1, lean === 'after' ? offset : offset - 1));
      const from = pointOf(drawn, at, 'after');
      const rects = rectanglesBetween(from, { node: from.node, at: Math.min(from.node.length, from.at + 1) });
      const rect = rects[side === 'top' ? 0 : rects.length - 1] ?? drawn.element.getBoundingClientRect();
      return rect[side] - this.#origin().top;
    };
    return { top: edge(range.start, 'after', 'top'), bottom: edge(range.end, 'before', 'bottom') };
  }

  /** The document offset nearest to a point of the window; null when nothing is shown. */
  offsetAt(x: number, y: number): number | null {
    if (!this.#shown || this.#drawn.size === 0) return null;
    let nearest: Drawn | null = null;
    let distance = Infinity;
    for (const drawn of this.#drawn.values()) {
      const rect = drawn.element.getBoundingClientRect();
      const gap = y < rect.top ? rect.top - y : y > rect.bottom ? y - rect.bottom : 0;
      if (gap < distance) {
        nearest = drawn;
        distance = gap;
      }
    }
    if (!nearest) return null;
    const box = textBox(nearest);
    if (y < box.top) return nearest.block[0];
    if (y >= box.bottom) return nearest.block[1];
    const caret = caretAt(Math.min(box.right - 1, Math.max(box.left + 1, x)), y);
    const holder = caret && this.#blockOf(caret.node);
    if (caret && holder) return offsetOf(holder, caret.node, caret.at);
    return x <= box.left ? nearest.block[0] : nearest.block[1];
  }

  /** Paints ranges of the text, in document order, in the style of `::highlight(name)`, as far as they are drawn. */
  tint(name: string, ranges: readonly Range[]): void {
    // A page without the engine's highlights, as in unit tests.
    if (typeof Highlight === 'undefined') return;
    const pieces: StaticRange[] = [];
    const { start, end } = this.drawnRange;
    for (const range of ranges) {
      if (range.end <= start) continue;
      if (range.start >= end) break;
      for (let index = blockAt(this.#shown?.source.blocks ?? [], range.start); index < this.#last; index++) {
        const drawn = this.#drawn.get(index);
        if (!drawn) continue;
        if (drawn.block[0] >= range.end) break;
        const from = pointOf(drawn, Math.max(range.start, drawn.block[0]), 'after');
        const to = pointOf(drawn, Math.min(range.end, drawn.block[1]), 'before');
        pieces.push(
          new StaticRange({ startContainer: from.node, startOffset: from.at, endContainer: to.node, endOffset: to.at }),
        );
      }
    }
    if (pieces.length > 0) CSS.highlights.set(name, new Highlight(...pieces));
    else CSS.highlights.delete(name);
  }

  /** Draws the whole text, which is what is printed; the next time it is scrolled, only what is near the screen stays. */
  drawWhole(): void {
    if (!this.#shown) return;
    this.#whole = true;
    this.#mount(0, this.#heights.count);
    this.#space();
    this.#measure();
    this.#space();
  }

  /** The first mark of a highlight, if it is drawn. */
  markOf(id: string): HTMLElement | null {
    return this.#page.querySelector<HTMLElement>(markSelector(id));
  }

  /** The sign of a footnote that begins at an offset, if it is drawn and leads anywhere. */
  signOf(at: number): HTMLElement | null {
    return this.#page.querySelector<HTMLElement>(signSelector(String(at)));
  }

  /** Whether the block at an offset runs from right to left. */
  rightToLeft(offset: number): boolean {
    const drawn = this.#drawn.get(blockAt(this.#shown?.source.blocks ?? [], offset));
    return drawn !== undefined && getComputedStyle(drawn.element).direction === 'rtl';
  }

  /** Makes the native selection show a range of the model, as far as it is drawn; null removes it. */
  project(range: Range | null): void {
    const native = document.getSelection();
    if (!native) return;
    const drawn = [...this.#drawn.values()]
      .filter(({ block }) => range && block[0] < range.end && block[1] > range.start)
      .sort((a, b) => a.block[0] - b.block[0]);
    const first = drawn[0];
    const last = drawn.at(-1);
    if (!range || !first || !last) {
      if (native.rangeCount > 0 && native.anchorNode && this.#page.contains(native.anchorNode))
        native.removeAllRanges();
      this.#projected = null;
      return;
    }
    const from = pointOf(first, range.start, 'after');
    const to = pointOf(last, range.end, 'before');
    this.#projected = { anchor: from.node, anchorAt: from.at, focus: to.node, focusAt: to.at };
    if (
      native.anchorNode !== from.node ||
      native.anchorOffset !== from.at ||
      native.focusNode !== to.node ||
      native.focusOffset !== to.at
    ) {
      native.setBaseAndExtent(from.node, from.at, to.node, to.at);
    }
  }

  /** The native selection as a range of the text, when somebody else than `project` made it; else null. */
  nativeSelection(): Range | null {
    const native = document.getSelection();
    if (!native || native.isCollapsed || !native.anchorNode || !native.focusNode) return null;
    const known = this.#projected;
    if (
      known &&
      native.anchorNode === known.anchor &&
      native.focusNode === known.focus &&
      native.anchorOffset === known.anchorAt &&
      native.focusOffset === known.focusAt
    )
      return null;
    const one = this.#blockOf(native.anchorNode);
    const other = this.#blockOf(native.focusNode);
    if (!one || !other) return null;
    const a = offsetOf(one, native.anchorNode, native.anchorOffset);
    const b = offsetOf(other, native.focusNode, native.focusOffset);
    return a === b ? null : { start: Math.min(a, b), end: Math.max(a, b) };
  }

  // Frames.

  readonly #scrolled = (): void => {
    this.#hold();
    this.#schedule();
  };

  readonly #resized = (): void => {
    this.#resizedSince = true;
    this.#schedule();
  };

  #schedule(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#shown) return;
      // It is laid out for the paper.
      if (this.#whole && matchMedia('print').matches) return;
      if (this.#measureColumn()) {
        this.#heights.forget();
        this.#settle(this.#anchor, true);
      } else if (this.#short() || this.#whole) {
        if (this.#away()) this.#hurry();
        this.#settle(this.#anchor);
      } else if (this.#resizedSince && this.#measure()) this.#settle(this.#anchor, true);
      else if (!this.#resizedSince) return;
      this.#resizedSince = false;
      this.#hooks.painted();
    });
  }

  /** What is drawn next is the screen alone; when it has been painted, what lies beyond it is drawn, too. */
  #hurry(): void {
    if (this.#hurried) return;
    this.#hurried = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.#hurried = false;
        this.#schedule();
      }),
    );
  }

  /** Nothing of what is drawn is on the screen. */
  #away(): boolean {
    const top = this.#heights.top(this.#anchor.block) + this.#anchor.into;
    return this.#heights.top(this.#last) <= top || this.#heights.top(this.#first) >= top + this.#scroller.clientHeight;
  }

  /** Remembers what is at the top of the screen now. */
  #hold(): void {
    const y = this.#scroller.scrollTop - this.#lead;
    const block = this.#heights.at(y);
    this.#anchor = { block, into: y - this.#heights.top(block) };
  }

  /** Too little is drawn beyond an edge of the screen. */
  #short(): boolean {
    const top = this.#heights.top(this.#anchor.block) + this.#anchor.into;
    const above = this.#heights.top(this.#first) > Math.max(0, top - RESERVE);
    const below =
      this.#heights.top(this.#last) < Math.min(this.#heights.total, top + this.#scroller.clientHeight + RESERVE);
    return above || below;
  }

  /** Draws what belongs around the anchor, measures it, and puts the anchor where it says. */
  #settle(anchor: Anchor, measureAll = false): void {
    this.#anchor = anchor;
    this.#whole = false;
    const screen = this.#scroller.clientHeight;
    const reach = this.#hurried ? SCREEN_FIRST : OVERSCAN;
    for (let round = 0; round < ROUNDS; round++) {
      const top = this.#heights.top(anchor.block) + anchor.into;
      const first = this.#heights.at(top - reach);
      const last = Math.min(this.#heights.count, this.#heights.at(top + screen + reach) + 1);
      const same = first === this.#first && last === this.#last;
      if (!same) this.#mount(first, last);
      this.#space();
      if (!this.#measure(measureAll && round === 0) && (same || round > 0)) break;
    }
    this.#space();
    const wanted = this.#lead + this.#heights.top(anchor.block) + anchor.into;
    if (Math.abs(wanted - this.#scroller.scrollTop) >= 1) this.#scroller.scrollTop = wanted;
    this.#hold();
  }

  #scrollTo(y: number): void {
    const block = this.#heights.at(y - this.#lead);
    this.#settle({ block, into: y - this.#lead - this.#heights.top(block) });
  }

  #mount(first: number, last: number): void {
    if (!this.#shown) return;
    this.#extents = new WeakMap();
    const focused = this.#focused();
    for (const [index, drawn] of this.#drawn) {
      if (index >= first && index < last) continue;
      drawn.element.remove();
      this.#drawn.delete(index);
    }
    let before: Node = this.#below;
    for (let index = last - 1; index >= first; index--) {
      let drawn = this.#drawn.get(index);
      if (!drawn) {
        drawn = this.#draw(index, this.#passagesOf(this.#shown.source.blocks[index] as Block));
        this.#drawn.set(index, drawn);
        this.#page.insertBefore(drawn.element, before);
      }
      before = drawn.element;
    }
    this.#first = first;
    this.#last = last;
    // The focus must not fall out of the window with the mark that had it.
    if (focused && document.activeElement === document.body)
      this.#scroller.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
  }

  #draw(index: number, passages: readonly Passage[]): Drawn {
    const { source, spans } = this.#shown as Shown;
    const block = source.blocks[index] as Block;
    return drawBlock(source, index, passages, spans.touching(block[0], block[1]), this.#hooks);
  }

  #passagesOf([start, end]: Block): Passage[] {
    return (this.#shown as Shown).passages.touching({ start, end }).filter((passage) => this.#hooks.visible(passage));
  }

  /** Takes the heights of what is drawn; true when one was not as believed. */
  #measure(all = true): boolean {
    let changed = false;
    for (const [index, { element }] of this.#drawn) {
      if (!all && this.#heights.measured(index)) continue;
      changed = this.#heights.measure(index, element.getBoundingClientRect().height) || changed;
    }
    if (changed) this.#extents = new WeakMap();
    return changed;
  }

  /** Where the text begins and how wide it is; true when the width changed. */
  #measureColumn(): boolean {
    const origin = this.#origin();
    const rect = this.#page.getBoundingClientRect();
    this.#lead = rect.top - origin.top;
    const changed = Math.abs(rect.width - this.#width) >= 0.5;
    this.#extents = new WeakMap();
    this.#width = rect.width;
    return changed;
  }

  #space(): void {
    this.#above.style.height = `${this.#heights.top(this.#first)}px`;
    this.#below.style.height = `${this.#heights.total - this.#heights.top(this.#last)}px`;
  }

  #clear(): void {
    for (const { element } of this.#drawn.values()) element.remove();
    this.#drawn.clear();
    this.#first = 0;
    this.#last = 0;
    this.#projected = null;
  }

  /** The top left corner of the scrolled content, in window coordinates. */
  #origin(): { left: number; top: number } {
    const rect = this.#scroller.getBoundingClientRect();
    return { left: rect.left - this.#scroller.scrollLeft, top: rect.top - this.#scroller.scrollTop };
  }

  #blockOf(node: Node): Drawn | null {
    const element = (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-block]');
    const drawn = element && this.#page.contains(element) ? this.#drawn.get(Number(element.dataset.block)) : undefined;
    return drawn ?? null;
  }

  /** Finds the highlight or the sign that has the focus, also when it was drawn again. */
  #focused(): string | null {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || !this.#page.contains(focused)) return null;
    const { highlight, at } = focused.dataset;
    return highlight !== undefined ? markSelector(highlight) : at !== undefined ? signSelector(at) : null;
  }
}

function markSelector(id: string): string {
  return `mark[tabindex][data-highlight="${CSS.escape(id)}"]`;
}

function signSelector(at: string): string {
  return `[tabindex][data-at="${CSS.escape(at)}"]`;
}

/** The box of a block's text without the space below it. */
function textBox({ element, nodes }: Drawn): DOMRect {
  const last = nodes.at(-1) as Text;
  const rect = boundsBetween({ node: nodes[0] as Text, at: 0 }, { node: last, at: last.length });
  return rect.height > 0 ? rect : element.getBoundingClientRect();
}

type CaretSource = {
  caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null;
  caretRangeFromPoint?(x: number, y: number): globalThis.Range | null;
};

/** Browsers differ: WebKit has only the second. */
function caretAt(x: number, y: number): { node: Node; at: number } | null {
  const source = document as unknown as CaretSource;
  if (source.caretRangeFromPoint) {
    const range = source.caretRangeFromPoint(x, y);
    return range && { node: range.startContainer, at: range.startOffset };
  }
  const position = source.caretPositionFromPoint?.(x, y);
  return position ? { node: position.offsetNode, at: position.offset } : null;
}

/**
 * Why: selecting with the mouse. The selection is a range of the model from the first moment, so a drag may run over
 * text that leaves the DOM while it scrolls; the native selection only shows it.
 *
 * A press picks up letters, a double press words, a triple press the paragraph; with Shift it extends what is there.
 * When the button is let go, the selection becomes what will be marked: whole words if that is wished.
 * Beyond the upper and lower edge the text scrolls along. Absent on purpose: what a selection or a click means.
 */
import { insideWord, snap, wordAt } from './boundaries';
import type { Reader } from './reader';
import { blockAt, type Block, type Range } from './text';

/** A press that moves less than this is a click; CSS pixels. */
const CLICK = 4;
/** The text scrolls along from so near to an edge: the window's edge may be the screen's, with nothing beyond. */
const BORDER = 28;
/** Scrolling at an edge: pixels a frame for each pixel of distance, and the most. */
const PULL = 0.25;
const FASTEST = 60;

export type DragHooks = {
  /** Whether a drag takes whole words: from its start when it begins inside a word, and in any case when it ends. */
  wholeWords(): boolean;
  /** The selection to extend with Shift. */
  selection(): Range | null;
  /** While dragging, and once more with `done` when the button is let go. */
  select(range: Range | null, done: boolean): void;
  /** A click that selected nothing. */
  click(offset: number, event: PointerEvent): void;
};

type Unit = 'letter' | 'word' | 'block';

export class Dragging {
  readonly #reader: Reader;
  readonly #scroller: HTMLElement;
  readonly #page: HTMLElement;
  readonly #hooks: DragHooks;
  #drag: {
    origin: Range;
    unit: Unit;
    words: boolean;
    x: number;
    y: number;
    moved: boolean;
    pointer: number;
    last: PointerEvent;
    startX: number;
    startY: number;
  } | null = null;
  #presses = 0;
  #pressedAt = { time: 0, x: 0, y: 0 };
  #frame = 0;

  constructor(reader: Reader, scroller: HTMLElement, page: HTMLElement, hooks: DragHooks) {
    this.#reader = reader;
    this.#scroller = scroller;
    this.#page = page;
    this.#hooks = hooks;
    page.addEventListener('pointerdown', this.#down);
    page.addEventListener('mousedown', keepNativeAway);
  }

  get active(): boolean {
    return this.#drag !== null;
  }

  destroy(): void {
    this.#page.removeEventListener('pointerdown', this.#down);
    this.#page.removeEventListener('mousedown', keepNativeAway);
    this.#release();
  }

  readonly #down = (event: PointerEvent): void => {
    const shown = this.#reader.shown;
    if (event.button !== 0 || !event.isPrimary || !shown) return;
    const offset = this.#reader.offsetAt(event.clientX, event.clientY);
    if (offset === null) return;
    this.#countPress(event);
    const { text, language } = shown.source;
    const unit: Unit = this.#presses === 1 ? 'letter' : this.#presses === 2 ? 'word' : 'block';
    const before = event.shiftKey ? this.#hooks.selection() : null;
    const origin = before
      ? {
          start: offset < before.start ? before.end : before.start,
          end: offset < before.start ? before.end : before.start,
        }
      : this.#unitAt(offset, unit);
    const words = unit === 'letter' && !before && this.#hooks.wholeWords() && insideWord(text, offset, language);
    this.#drag = {
      origin,
      unit,
      words,
      x: event.clientX,
      y: event.clientY,
      startX: event.clientX,
      startY: event.clientY,
      moved: false,
      pointer: event.pointerId,
      last: event,
    };
    window.addEventListener('pointermove', this.#move);
    window.addEventListener('pointerup', this.#up);
    window.addEventListener('pointercancel', this.#cancel);
    if (unit !== 'letter' || before) {
      this.#drag.moved = true;
      this.#hooks.select(this.#range(offset), false);
    }
  };

  readonly #move = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.x = event.clientX;
    drag.y = event.clientY;
    drag.last = event;
    if (!drag.moved && Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < CLICK) return;
    drag.moved = true;
    this.#follow();
    if (!this.#frame) this.#frame = requestAnimationFrame(this.#pull);
  };

  readonly #up = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    const offset = this.#reader.offsetAt(event.clientX, event.clientY);
    const range = drag.moved && offset !== null ? this.#range(offset, this.#hooks.wholeWords()) : null;
    this.#release();
    if (range) this.#hooks.select(range, true);
    else if (drag.moved) this.#hooks.select(null, true);
    else if (offset !== null) this.#hooks.click(offset, event);
  };

  readonly #cancel = (): void => {
    this.#release();
    this.#hooks.select(null, true);
  };

  /** Scrolls along while the pointer is at or beyond an edge. */
  readonly #pull = (): void => {
    this.#frame = 0;
    const drag = this.#drag;
    if (!drag) return;
    const rect = this.#scroller.getBoundingClientRect();
    const beyond = Math.min(0, drag.y - rect.top - BORDER) + Math.max(0, drag.y - rect.bottom + BORDER);
    if (beyond === 0) return;
    this.#scroller.scrollTop += Math.max(-FASTEST, Math.min(FASTEST, beyond * PULL));
    this.#follow();
    this.#frame = requestAnimationFrame(this.#pull);
  };

  #follow(): void {
    const drag = this.#drag;
    if (!drag) return;
    const rect = this.#scroller.getBoundingClientRect();
    const offset = this.#reader.offsetAt(drag.x, Math.max(rect.top + 1, Math.min(rect.bottom - 1, drag.y)));
    if (offset !== null) this.#hooks.select(this.#range(offset), false);
  }

  /** What is selected when the pointer is at `offset`. */
  #range(offset: number, words = this.#drag?.words ?? false): Range | null {
    const drag = this.#drag;
    const shown = this.#reader.shown;
    if (!drag || !shown) return null;
    const here = this.#unitAt(offset, drag.unit);
    const whole = { start: Math.min(drag.origin.start, here.start), end: Math.max(drag.origin.end, here.end) };
    return snap(shown.source.text, whole, { wholeWords: words, language: shown.source.language });
  }

  #unitAt(offset: number, unit: Unit): Range {
    const source = this.#reader.shown?.source;
    if (unit === 'letter' || !source) return { start: offset, end: offset };
    if (unit === 'word')
      return (
        wordAt(source.text, offset, source.language) ??
        wordAt(source.text, offset - 1, source.language) ?? { start: offset, end: offset }
      );
    const block = source.blocks[blockAt(source.blocks, offset)] as Block;
    return { start: block[0], end: block[1] };
  }

  #countPress(event: PointerEvent): void {
    const again =
      event.timeStamp - this.#pressedAt.time < 450 &&
      Math.hypot(event.clientX - this.#pressedAt.x, event.clientY - this.#pressedAt.y) < CLICK;
    this.#presses = again ? (this.#presses % 3) + 1 : 1;
    this.#pressedAt = { time: event.timeStamp, x: event.clientX, y: event.clientY };
  }

  #release(): void {
    this.#drag = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    window.removeEventListener('pointermove', this.#move);
    window.removeEventListener('pointerup', this.#up);
    window.removeEventListener('pointercancel', this.#cancel);
  }
}

/** The model selects; the browser must not do it a second time. The focus goes to the text by `focus()`. */
function keepNativeAway(event: MouseEvent): void {
  if (event.button === 0) event.preventDefault();
}

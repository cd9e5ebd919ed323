/**
 * Why: reading with the keyboard alone: by sentences, words, highlights and pages. Moves what is selected, the ends of
 * the active highlight, or the cursor, and keeps it on the screen.
 *
 * Absent on purpose: which keys these are, and what a sentence is.
 */
import { wordEdge } from '../reader/boundaries';
import { SentenceCursor } from '../reader/cursor';
import type { Range, Source } from '../reader/text';
import { words } from '../shared/words';
import { marking } from './marking';
import { messages } from './messages.svelte';
import { reading } from './reading.svelte';

type Direction = 1 | -1;
type Edge = 'start' | 'end';

class Walking {
  /** The selection grows at its start. */
  #backward = false;
  #source: Source = reading.source;
  #cursor = new SentenceCursor(reading.source);

  /** Selects the next or the previous sentence, or makes the selection longer or shorter by one. */
  sentence(direction: Direction, extend: boolean): void {
    if (!reading.document) return;
    if (this.#source !== reading.source) {
      this.#source = reading.source;
      this.#cursor = new SentenceCursor(reading.source);
    }
    const base = reading.selection ?? reading.activeRange;
    if (extend && base) {
      const grown = this.#cursor.extend(base, this.#backward, direction);
      if (!grown) return;
      this.#backward = grown.backward;
      this.#change(grown.range, grown.backward ? 'start' : 'end');
      return;
    }
    const found = direction > 0 ? this.#cursor.next(base, reading.caret) : this.#cursor.previous(base, reading.caret);
    if (!found) return;
    this.#backward = false;
    marking.settleBounds();
    reading.select(found, { keyboard: true });
    reading.sight?.focusText();
    reading.sight?.reveal(found);
  }

  /** Moves an end of the selection, or of the active highlight, by a word. */
  word(edge: Edge, direction: Direction): void {
    const base = reading.selection ?? reading.activeRange;
    if (!base) return;
    const { text, language } = reading.source;
    const at = wordEdge(text, base[edge], direction, edge, language);
    const range = edge === 'end' ? { start: base.start, end: at } : { start: at, end: base.end };
    if (range.end > range.start && text.slice(range.start, range.end).trim() !== '') this.#change(range, edge);
  }

  /** Activates the next or the previous highlight that the filter shows. */
  async highlight(direction: Direction): Promise<void> {
    if (reading.gathering) await reading.gathering;
    if (!reading.document) return;
    const { passages } = reading;
    const from = reading.selection?.start ?? reading.caret;
    const beyond = (id: string) => (direction > 0 ? passages.after(id) : passages.before(id));
    let next =
      reading.active !== null
        ? beyond(reading.active)
        : direction > 0
          ? passages.firstFrom(from)
          : passages.lastBefore(from);
    while (next && !reading.visible(next)) next = beyond(next.id);
    if (!next) {
      messages.say(direction > 0 ? words.reader.noNextHighlight : words.reader.noPreviousHighlight);
      return;
    }
    reading.activate(next.id);
    reading.sight?.reveal(next);
    reading.sight?.focusHighlight(next.id);
  }

  /** Turns a page; the cursor goes with it. */
  page(direction: Direction): void {
    const { sight } = reading;
    if (!sight || !reading.document) return;
    sight.turnPage(direction);
    reading.placeCaret(sight.screen().start);
    sight.focusText();
  }

  /** To the first or the last line of the text. */
  edge(edge: Edge): void {
    const { sight } = reading;
    if (!sight || !reading.document) return;
    sight.toEdge(edge);
    reading.placeCaret(edge === 'start' ? 0 : reading.source.text.length);
    sight.focusText();
  }

  selectAll(): void {
    if (reading.document) reading.select({ start: 0, end: reading.source.text.length }, { keyboard: true });
  }

  /** Gives the selection, or else the active highlight, other bounds. */
  #change(range: Range, moving: Edge): void {
    if (reading.selection) reading.select(range, { keyboard: true });
    else if (reading.active) marking.moveBounds(reading.active, range, 'soon');
    reading.sight?.reveal(
      moving === 'end'
        ? { start: Math.max(range.start, range.end - 1), end: range.end }
        : { start: range.start, end: range.start + 1 },
    );
  }
}

export const walking = new Walking();

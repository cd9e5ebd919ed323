// Which passages have something beside the text, in the lanes and the margin, and where: those near the screen. What
// stands there follows the text by two frames, so that a mark is never kept waiting for its card. Absent on purpose: how
// cards make room for each other (margin/layout.ts).

import type { HighlightId } from '../api/contract';
import type { Reader } from '../reader/reader';
import type { Passage } from '../reader/text';
import { painted } from '../shared/painted';
import { reading } from '../stores/reading.svelte';

/** Beyond the screen, cards and brackets are ready for so far, in CSS pixels: more than is scrolled until the next look. */
const READY = 400;
/** Faster than this, in CSS pixels a millisecond, nobody reads a margin: it waits until the scrolling has slowed. */
const TOO_FAST = 1;
/** Nothing new was drawn for so long, in milliseconds, and it has slowed: longer than between two looks at that speed. */
const SLOWED = 160;

/** A passage, and its first and last line in the coordinates of what is scrolled. */
export type Near = { readonly passage: Passage; readonly top: number; readonly bottom: number };

export class Beside {
  /** Goes up when it is time to look again. */
  #looks = $state(0);
  #slowed: ReturnType<typeof setTimeout> | undefined;
  #following = false;
  #looked = { top: 0, at: 0 };

  /** The text was drawn, with this at the top of the screen: what stands beside it follows. */
  follow(top: number): void {
    const now = { top, at: performance.now() };
    const fast = Math.abs(now.top - this.#looked.top) > TOO_FAST * (now.at - this.#looked.at);
    this.#looked = now;
    clearTimeout(this.#slowed);
    if (fast) this.#slowed = setTimeout(() => (this.#looks += 1), SLOWED);
    else if (!this.#following) {
      this.#following = true;
      void painted().then(() => {
        this.#following = false;
        this.#looks += 1;
      });
    }
  }

  /** The passages near the screen, from the top down. One that is `held` stays, however far it was scrolled away. */
  near(reader: Reader | undefined, scroller: HTMLElement, held: HighlightId | null): Near[] {
    void this.#looks;
    if (!reader?.shown || !reading.document || reader.shown.source.text !== reading.source.text) return [];
    const passages = reading.passages.touching(reader.drawnRange).filter((passage) => reading.visible(passage));
    const kept = held === null ? undefined : reading.passages.get(held);
    if (kept && !passages.includes(kept)) passages.push(kept);
    const from = scroller.scrollTop - READY;
    const to = scroller.scrollTop + scroller.clientHeight + READY;
    return passages
      .map((passage) => ({ passage, ...reader.extent(passage) }))
      .filter(({ passage, top, bottom }) => passage === kept || (bottom > from && top < to))
      .sort((a, b) => a.top - b.top || a.passage.start - b.passage.start);
  }
}

/**
 * Why: finding in the text that is open: what is sought, where it is, and which place is shown.
 *
 * Absent on purpose: the bar and the colours; the Read view has them.
 */
import { findAll, firstFrom } from '../reader/find';
import type { Range } from '../reader/text';
import { reading } from './reading.svelte';

/** A longer selection was not made to be sought. */
const SHORT = 100;

class Finding {
  open = $state(false);
  /** As typed. */
  sought = $state('');
  places = $state.raw<readonly Range[]>([]);
  /** Which of them is shown; -1 before anything was found. */
  at = $state(-1);
  /** Goes up with each request for the box. */
  asked = $state(0);
  /** Where the search began: what is typed further is found from there on. */
  #from = 0;

  /** The place that is shown. */
  get here(): Range | null {
    return this.places[this.at] ?? null;
  }

  /** Opens the bar; what is selected is sought. */
  begin(): void {
    if (!reading.document) return;
    const selected = reading.selectedText.trim();
    this.#from = reading.at;
    this.open = true;
    this.asked += 1;
    if (selected !== '' && selected.length <= SHORT && !selected.includes('\n')) this.type(selected);
    else this.type(this.sought);
  }

  /** Takes what is in the box and shows the first place from where one was. */
  type(sought: string): void {
    this.sought = sought;
    this.places = findAll(reading.source.text, sought);
    this.#show(firstFrom(this.places, this.#from));
  }

  /** Shows the next place or the one before, around the ends. Opens the bar when it is not there. */
  step(direction: 1 | -1): void {
    if (!this.open) this.begin();
    else if (this.places.length > 0)
      this.#show((Math.max(0, this.at) + direction + this.places.length) % this.places.length);
  }

  /** Another text is open: the same is sought in it. */
  renew(): void {
    if (!this.open) return;
    this.#from = 0;
    this.places = findAll(reading.source.text, this.sought);
    this.at = -1;
  }

  /** Closes the bar. The place that is shown is selected, so that a tag key marks it. */
  close(): void {
    const { here } = this;
    this.open = false;
    this.places = [];
    this.at = -1;
    if (here) reading.select(here, { keyboard: true });
    reading.focusText();
  }

  #show(at: number): void {
    this.at = at;
    const { here } = this;
    if (here) {
      this.#from = here.start;
      reading.bring(here);
    }
  }
}

export const finding = new Finding();

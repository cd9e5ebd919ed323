// A highlight that a changed text left without a place, for which a person seeks the place in the text: the dialog that
// lists it is away meanwhile, and comes back when the place was marked or the search is given up.

import { call } from '../api/call';
import type { DocumentId, Review } from '../api/contract';
import { words } from '../shared/words';
import { history } from './history.svelte';
import { messages } from './messages.svelte';
import { openPassage } from './passage';
import { reading } from './reading.svelte';
import { saving } from './saving.svelte';
import { views } from './views.svelte';

class Placing {
  active = $state.raw<Review | null>(null);
  #scope: DocumentId | null = null;

  /** Whether what is selected can be the place. */
  get ready(): boolean {
    return this.active !== null && reading.selection !== null && reading.about?.id === this.active.document;
  }

  /** Opens the text to seek the place of `review` in; `scope` is the document that the list of reviews is about, if only one. */
  begin(review: Review, scope: DocumentId | null): void {
    this.active = review;
    this.#scope = scope;
    openPassage({ document: review.document });
    reading.select(null);
    reading.focusText();
  }

  /** The selected passage is the place. */
  async take(): Promise<void> {
    const { active } = this;
    const range = reading.selection;
    if (!active || !range || !this.ready) {
      messages.say(words.review.placing.nothingSelected);
      return;
    }
    const { start, end } = range;
    try {
      await saving.flush();
      await saving.track(call('highlight_bounds', { highlight: active.highlight, start, end, snap: true }));
      reading.select(null);
      this.leave();
      await history.report(words.review.taken);
    } catch (error) {
      messages.fail(error);
    }
  }

  /** Back to the list. */
  leave(): void {
    if (!this.active) return;
    this.active = null;
    views.open({ name: 'review', document: this.#scope ?? undefined });
  }

  /** Another project is open. */
  cancel(): void {
    this.active = null;
  }
}

export const placing = new Placing();

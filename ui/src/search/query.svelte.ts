// The question in the search box and its newest answer. Typing asks; an answer to an older question is dropped, however
// late it comes. Outlives the view, so that coming back from a hit finds the hits still there.

import { asApiError, call } from '../api/call';
import type { SearchResults } from '../api/contract';
import { messages } from '../stores/messages.svelte';

/** How long typing must pause before the core is asked, in milliseconds: below what is felt as waiting. */
export const PAUSE_MS = 80;
/** Hits listed at first; "show more" adds as many again. */
export const HITS_FIRST = 200;

export class Query {
  /** As typed. */
  text = $state('');
  results = $state.raw<SearchResults | null>(null);
  /** The question that `results` answer. */
  answered = $state('');
  /** Why the question cannot be understood; null when it can. */
  problem = $state<string | null>(null);
  limit = $state(HITS_FIRST);

  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes what is in the box now, and asks after a short pause. */
  type(text: string): void {
    this.text = text;
    this.limit = HITS_FIRST;
    clearTimeout(this.#timer);
    if (text.trim() === '') this.clear();
    else this.#timer = setTimeout(() => void this.ask(), PAUSE_MS);
  }

  /** Asks at once. Resolves when this question was answered, refused or overtaken. */
  async ask(): Promise<void> {
    clearTimeout(this.#timer);
    // Not trimmed: without a space after it, the last word may still be being typed and stands for all that begin so.
    const query = this.text;
    if (query.trim() === '') return;
    const asked = ++this.#asked;
    try {
      const results = await call('search', { query, limit: this.limit, typing: true });
      if (asked !== this.#asked) return;
      this.results = results;
      this.answered = query.trim();
      this.problem = null;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      const error = asApiError(thrown);
      if (error.code === 'query_invalid') this.problem = error.message;
      else messages.fail(error);
    }
  }

  /** Lists more hits of the same question. */
  more(): Promise<void> {
    this.limit += HITS_FIRST;
    return this.ask();
  }

  /** Empties the box; an answer under way is dropped. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.text = '';
    this.results = null;
    this.answered = '';
    this.problem = null;
    this.limit = HITS_FIRST;
  }
}

/** The one in the window. */
export const query = new Query();

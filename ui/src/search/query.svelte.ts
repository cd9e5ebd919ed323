// The question in the search box and its newest answer. Typing asks at once, and while the core is busy with a question,
// the newest one waits for it: as fast as the core is, and never more than one at a time. Outlives the view, so that coming back from a hit finds the hits still there.

import { asApiError, call } from '../api/call';
import type { SearchResults } from '../api/contract';
import { messages } from '../stores/messages.svelte';

/** Hits listed at first: more than a screenful, and drawn within a frame or two. */
export const HITS_FIRST = 50;
/** So many more are listed when more are asked for. */
export const HITS_MORE = 200;

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
  /** A question that was typed is with the core. */
  #busy = false;

  /** Takes what is in the box now, and asks. */
  type(text: string): void {
    this.text = text;
    this.limit = HITS_FIRST;
    if (text.trim() === '') this.clear();
    else if (!this.#busy) void this.#catchUp();
  }

  /** Asks until what is in the box was asked. */
  async #catchUp(): Promise<void> {
    this.#busy = true;
    let asked;
    do {
      asked = this.text;
      await this.ask();
    } while (asked !== this.text);
    this.#busy = false;
  }

  /** Asks at once. Resolves when this question was answered, refused or overtaken. */
  async ask(): Promise<void> {
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
    this.limit += HITS_MORE;
    return this.ask();
  }

  /** Empties the box; an answer under way is dropped. */
  clear(): void {
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

// The question in the search box and its newest answer. Typing asks at once, and while the core is busy with a question,
// the newest one waits for it: as fast as the core is, and never more than one at a time. Outlives the view, so that coming back from a hit finds the hits still there.

import { asApiError, call } from '../api/call';
import type { Remark, SearchResults } from '../api/contract';
import { messages } from '../stores/messages.svelte';

/** Hits listed at first: more than a screenful, and drawn within a frame or two. */
export const HITS_FIRST = 50;
/** So many more are listed when more are asked for. */
export const HITS_MORE = 200;
/** Milliseconds after the last key before a remark is shown: half a query is no fault. */
export const REMARK_AFTER = 700;

/** Remarks and the question that their places are in. */
export type Remarked = { readonly text: string; readonly list: readonly Remark[] };
const NONE: Remarked = { text: '', list: [] };

export class Query {
  /** As typed. */
  text = $state('');
  results = $state.raw<SearchResults | null>(null);
  /** The question that `results` answer. */
  answered = $state('');
  /** Why the question cannot be understood; null when it can. */
  problem = $state<string | null>(null);
  /** What in the question can't mean what was typed. */
  remarked = $state.raw<Remarked>(NONE);
  limit = $state(HITS_FIRST);

  #asked = 0;
  /** A question that was typed is with the core. */
  #busy = false;
  #typedAt = -REMARK_AFTER;
  #later: ReturnType<typeof setTimeout> | undefined;

  /** Takes what is in the box now, and asks. */
  type(text: string): void {
    this.text = text;
    this.limit = HITS_FIRST;
    this.#typedAt = performance.now();
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
      this.#remark({ text: query, list: results.remarks });
    } catch (thrown) {
      if (asked !== this.#asked) return;
      const error = asApiError(thrown);
      if (error.code === 'query_invalid') {
        this.problem = error.message;
        this.#remark(NONE);
      } else messages.fail(error);
    }
  }

  /** Takes remarks away at once, and shows others when nobody types any more. */
  #remark(remarked: Remarked): void {
    clearTimeout(this.#later);
    const wait = this.#typedAt + REMARK_AFTER - performance.now();
    if (remarked.list.length === 0 || wait <= 0) this.remarked = remarked;
    else this.#later = setTimeout(() => (this.remarked = remarked), wait);
  }

  /** Puts a suggestion in the place of what a remark is about, and asks. */
  take(remark: Remark, suggestion: string): void {
    const { text } = this.remarked;
    this.type(text.slice(0, remark.start) + suggestion + text.slice(remark.end));
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
    this.#remark(NONE);
    this.limit = HITS_FIRST;
  }
}

/** The one in the window. */
export const query = new Query();

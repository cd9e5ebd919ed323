// An answer of the core that a view keeps on screen. It is asked for again whenever something that it depends on has
// changed, and the former answer stays until the new one is here, so that nothing flickers. It caches nothing beyond
// the last answer and knows nothing about what it holds.

import { on } from '../api/call';
import type { Topic } from '../api/contract';
import { latest } from './latest';
import { messages } from './messages.svelte';

export class Live<T> {
  /** The newest answer; undefined before the first, and after `restart`. */
  value = $state.raw<T | undefined>(undefined);
  /** True when the last run was refused; the message has been shown. */
  failed = $state(false);

  readonly #topics: readonly Topic[];
  readonly #ask: () => Promise<T>;
  #question = 0;

  /** `topics`: what the answer depends on. `ask` may read anything; it is run again, never watched. */
  constructor(topics: readonly Topic[], ask: () => Promise<T>) {
    this.#topics = topics;
    this.#ask = ask;
  }

  /** Asks again; at most one run is under way, and one more waits. Never rejects: a refusal becomes a message. */
  readonly reload = latest(async () => {
    const question = this.#question;
    try {
      const answer = await this.#ask();
      if (question !== this.#question) return;
      this.value = answer;
      this.failed = false;
    } catch (error) {
      if (question !== this.#question) return;
      this.failed = true;
      messages.fail(error);
    }
  });

  /** Asks because the question itself is another one now: an answer still under way belongs to the old one and is dropped. */
  restart(options: { forget: boolean } = { forget: false }): Promise<void> {
    this.#question += 1;
    if (options.forget) this.value = undefined;
    return this.reload();
  }

  /** Asks now, and again at each change of the topics or of the project, until the returned function is called. */
  watch(): () => void {
    let stopped = false;
    const stops: (() => void)[] = [];
    const keep = (stop: () => void) => {
      if (stopped) stop();
      else stops.push(stop);
    };
    on('changed', ({ topics }) => {
      if (topics.some((topic) => this.#topics.includes(topic))) void this.reload();
    }).then(keep, (error: unknown) => messages.fail(error));
    on('project', () => void this.restart({ forget: true })).then(keep, (error: unknown) => messages.fail(error));
    void this.reload();
    return () => {
      stopped = true;
      this.#question += 1;
      for (const stop of stops) stop();
    };
  }
}

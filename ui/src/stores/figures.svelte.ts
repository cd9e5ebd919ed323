// The figures that can be saved as pictures now: those of the dashboard while it is shown. Drawing and saving are its own.

import { SvelteMap } from 'svelte/reactivity';

class Figures {
  readonly #saves = new SvelteMap<string, () => unknown>();

  /** Their titles, in the order in which they are shown. */
  get titles(): string[] {
    return [...this.#saves.keys()];
  }

  /** Offers a figure until the returned function is called. */
  offer(title: string, save: () => unknown): () => void {
    this.#saves.set(title, save);
    return () => void this.#saves.delete(title);
  }

  /** Saves the figure of a title, if it is still there. */
  save(title: string): unknown {
    return this.#saves.get(title)?.();
  }
}

export const figures = new Figures();

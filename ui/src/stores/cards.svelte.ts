/**
 * Why: the margin shows a card for each highlight near the screen; what a card says is asked for in batches and kept
 * until it changes.
 *
 * Absent on purpose: where a card lies, and which are near.
 */
import { SvelteMap } from 'svelte/reactivity';
import { call } from '../api/call';
import type { Card, HighlightId } from '../api/contract';
import { messages } from './messages.svelte';

/** Cards asked for at once; a screenful of a crowded text has about half as many. */
const BATCH = 200;
/** Cards kept; beyond it the whole store is emptied, which costs one batch. */
const KEPT = 5_000;

class Cards {
  readonly #cards = new SvelteMap<HighlightId, Card>();
  /** Known, but changed since: still shown until the new one is here. */
  readonly #stale = new Set<HighlightId>();
  readonly #asked = new Set<HighlightId>();
  #wanted: readonly HighlightId[] = [];
  #loading = false;
  #epoch = 0;

  get(highlight: HighlightId): Card | undefined {
    return this.#cards.get(highlight);
  }

  /** The highlights near the screen; those unknown are asked for. */
  want(highlights: readonly HighlightId[]): void {
    this.#wanted = highlights;
    void this.#load();
  }

  /** These changed, or all when null. */
  changed(highlights: readonly HighlightId[] | null): void {
    this.#epoch += 1;
    for (const id of highlights ?? this.#cards.keys()) this.#stale.add(id);
    if (highlights === null) this.#asked.clear();
    else for (const id of highlights) this.#asked.delete(id);
    void this.#load();
  }

  /** Takes a note that was just committed, so that the card is right before the core was asked again. */
  noted(highlight: HighlightId, note: string): void {
    const card = this.#cards.get(highlight);
    if (card) this.#cards.set(highlight, { ...card, note, updated: Date.now() });
  }

  clear(): void {
    this.#epoch += 1;
    this.#cards.clear();
    this.#stale.clear();
    this.#asked.clear();
    this.#wanted = [];
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    const ids = this.#wanted
      .filter((id) => (this.#stale.has(id) || !this.#cards.has(id)) && !this.#asked.has(id))
      .slice(0, BATCH);
    if (ids.length === 0) return;
    this.#loading = true;
    const epoch = this.#epoch;
    const wanted = this.#wanted;
    for (const id of ids) {
      this.#stale.delete(id);
      this.#asked.add(id);
    }
    try {
      const found = await call('highlight_cards', { ids });
      if (this.#cards.size > KEPT) this.#cards.clear();
      for (const card of found) this.#cards.set(card.id, card);
      // Changed while we asked: what came may be old, and is asked for again.
      for (const id of ids) if (epoch === this.#epoch || found.some((card) => card.id === id)) this.#asked.delete(id);
    } catch (error) {
      messages.fail(error);
    } finally {
      this.#loading = false;
    }
    if (epoch !== this.#epoch || wanted !== this.#wanted || wanted.length > BATCH) void this.#load();
  }
}

export const cards = new Cards();

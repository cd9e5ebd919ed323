/**
 * Why: the highlights of the open document, found by id and by place.
 *
 * Absent on purpose: the DOM, the core, and any knowledge of who changed what. Whoever owns this puts and removes; the
 * reader compares what it drew with what is here now.
 */
import { byPlace, Intervals } from './intervals';
import type { Passage, Range } from './text';

function inOrder(a: Passage, b: Passage): number {
  return byPlace(a, b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Whether two passages look the same and lie in the same place. */
export function samePassage(a: Passage, b: Passage): boolean {
  return (
    a.start === b.start &&
    a.end === b.end &&
    a.noted === b.noted &&
    a.linked === b.linked &&
    a.doubtful === b.doubtful &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, index) => tag === b.tags[index])
  );
}

export class Passages {
  readonly #index: Intervals<Passage>;
  readonly #byId: Map<string, Passage>;

  /** `byId`: the same passages by their ids, from whoever has them already. */
  constructor(items: readonly Passage[] = [], byId = new Map(items.map((item) => [item.id, item]))) {
    this.#index = new Intervals(items, inOrder);
    this.#byId = byId;
  }

  get size(): number {
    return this.#index.size;
  }

  get(id: string): Passage | undefined {
    return this.#byId.get(id);
  }

  /** Every passage that shares a code unit with the range, in document order. */
  touching(range: Range): Passage[] {
    return this.#index.touching(range.start, range.end);
  }

  /** Every passage over the code unit at `offset`. */
  over(offset: number): Passage[] {
    return this.#index.touching(offset, offset + 1);
  }

  /** Adds or replaces. An equal passage keeps its object, so that nothing is drawn again; false then. */
  put(passage: Passage): boolean {
    const old = this.#byId.get(passage.id);
    if (old) {
      if (samePassage(old, passage)) return false;
      this.#index.remove(old);
    }
    this.#byId.set(passage.id, passage);
    this.#index.insert(passage);
    return true;
  }

  remove(id: string): boolean {
    const old = this.#byId.get(id);
    if (!old) return false;
    this.#byId.delete(id);
    return this.#index.remove(old);
  }

  /** The passage after this one in document order. */
  after(id: string): Passage | undefined {
    const from = this.#byId.get(id);
    return from && this.#index.at(this.#index.place(from) + 1);
  }

  before(id: string): Passage | undefined {
    const from = this.#byId.get(id);
    return from && this.#index.at(this.#index.place(from) - 1);
  }

  /** The first passage that starts at `offset` or later. */
  firstFrom(offset: number): Passage | undefined {
    return this.#index.at(this.#index.startingBefore(offset));
  }

  /** The last passage that starts before `offset`. */
  lastBefore(offset: number): Passage | undefined {
    return this.#index.at(this.#index.startingBefore(offset) - 1);
  }
}

/** Passages that come in one after the other, in any order, best in that of the document; each id once. */
export class Gathering {
  readonly #items: Passage[] = [];
  readonly #byId = new Map<string, Passage>();

  add(passage: Passage): void {
    this.#items.push(passage);
    this.#byId.set(passage.id, passage);
  }

  /** All of them; nothing is added after that. */
  whole(): Passages {
    return new Passages(this.#items, this.#byId);
  }
}

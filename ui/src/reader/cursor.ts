/**
 * Why: reading with the keyboard alone moves from sentence to sentence. Given the text and where the reader is, this
 * says which sentence comes next and what a selection becomes when it is extended.
 *
 * Absent on purpose: the DOM and any state besides a memo of the last blocks that were cut into sentences.
 */
import { sentences } from './boundaries';
import { blockAt, type Block, type Range, type Source } from './text';

/** Blocks whose sentences are remembered: a cursor moves to and fro between neighbours. */
const REMEMBERED = 8;

export class SentenceCursor {
  readonly #source: Source;
  readonly #memo = new Map<number, Range[]>();

  constructor(source: Source) {
    this.#source = source;
  }

  #of(index: number): Range[] {
    const known = this.#memo.get(index);
    if (known) return known;
    const block = this.#source.blocks[index] as Block;
    const found =
      block[2] === 'break'
        ? []
        : sentences(this.#source.text, { start: block[0], end: block[1] }, this.#source.language);
    if (this.#memo.size >= REMEMBERED) this.#memo.delete(this.#memo.keys().next().value as number);
    this.#memo.set(index, found);
    return found;
  }

  /** The first sentence that ends after `offset`: the one that holds it, or the next. */
  from(offset: number): Range | null {
    for (let index = blockAt(this.#source.blocks, offset); index < this.#source.blocks.length; index++) {
      const found = this.#of(index).find((sentence) => sentence.end > offset);
      if (found) return found;
    }
    return null;
  }

  /** The last sentence that starts before `offset`. */
  before(offset: number): Range | null {
    if (this.#source.blocks.length === 0) return null;
    for (let index = blockAt(this.#source.blocks, offset); index >= 0; index--) {
      const found = this.#of(index).findLast((sentence) => sentence.start < offset);
      if (found) return found;
    }
    return null;
  }

  /** The sentence after a selection, or the first at or after `caret` when there is none. */
  next(selection: Range | null, caret: number): Range | null {
    return this.from(selection ? selection.end : caret);
  }

  previous(selection: Range | null, caret: number): Range | null {
    return this.before(selection ? selection.start : caret);
  }

  /** A selection grown (or given back) by a sentence; `backward`: its start is the end that moves. Null at the edge of the text. */
  extend(selection: Range, backward: boolean, direction: 1 | -1): { range: Range; backward: boolean } | null {
    if (direction > 0) {
      if (backward) {
        const anchor = this.before(selection.end);
        const following = this.from(this.from(selection.start)?.end ?? selection.end);
        if (anchor && following && following.start <= anchor.start && following.start > selection.start) {
          return { range: { start: following.start, end: selection.end }, backward: following.start < anchor.start };
        }
      }
      const following = this.from(selection.end);
      return following && { range: { start: selection.start, end: following.end }, backward: false };
    }
    if (!backward) {
      const anchor = this.from(selection.start);
      const last = this.before(selection.end);
      const preceding = last && this.before(last.start);
      if (anchor && last && preceding && last.start > anchor.start && preceding.end > selection.start) {
        return { range: { start: selection.start, end: preceding.end }, backward: false };
      }
    }
    const preceding = this.before(selection.start);
    return preceding && { range: { start: preceding.start, end: selection.end }, backward: true };
  }
}

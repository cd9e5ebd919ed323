/**
 * Why: a footnote stands far from the sign that calls it. Signs of one label lead to each other: a call to the footnote,
 * the mark of the footnote back to its call.
 *
 * Absent on purpose: the DOM, and who goes where.
 */
import { blockAt, type Source, type Span } from './text';

/** So much of a footnote is shown without going there, in code units. */
const PEEK = 300;

export class Notes {
  readonly #calls = new Map<string, Span[]>();
  readonly #marks = new Map<string, Span[]>();
  readonly #at = new Map<number, Span>();

  /** `spans` in document order; only calls and marks are kept. */
  constructor(spans: Iterable<Span> = []) {
    for (const span of spans) {
      if ((span.kind !== 'call' && span.kind !== 'mark') || span.target === null) continue;
      const signs = span.kind === 'call' ? this.#calls : this.#marks;
      const same = signs.get(span.target);
      if (same) same.push(span);
      else signs.set(span.target, [span]);
      this.#at.set(span.start, span);
    }
  }

  /** The sign that begins at an offset. */
  signAt(offset: number): Span | undefined {
    return this.#at.get(offset);
  }

  /**
   * Where a sign leads: a call to the next footnote of its label, or else to the last; a mark back to the nearest call
   * before it, or else to the first.
   */
  other(sign: Span): Span | undefined {
    const signs = sign.kind === 'call' ? this.#marks : this.#calls;
    const same = signs.get(sign.target ?? '') ?? [];
    return sign.kind === 'call'
      ? (same.find(({ start }) => start > sign.start) ?? same.at(-1))
      : (same.findLast(({ start }) => start < sign.start) ?? same[0]);
  }

  /** How the footnote of a call begins; empty where it has none. */
  peek(call: Span, { text, blocks }: Source): string {
    const mark = call.kind === 'call' ? this.other(call) : undefined;
    const block = mark && blocks[blockAt(blocks, mark.start)];
    if (!block) return '';
    const words = text.slice(mark.end, block[1]).replace(/\s+/g, ' ').trim();
    if (words.length <= PEEK) return words;
    return `${words.slice(0, PEEK).replace(/[\ud800-\udbff]$/, '')}…`;
  }
}

/**
 * Why: what the core says of a highlight, as the reader sees it. The only place that knows the compact form on the wire.
 *
 * Absent on purpose: asking for it.
 */
import type { Highlight, HighlightTable } from '../api/contract';
import type { Passage } from '../reader/text';

/** Flags of a row on the wire. */
const NOTED = 1;
const LINKED = 2;
const DOUBTFUL = 4;

export function passagesOf({ tags: names, rows }: HighlightTable): Passage[] {
  return rows.map(([id, start, end, indexes, flags]) => ({
    id,
    start,
    end,
    tags: indexes.flatMap((index) => names[index] ?? []),
    noted: (flags & NOTED) !== 0,
    linked: (flags & LINKED) !== 0,
    doubtful: (flags & DOUBTFUL) !== 0,
  }));
}

/** `former`: what was known of it; a highlight on its own says nothing of its links. */
export function passageOf(highlight: Highlight, former?: Passage): Passage {
  return {
    id: highlight.id,
    start: highlight.start ?? former?.start ?? 0,
    end: highlight.end ?? former?.end ?? 0,
    tags: highlight.tagIds,
    noted: highlight.note.trim() !== '',
    linked: former?.linked ?? false,
    doubtful: !highlight.anchor.confirmed && highlight.anchor.method !== 'made',
  };
}

/** What was packed, one passage after the other in document order: see `core/src/drawn.rs` for the layout. */
export class Packed {
  readonly size: number;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #setOf: Uint32Array;
  readonly #ids: Uint8Array;
  readonly #flags: Uint8Array;
  /** Tags of each set; shared by all passages that carry the same. */
  readonly #sets: readonly (readonly string[])[];

  constructor(buffer: ArrayBuffer) {
    let at = 0;
    const numbers = (count: number): Uint32Array => {
      const part = new Uint32Array(buffer, at, count);
      at += count * 4;
      return part;
    };
    const bytes = (count: number): Uint8Array => {
      const part = new Uint8Array(buffer, at, count);
      at += count;
      return part;
    };
    const [rows = 0, tagCount = 0, setCount = 0, members = 0] = numbers(5);
    const tagBytes = bytes(tagCount * 16);
    const tags = Array.from({ length: tagCount }, (_, tag) => uuidAt(tagBytes, tag));
    const begins = numbers(setCount + 1);
    const places = numbers(members);
    this.#sets = Array.from({ length: setCount }, (_, set) =>
      Array.from(places.subarray(begins[set], begins[set + 1]), (place) => tags[place] ?? ''),
    );
    this.size = rows;
    this.#starts = numbers(rows);
    this.#ends = numbers(rows);
    this.#setOf = numbers(rows);
    this.#ids = bytes(rows * 16);
    this.#flags = bytes(rows);
  }

  at(row: number): Passage {
    const flags = this.#flags[row] as number;
    return {
      id: uuidAt(this.#ids, row),
      start: this.#starts[row] as number,
      end: this.#ends[row] as number,
      tags: this.#sets[this.#setOf[row] as number] ?? [],
      noted: (flags & NOTED) !== 0,
      linked: (flags & LINKED) !== 0,
      doubtful: (flags & DOUBTFUL) !== 0,
    };
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The UUID at a place among packed ones, lower case with hyphens. */
function uuidAt(bytes: Uint8Array, place: number): string {
  let id = '';
  for (let at = 0; at < 16; at++) {
    if (at === 4 || at === 6 || at === 8 || at === 10) id += '-';
    id += HEX[bytes[place * 16 + at] as number] as string;
  }
  return id;
}

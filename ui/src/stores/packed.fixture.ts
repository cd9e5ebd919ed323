// For tests only: highlights as the core packs them. The layout is written down in core/src/drawn.rs.

import type { HighlightRow } from '../api/contract';

/** The bytes of rows, and of the tags that their indexes mean; ids of tags and highlights must be UUIDs. */
export function packed(tags: readonly string[], rows: readonly HighlightRow[]): ArrayBuffer {
  const sets = [...new Set(rows.map(([, , , indexes]) => indexes.join(' ')))];
  const members = sets.map((set) => (set === '' ? [] : set.split(' ').map(Number)));
  const begins = members.reduce<number[]>((all, set) => [...all, (all.at(-1) ?? 0) + set.length], [0]);
  const numbers = (all: readonly number[]): number[] => [...new Uint8Array(Uint32Array.from(all).buffer)];
  const uuid = (id: string): number[] => (id.replaceAll('-', '').match(/../g) ?? []).map((byte) => parseInt(byte, 16));
  const bytes = [
    ...numbers([rows.length, tags.length, sets.length, members.flat().length, 0]),
    ...tags.flatMap(uuid),
    ...numbers(begins),
    ...numbers(members.flat()),
    ...numbers(rows.map(([, start]) => start)),
    ...numbers(rows.map(([, , end]) => end)),
    ...numbers(rows.map(([, , , indexes]) => sets.indexOf(indexes.join(' ')))),
    ...rows.flatMap(([id]) => uuid(id)),
    ...rows.map(([, , , , flags]) => flags),
  ];
  return Uint8Array.from(bytes).buffer;
}

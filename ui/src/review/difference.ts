// How one passage differs from another, word by word, so that a person sees at a glance what changed. Not a diff for
// whole texts: of two passages that are long and share little, the middle counts as replaced.

import { graphemeFloor } from '../reader/boundaries';

export type Part = { readonly kind: 'same' | 'gone' | 'added'; readonly text: string };

/** Words of the one times words of the other: beyond this the table of common words costs more than it tells. */
const MOST_CELLS = 400_000;

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The beginning and the end of a passage that has more than `most` code units; a whole chapter may be marked. */
export function ends(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = most / 2;
  return `${text.slice(0, graphemeFloor(text, half))} … ${text.slice(graphemeFloor(text, text.length - half))}`;
}

/** The parts of both, in the order of the text; without the `gone` ones they are `now`, without the `added` ones `before`. */
export function difference(before: string, now: string): Part[] {
  const a = split(before);
  const b = split(now);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const parts: Part[] = [];
  add(parts, 'same', a.slice(0, head));
  middle(parts, a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  add(parts, 'same', a.slice(a.length - tail));
  return parts;
}

function middle(parts: Part[], a: readonly string[], b: readonly string[]): void {
  if (a.length * b.length > MOST_CELLS) {
    add(parts, 'gone', a);
    add(parts, 'added', b);
    return;
  }
  const width = b.length + 1;
  /** common[i * width + j]: how many words a from i on and b from j on have in common. */
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(parts, 'same', [a[i] as string]);
      i += 1;
      j += 1;
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
      add(parts, 'gone', [a[i] as string]);
      i += 1;
    } else {
      add(parts, 'added', [b[j] as string]);
      j += 1;
    }
  }
}

function add(parts: Part[], kind: Part['kind'], pieces: readonly string[]): void {
  const text = pieces.join('');
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.kind === kind) parts[parts.length - 1] = { kind, text: last.text + text };
  else parts.push({ kind, text });
}

function split(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment);
}

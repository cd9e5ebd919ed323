import { describe, expect, it } from 'vitest';
import { pieces } from './excerpt';

type Marks = [number, number][];

/** Hits in brackets. */
const shown = (excerpt: string, marks: Marks) =>
  pieces(excerpt, marks)
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join('');

const TWO_RAILS: Marks = [
  [9, 13],
  [0, 4],
];
const OVERLAPPING: Marks = [
  [0, 4],
  [2, 7],
];

describe('pieces', () => {
  it.each<[string, Marks, string]>([
    ['rail traffic', [], 'rail traffic'],
    ['rail traffic', [[0, 4]], '[rail] traffic'],
    ['rail traffic', [[5, 12]], 'rail [traffic]'],
    ['rail and rail', TWO_RAILS, '[rail] and [rail]'],
    ['railway', OVERLAPPING, '[railway]'],
    ['rail', [[2, 99]], 'ra[il]'],
    ['rail', [[4, 4]], 'rail'],
    ['а 😀 조선', [[5, 7]], 'а 😀 [조선]'],
    ['', [[0, 3]], ''],
  ])('%j %j', (excerpt, marks, expected) => {
    expect(shown(excerpt, marks)).toBe(expected);
  });

  it('never loses or repeats a character', () => {
    const text = 'Officials in Moscow have denied every delivery';
    const marks: Marks = [3, 3, 8, 40].map((start, at) => [start, start + 5 * (at + 1)]);
    const joined = pieces(text, marks)
      .map((piece) => piece.text)
      .join('');
    expect(joined).toBe(text);
  });
});

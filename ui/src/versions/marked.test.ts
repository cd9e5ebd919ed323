import { expect, it } from 'vitest';
import type { HighlightRow } from '../api/contract';
import { covered, pieces } from './marked';

const table = (...rows: [number, number][]) => ({
  tags: [],
  rows: rows.map(([start, end], at): HighlightRow => [`h-${at}`, start, end, [], 0]),
});

it('joins highlights that overlap or touch', () => {
  expect(covered(table([10, 20], [0, 5], [15, 30], [5, 7]))).toEqual([
    { start: 0, end: 7 },
    { start: 10, end: 30 },
  ]);
});

it.each([
  [0, 12, '[Freight] tra[i]'],
  [12, 18, '[n ]for '],
  [14, 18, 'for '],
  [2, 5, '[eig]'],
  [18, 18, ''],
])('cuts a block from %d to %d at its marks', (start, end, expected) => {
  const text = 'Freight train for Tumen';
  const drawn = pieces(text, { start, end }, covered(table([0, 7], [11, 14])))
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('');
  expect(drawn).toBe(expected);
});

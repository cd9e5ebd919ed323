import { expect, it } from 'vitest';
import { viewWords } from '../shared/words/views';
import { within } from './seen';

const spans = (count: number, size: number, from: number) =>
  Array.from({ length: count }, (_, at) => ({ start: from + at * size, end: from + (at + 1) * size }));

it('counts what lies between the heads and the edge', () => {
  expect(within(spans(12, 64, 200), 200, 200 + 7.5 * 64)).toEqual({ from: 1, to: 7, of: 12 });
  // Scrolled by two columns and a half.
  expect(within(spans(12, 64, 200 - 160), 200, 200 + 7.5 * 64)).toEqual({ from: 4, to: 10, of: 12 });
  expect(within(spans(3, 64, 200), 200, 230)).toEqual({ from: 0, to: 0, of: 3 });
});

it('says it in words', () => {
  const { seen } = viewWords.dashboard;
  expect(seen({ columns: { from: 1, to: 7, of: 12 }, rows: { from: 3, to: 19, of: 1300 } })).toBe(
    'Columns 1–7 of 12 and rows 3–19 of 1,300 are seen; the rest is reached by scrolling.',
  );
  expect(seen({ columns: null, rows: { from: 1, to: 17, of: 30 } })).toBe(
    'Rows 1–17 of 30 are seen; the rest is reached by scrolling.',
  );
});

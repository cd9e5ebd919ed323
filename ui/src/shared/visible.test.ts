import { expect, it } from 'vitest';
import { rowsBetween, rowTops, visibleRows } from './visible';

it.each([
  ['at the top', 0, { from: 0, to: 18 }],
  ['in the middle', 40_000, { from: 392, to: 418 }],
  ['at the end', 99_000, { from: 982, to: 1000 }],
  ['beyond the end, when the list has become shorter', 500_000, { from: 1000, to: 1000 }],
])('%s', (_, scrollTop, expected) => {
  expect(visibleRows(scrollTop, 1000, 100, 1000)).toEqual(expected);
});

it('draws nothing of an empty list', () => {
  expect(visibleRows(0, 1000, 100, 0)).toEqual({ from: 0, to: 0 });
});

it('draws rows of different heights by where they begin', () => {
  // A hundred rows of 50 and 150 by turns: the tenth begins at 1000 less or more.
  const tops = rowTops(Array.from({ length: 100 }, (_, at) => (at % 2 ? 150 : 50)));
  expect(tops.slice(0, 4)).toEqual([0, 50, 200, 250]);
  expect(tops.at(-1)).toBe(10_000);
  expect(rowsBetween(tops, 0, 500)).toEqual({ from: 0, to: 14 });
  expect(rowsBetween(tops, 5_000, 5_500)).toEqual({ from: 42, to: 64 });
  expect(rowsBetween(tops, 9_500, 10_000)).toEqual({ from: 87, to: 100 });
  expect(rowsBetween(tops, 90_000, 90_500)).toEqual({ from: 92, to: 100 });
  expect(rowsBetween([0], 0, 500)).toEqual({ from: 0, to: 0 });
});

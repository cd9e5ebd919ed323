import { expect, it } from 'vitest';
import { visibleRows } from './visible';

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

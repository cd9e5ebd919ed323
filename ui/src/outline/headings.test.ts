import { expect, it } from 'vitest';
import type { Block } from '../reader/text';
import { headingAt, headingsOf } from './headings';

const blocks: Block[] = [
  [0, 10, 'heading', 1],
  [12, 20, 'heading', 2],
  [22, 90, 'paragraph', 0],
  [92, 99, 'heading', 4],
  [101, 110, 'heading', 2],
];

it('lists the headings, indented from the highest level that is used', () => {
  expect(headingsOf(blocks, false).map(({ depth }) => depth)).toEqual([0, 1, 3, 1]);
  expect(headingsOf(blocks, true).map(({ start, depth }) => [start, depth])).toEqual([
    [12, 0],
    [92, 2],
    [101, 0],
  ]);
  expect(headingsOf([], true)).toEqual([]);
});

it('finds the section in which an offset stands', () => {
  const headings = headingsOf(blocks, true);
  expect([0, 12, 91, 92, 500].map((offset) => headingAt(headings, offset))).toEqual([-1, 0, 0, 1, 2]);
});

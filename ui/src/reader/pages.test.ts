import { expect, it } from 'vitest';
import { Pages } from './pages';
import type { Block } from './text';

const blocks: Block[] = [
  [0, 10, 'heading', 1],
  [12, 40, 'paragraph', 0],
  [42, 60, 'paragraph', 0],
];
const pages = new Pages(
  [
    [0, 'xiv'],
    [11, '1'],
    [20, '2'],
    [40, '3'],
    [41, '4'],
    [70, '5'],
  ],
  blocks,
);

it('begins each page at the first letter that stands on it', () => {
  expect(pages.beginningIn(0)).toEqual([{ at: 0, label: 'xiv' }]);
  expect(pages.beginningIn(1)).toEqual([
    { at: 12, label: '1' },
    { at: 20, label: '2' },
  ]);
});

it('leaves out pages on which nothing stands', () => {
  expect(pages.beginningIn(2)).toEqual([{ at: 42, label: '4' }]);
});

it('names the page of a range, or its first and last', () => {
  expect(pages.of({ start: 2, end: 5 })).toBe('xiv');
  expect(pages.of({ start: 14, end: 20 })).toBe('1');
  expect(pages.of({ start: 14, end: 50 })).toBe('1–4');
});

it('has none where the source has none, or none yet', () => {
  expect(new Pages([], blocks).of({ start: 0, end: 5 })).toBeNull();
  expect(new Pages([[5, '1']], blocks).of({ start: 0, end: 7 })).toBeNull();
});

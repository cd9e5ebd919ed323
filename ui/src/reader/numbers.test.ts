import { expect, it } from 'vitest';
import { paragraphNumbers } from './numbers';

it('every block but a break has a number', () => {
  expect(
    paragraphNumbers([
      [0, 5, 'heading', 1],
      [7, 12, 'paragraph', 0],
      [14, 19, 'break', 0],
      [21, 30, 'row', 0],
    ]),
  ).toEqual([1, 2, null, 3]);
});

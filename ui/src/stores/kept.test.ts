import { expect, it } from 'vitest';
import { kept } from './kept';

const list = (...counts: number[]) => counts.map((count, at) => ({ id: `t-${at}`, tags: [{ count }] }));

it('keeps what says the same, and takes what does not', () => {
  const before = list(1, 2);
  const now = kept(before, list(1, 3, 4));
  expect(now).toEqual(list(1, 3, 4));
  expect(now[0]).toBe(before[0]);
  expect(now[1]).not.toBe(before[1]);
});

it('is the list itself when nothing changed, and another when one is gone or the order is another', () => {
  const before = list(1, 2);
  expect(kept(before, list(1, 2))).toBe(before);
  expect(kept(before, list(1))).toEqual(list(1));
  expect(kept(before, list(1, 2).reverse())).toEqual(list(1, 2).reverse());
});

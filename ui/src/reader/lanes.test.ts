import { describe, expect, it } from 'vitest';
import { lanes } from './lanes';

const stretch = (id: string, from: number, to: number, breadth = 1) => ({ id, from, to, breadth });

describe('lanes', () => {
  it('put what overlaps side by side, and what only touches below one another', () => {
    const found = lanes([stretch('a', 0, 10), stretch('b', 5, 15), stretch('c', 10, 20), stretch('d', 6, 7)]);
    expect(Object.fromEntries(found)).toEqual({ a: 0, b: 1, c: 0, d: 2 });
  });

  it('let everyone keep a lane while others come', () => {
    const found = lanes([stretch('new', 0, 10), stretch('old', 5, 15)], new Map([['old', 0]]));
    expect(Object.fromEntries(found)).toEqual({ old: 0, new: 1 });
  });

  it('give a kept lane up when another is in it', () => {
    const before = new Map([
      ['a', 1],
      ['b', 1],
    ]);
    const found = lanes([stretch('a', 0, 10), stretch('b', 5, 15)], before);
    expect(Object.fromEntries(found)).toEqual({ a: 1, b: 0 });
  });

  it('leave room for what is broader than one', () => {
    const found = lanes([stretch('two', 0, 10, 2), stretch('one', 3, 5), stretch('wide', 4, 6, 2)]);
    expect(Object.fromEntries(found)).toEqual({ two: 0, one: 2, wide: 3 });
  });
});

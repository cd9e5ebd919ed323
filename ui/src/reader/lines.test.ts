import { describe, expect, it } from 'vitest';
import { mergeLines } from './lines';

const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

describe('lines', () => {
  it('join what lies on one line, whatever its size', () => {
    expect(mergeLines([box(0, 0, 50, 24), box(50, 3, 80, 22), box(0, 30, 20, 54)])).toEqual([
      box(0, 0, 80, 24),
      box(0, 30, 20, 54),
    ]);
  });

  it('keep lines apart whose boxes overlap a little', () => {
    expect(mergeLines([box(0, 0, 50, 32), box(0, 30, 50, 62)])).toHaveLength(2);
  });

  it('drop what is empty', () => expect(mergeLines([box(5, 0, 5, 24)])).toEqual([]));
});

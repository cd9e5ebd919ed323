import { describe, expect, it } from 'vitest';
import { estimate, Heights } from './heights';
import type { Block } from './text';

describe('heights', () => {
  it('place and find blocks', () => {
    const heights = new Heights([10, 20, 30, 40, 50]);
    expect([0, 1, 2, 3, 4, 5].map((index) => heights.top(index))).toEqual([0, 10, 30, 60, 100, 150]);
    expect([-5, 0, 9.9, 10, 29, 30, 149, 150, 999].map((y) => heights.at(y))).toEqual([0, 0, 0, 1, 1, 2, 4, 4, 4]);
  });

  it('take measurements, and know what was only estimated', () => {
    const heights = new Heights([10, 20, 30]);
    expect(heights.measure(1, 25)).toBe(true);
    expect(heights.measure(1, 25)).toBe(false);
    expect(heights.top(3)).toBe(65);
    expect(heights.at(34)).toBe(1);
    expect([0, 1, 2].map((index) => heights.measured(index))).toEqual([false, true, false]);
    heights.forget();
    expect(heights.measured(1)).toBe(false);
    expect(heights.height(1)).toBe(25);
  });

  it('agree with plain sums for any number of blocks', () => {
    for (const count of [0, 1, 2, 7, 64, 1000]) {
      const sizes = Array.from({ length: count }, (_, index) => 20 + ((index * 37) % 91));
      const heights = new Heights(sizes);
      for (let index = 0; index < count; index += 3) {
        sizes[index] = 15 + index;
        heights.measure(index, 15 + index);
      }
      let sum = 0;
      for (let index = 0; index < count; index++) {
        expect(heights.top(index)).toBeCloseTo(sum);
        expect(heights.at(sum + 1)).toBe(index);
        sum += sizes[index] as number;
      }
      expect(heights.total).toBeCloseTo(sum);
    }
  });

  it('are estimated taller for Korean than for Latin text of the same length', () => {
    const column = { width: 640, line: 30 };
    const block: Block = [0, 400, 'paragraph', 0];
    expect(estimate('관측통들은 이를 신중하게 본다. '.repeat(40), block, column)).toBeGreaterThan(
      1.5 * estimate('observers see it with caution. '.repeat(40), block, column),
    );
  });
});

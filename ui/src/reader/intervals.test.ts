import { describe, expect, it } from 'vitest';
import { Intervals } from './intervals';
import type { Range } from './text';

/** A repeatable stream of numbers from 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

function random(count: number, seed = 7): Range[] {
  const next = numbers(seed);
  return Array.from({ length: count }, () => {
    const start = Math.floor(next() * 10_000);
    return { start, end: start + 1 + Math.floor(next() * (next() < 0.02 ? 9_000 : 80)) };
  });
}

const plain = (items: readonly Range[], from: number, to: number) =>
  items.filter(({ start, end }) => start < to && end > from).sort((a, b) => a.start - b.start || b.end - a.end);

describe('an interval index', () => {
  it('answers as a plain search does, also with ranges that span everything', () => {
    const items = [...random(3_000), { start: 0, end: 20_000 }];
    const index = new Intervals(items);
    for (const [from, to] of [
      [0, 1],
      [500, 501],
      [9_000, 12_000],
      [4_321, 4_400],
      [20_000, 20_001],
      [0, 30_000],
    ] as const) {
      const found = index.touching(from, to);
      expect(found.map(({ start, end }) => [start, end])).toEqual(
        plain(items, from, to).map(({ start, end }) => [start, end]),
      );
    }
  });

  it('stays true while ranges come and go', () => {
    const items = random(700);
    const index = new Intervals<Range>([]);
    for (const item of items) index.insert(item);
    const gone = items.filter((_, at) => at % 3 === 0);
    for (const item of gone) expect(index.remove(item)).toBe(true);
    const left = items.filter((_, at) => at % 3 !== 0);
    expect(index.size).toBe(left.length);
    expect(new Set(index.touching(2_000, 2_600))).toEqual(new Set(plain(left, 2_000, 2_600)));
    expect(index.remove(gone[0] as Range)).toBe(false);
  });

  it('is half open: ranges that only touch are not found', () => {
    const index = new Intervals([{ start: 10, end: 20 }]);
    expect(index.touching(0, 10)).toEqual([]);
    expect(index.touching(20, 30)).toEqual([]);
    expect(index.touching(19, 20)).toHaveLength(1);
  });

  it('gives outer ranges before the ranges inside them', () => {
    const outer = { start: 5, end: 50 };
    const inner = { start: 5, end: 20 };
    expect(new Intervals([inner, outer]).touching(0, 100)).toEqual([outer, inner]);
  });
});

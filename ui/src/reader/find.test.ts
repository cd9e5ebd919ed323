import { describe, expect, it } from 'vitest';
import { findAll, firstFrom, MOST_FOUND } from './find';

const places = (text: string, sought: string) => findAll(text, sought).map(({ start, end }) => text.slice(start, end));

describe('findAll', () => {
  it('finds every place, in any case, over line ends and any blanks', () => {
    expect(places('The grain.  the\nGRAIN, grains', 'the grain')).toEqual(['The grain', 'the\nGRAIN']);
    expect(places('Зерно и зерно', 'зерно')).toEqual(['Зерно', 'зерно']);
  });

  it('takes what is typed for text, not for a pattern', () => {
    expect(places('a.c abc a-c [x](y)', 'a.c')).toEqual(['a.c']);
    expect(places('a.c abc a-c [x](y)', 'a-c')).toEqual(['a-c']);
    expect(places('a.c abc a-c [x](y)', '[x](y)')).toEqual(['[x](y)']);
    expect(places('C:\\new/old', '\\new/')).toEqual(['\\new/']);
  });

  it('counts UTF-16 code units, also around emoji', () => {
    expect(findAll('👩‍👩‍👧 tea 👩‍👩‍👧 tea', 'tea')).toEqual([
      { start: 9, end: 12 },
      { start: 22, end: 25 },
    ]);
    expect(places('one 😀 two 😀', '😀')).toEqual(['😀', '😀']);
  });

  it('finds nothing for blanks, and not more than anybody looks at', () => {
    expect(findAll('a b', '  ')).toEqual([]);
    expect(findAll('a'.repeat(MOST_FOUND + 5), 'a')).toHaveLength(MOST_FOUND);
  });
});

describe('firstFrom', () => {
  const found = [5, 10, 20].map((start) => ({ start, end: start + 1 }));
  it('goes on from where one reads, and around the end', () => {
    expect([0, 5, 6, 20, 21].map((offset) => firstFrom(found, offset))).toEqual([0, 0, 1, 2, 0]);
    expect(firstFrom([], 3)).toBe(-1);
  });
});

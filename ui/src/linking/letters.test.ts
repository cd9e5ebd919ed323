import { expect, it } from 'vitest';
import type { Relation } from '../api/contract';
import { relationLetters } from './letters';

const of = (...labels: string[]): (string | undefined)[] => {
  const relations = labels.map((label): Relation => ({ id: label, label, inverse: '', symmetric: false, links: 0 }));
  const letters = relationLetters(relations);
  return labels.map((label) => letters.get(label));
};

it('gives the shipped relations letters of their own labels', () => {
  expect(
    of(
      ...['supports', 'contradicts', 'elaborates', 'qualifies', 'causes'],
      ...['precedes', 'same event', 'attributed to', 'responds to', 'related'],
    ),
  ).toEqual(['s', 'c', 'e', 'q', 'u', 'p', 'm', 'a', 'r', 'l']);
});

it('gives no letter twice, in any script', () => {
  const letters = of('опровергает', 'основан на', 'Élargit', 'elaborates', '반박', '支持', 'يدعم', '42', '!!');
  expect(new Set(letters).size).toBe(letters.length);
  expect(letters.slice(0, 3)).toEqual(['о', 'с', 'e']);
  expect(letters[4]).toMatch(/^[a-z]$/);
});

it('leaves relations beyond all letters without one', () => {
  const letters = of(...Array.from({ length: 40 }, (_, at) => `r${'\u{1F6A2}'.repeat(at)}`));
  expect(letters.filter((letter) => letter !== undefined)).toHaveLength(35);
});

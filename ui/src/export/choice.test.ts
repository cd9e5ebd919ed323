import { expect, it } from 'vitest';
import { idsOf, switched } from './choice';

it('sends no list for all, a list for some, and never an empty list for none', () => {
  expect(idsOf({ all: true, picked: new Set(['a']) })).toEqual([]);
  expect(idsOf({ all: false, picked: new Set(['a', 'b']) })).toEqual(['a', 'b']);
  expect(idsOf({ all: false, picked: new Set() })).toBeNull();
});

it('stops meaning all as soon as one is picked', () => {
  const one = switched({ all: true, picked: new Set() }, 'a', true);
  expect(idsOf(one)).toEqual(['a']);
  expect(idsOf(switched(one, 'a', false))).toBeNull();
});

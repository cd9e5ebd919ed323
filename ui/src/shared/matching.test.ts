import { expect, it } from 'vitest';
import { containsWords, fold, fuzzy } from './matching';

it('folds case and diacritics, and leaves other scripts whole', () => {
  expect(fold('Kovář Ñandú')).toBe('kovar nandu');
  expect(fold('러시아')).toBe('러시아');
});

it('wants every word somewhere, in any order', () => {
  expect(containsWords('Fuel, rail and rouble', 'rouble fu')).toBe(true);
  expect(containsWords('Fuel, rail and rouble', 'fuel ship')).toBe(false);
  expect(containsWords('anything', '')).toBe(true);
});

it('finds letters in order and nothing else', () => {
  expect(fuzzy('Export notes…', 'exno')).not.toBeNull();
  expect(fuzzy('Export notes…', 'onx')).toBeNull();
});

it.each([
  ['exp', 'Export notes…', 'Extend to the previous sentence'],
  ['link', 'Links', 'Import documents… like'],
  ['np', 'New project…', 'Open project…'],
  ['theme dark', 'Theme: dark', 'Theme: as the system'],
])('for "%s" puts "%s" before "%s"', (query, better, worse) => {
  expect(fuzzy(better, query) ?? -Infinity).toBeGreaterThan(fuzzy(worse, query) ?? -Infinity);
});

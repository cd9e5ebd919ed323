import { expect, it } from 'vitest';
import { viewWords } from './views';

it.each([
  [0, '0%'],
  [0.001, '<1%'],
  [0.37, '37%'],
  [0.999, '>99%'],
  [1, '100%'],
])('a share of %d is written %s', (part, written) => {
  expect(viewWords.share(part)).toBe(written);
});

it('counts in the singular and the plural', () => {
  expect(viewWords.highlights(1)).toBe('1 highlight');
  expect(viewWords.highlights(1240)).toBe('1,240 highlights');
});

it('names a heat map cell by tag, document and count', () => {
  expect(viewWords.dashboard.byDocument.cell('military', 'Two isolated capitals', 18)).toBe(
    'military in Two isolated capitals: 18 highlights',
  );
});

it('says so when a passage has lost its place', () => {
  expect(viewWords.paragraph(null)).toBe('place not found');
  expect(viewWords.paragraph(4)).toBe('¶ 4');
  expect(viewWords.where('12–13', 4)).toBe('pp. 12–13 · ¶ 4');
  expect(viewWords.where('xiv', 4)).toBe('p. xiv · ¶ 4');
  expect(viewWords.where('Cover', 1)).toBe('Cover · ¶ 1');
  expect(viewWords.where(null, null)).toBe('place not found');
});

it('does not claim to have counted more hits than the core counts', () => {
  expect(viewWords.search.found(412, 3)).toBe('412 hits in 3 documents');
  expect(viewWords.search.foundFirst(200, 10_000)).toBe('The first 200 of 10,000 hits or more');
});

import { expect, it } from 'vitest';
import type { Document, Tag } from '../api/contract';
import { words } from '../shared/words';
import { DOCUMENTS, TAGS } from '../app/window.fixture';
import { tagBars } from './bars';

const tagged = (...counts: number[]): Document => ({
  ...(DOCUMENTS[0] as Document),
  tags: counts.map((count, at) => ({ tag: `t${at}`, count })),
});
const named = (id: string): Tag => ({ ...(TAGS[0] as Tag), id, name: `тег ${id}` });

it('shows the most frequent tags and all others as one part', () => {
  const bars = tagBars(tagged(1, 9, 0, 5, 5, 2, 7, 1), named);
  expect(bars?.first.map(({ tag, count }) => `${tag.id} ${count}`)).toEqual(['t1 9', 't6 7', 't3 5', 't4 5']);
  expect(bars?.others).toEqual({ tags: 3, count: 4 });
  expect(bars && words.app.documents.bar(bars.first, bars.others)).toBe(
    'Highlights: тег t1 9, тег t6 7, тег t3 5, тег t4 5, 3 other tags 4',
  );
});

it('gives a single other tag its own part, and nothing to a document without tags', () => {
  expect(tagBars(tagged(1, 2, 3, 4, 5), named)?.others).toBeNull();
  expect(tagBars(tagged(1, 2, 3, 4, 5), named)?.first).toHaveLength(5);
  expect(tagBars(tagged(), named)).toBeNull();
  expect(tagBars(tagged(3), () => undefined)).toBeNull();
});

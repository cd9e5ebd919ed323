import { afterEach, expect, it } from 'vitest';
import { clear, HIGHLIGHTS, openProject } from '../app/window.fixture';
import type { SearchHit } from '../api/contract';
import type { Fake } from '../stores/fake.fixture';
import { AT_MOST, passagesFor } from './passages';

let fake: Fake;
afterEach(() => clear(fake));

const hit = (highlight: string | null): SearchHit => ({
  kind: highlight ? 'quote' : 'text',
  highlight,
  start: 0,
  end: 1,
  paragraph: 1,
  excerpt: '',
  marks: [],
  tags: [],
});

it('offers the newest first before anything is typed, without the passage itself', async () => {
  fake = await openProject({ highlight_list: () => [...HIGHLIGHTS].reverse() });
  expect((await passagesFor(' ', 'h-2')).map(({ id }) => id)).toEqual(['h-3', 'h-1']);
  expect(fake.argsOf('highlight_list')).toEqual([{ newest: true, limit: AT_MOST + 1 }]);
});

it('keeps the order of the search, each passage once, plain text left out', async () => {
  fake = await openProject({
    search: () => ({
      total: 5,
      remarks: [],
      groups: [{ document: 'd-1', title: '', total: 5, hits: ['h-3', null, 'h-1', 'h-3', 'h-2'].map(hit) }],
    }),
    highlight_list: () => HIGHLIGHTS,
  });
  expect((await passagesFor('deny', 'h-2')).map(({ id }) => id)).toEqual(['h-3', 'h-1']);
});

it('does not ask for all highlights when nothing was found', async () => {
  fake = await openProject({ search: () => ({ total: 0, groups: [], remarks: [] }) });
  expect(await passagesFor('zzz', 'h-1')).toEqual([]);
  expect(fake.argsOf('highlight_list')).toEqual([]);
});

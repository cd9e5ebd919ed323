import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchResults } from '../api/contract';
import { fakeBackend, pending, type Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { HITS_FIRST, HITS_MORE, Query, REMARK_AFTER } from './query.svelte';

const answer = (title: string): SearchResults => ({
  total: 1,
  groups: [{ document: 'd', title, hits: [], total: 1 }],
  remarks: [],
});
const title = (query: Query) => query.results?.groups[0]?.title;

async function type(query: Query, text: string): Promise<void> {
  query.type(text);
  await vi.advanceTimersByTimeAsync(0);
}

let fake: Fake;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  fake.restore();
  messages.clear();
});

describe('Query', () => {
  it('asks at once; what is typed while the core is busy waits, and only the newest is asked', async () => {
    const slow = pending<SearchResults>();
    fake = fakeBackend({ search: ({ query }) => (query === 'r' ? slow.promise : answer(query)) });
    const query = new Query();
    for (const text of ['r', 'ra', 'rai', 'rail ']) query.type(text);
    await vi.advanceTimersByTimeAsync(0);
    expect(fake.argsOf('search').map((args) => args.query)).toEqual(['r']);
    slow.resolve(answer('r'));
    await vi.advanceTimersByTimeAsync(0);
    expect(fake.argsOf('search')).toEqual([
      { typing: true, query: 'r', limit: HITS_FIRST },
      { typing: true, query: 'rail ', limit: HITS_FIRST },
    ]);
    expect(title(query)).toBe('rail ');
    expect(query.answered).toBe('rail');
  });

  it('drops a late answer to an older question', async () => {
    const slow = pending<SearchResults>();
    fake = fakeBackend({ search: ({ query }) => (query === 'old' ? slow.promise : answer(query)) });
    const query = new Query();
    query.type('old');
    query.text = 'new';
    await query.ask();
    expect(title(query)).toBe('new');
    slow.resolve(answer('old'));
    await vi.advanceTimersByTimeAsync(0);
    expect(title(query)).toBe('new');
    expect(query.answered).toBe('new');
  });

  it('drops a late refusal of an older question', async () => {
    const slow = pending<SearchResults>();
    fake = fakeBackend({ search: ({ query }) => (query === '"old' ? slow.promise : answer(query)) });
    const query = new Query();
    query.type('"old');
    query.text = 'new';
    await query.ask();
    slow.reject({ code: 'query_invalid', message: 'A quotation mark is not closed.', detail: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(query.problem).toBeNull();
  });

  it('drops an answer that comes after the box was emptied', async () => {
    const slow = pending<SearchResults>();
    fake = fakeBackend({ search: () => slow.promise });
    const query = new Query();
    await type(query, 'rail');
    query.type('');
    slow.resolve(answer('rail'));
    await vi.advanceTimersByTimeAsync(0);
    expect(query.results).toBeNull();
  });

  it('says what is wrong with a question and keeps the hits of the last good one', async () => {
    fake = fakeBackend({
      search: ({ query }) => {
        if (query.startsWith('"'))
          throw { code: 'query_invalid', message: 'A quotation mark is not closed.', detail: null };
        return answer(query);
      },
    });
    const query = new Query();
    await type(query, 'rail');
    await type(query, '"rail');
    expect(query.problem).toBe('A quotation mark is not closed.');
    expect(title(query)).toBe('rail');
    expect(messages.list).toEqual([]);
    await type(query, 'rails');
    expect(query.problem).toBeNull();
  });

  it('shows a remark when nobody types any more, and takes it away at once', async () => {
    const remark = { code: 'quote_open', start: 0, end: 5, argument: 'rail', suggestions: [] } as const;
    fake = fakeBackend({
      search: ({ query }) => ({
        ...answer(query),
        remarks: /^"[^"]*$/.test(query) ? [{ ...remark, suggestions: [] }] : [],
      }),
    });
    const query = new Query();
    await type(query, '"ra');
    await type(query, '"rail');
    expect(query.remarked.list).toEqual([]);
    await vi.advanceTimersByTimeAsync(REMARK_AFTER);
    expect(query.remarked).toEqual({ text: '"rail', list: [remark] });
    await type(query, '"rail"');
    expect(query.remarked.list).toEqual([]);
    await type(query, '"ra');
    query.clear();
    await vi.advanceTimersByTimeAsync(REMARK_AFTER);
    expect(query.remarked.list).toEqual([]);
  });

  it('makes a message of any other refusal', async () => {
    fake = fakeBackend({
      search: () => {
        throw { code: 'storage', message: 'The project could not be read.', detail: null };
      },
    });
    const query = new Query();
    await type(query, 'rail');
    expect(query.problem).toBeNull();
    expect(messages.list.map((message) => message.text)).toEqual(['The project could not be read.']);
  });

  it('lists as many more when asked, and starts over with a new question', async () => {
    fake = fakeBackend({ search: ({ query }) => answer(query) });
    const query = new Query();
    await type(query, 'rail');
    await query.more();
    await type(query, 'rails');
    expect(fake.argsOf('search').map((args) => args.limit)).toEqual([HITS_FIRST, HITS_FIRST + HITS_MORE, HITS_FIRST]);
  });
});

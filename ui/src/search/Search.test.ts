import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RemarkCode, SearchResults, Tag } from '../api/contract';
import { fakeBackend, settled, type Fake, type Replies } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { tags } from '../stores/tags.svelte';
import { views } from '../stores/views.svelte';
import { query, REMARK_AFTER } from './query.svelte';
import Search from './Search.svelte';

const MILITARY: Tag = {
  id: 't-mil',
  name: 'military',
  parent: null,
  colour: '#d55e00',
  key: 'm',
  definition: '',
  highlights: 1,
};

const RESULTS: SearchResults = {
  total: 412,
  remarks: [],
  groups: [
    {
      document: 'd-1',
      title: 'Two isolated capitals',
      total: 3,
      hits: [
        {
          kind: 'quote',
          highlight: 'h-1',
          start: 10,
          end: 60,
          paragraph: 2,
          excerpt: 'Freight trains crossed <b>the</b> Tumen',
          marks: [[8, 14]],
          tags: ['t-mil', 'unknown'],
        },
        {
          kind: 'text',
          highlight: null,
          start: 700,
          end: 706,
          paragraph: 14,
          excerpt: 'denying the trains',
          marks: [[12, 18]],
          tags: [],
        },
      ],
    },
    {
      document: 'd-2',
      title: '러시아와 조선',
      total: 1,
      hits: [
        {
          kind: 'title',
          highlight: null,
          start: null,
          end: null,
          paragraph: null,
          excerpt: '러시아와 조선',
          marks: [[0, 3]],
          tags: [],
        },
      ],
    },
  ],
};

let fake: Fake;
let view: Record<string, unknown> | null = null;

async function open(replies: Replies = {}): Promise<void> {
  fake = fakeBackend({ search: () => RESULTS, ...replies });
  view = mount(Search, { target: document.body });
  await settled();
  flushSync();
}

const box = () => document.querySelector('input') as HTMLInputElement;
const hits = () => [...document.querySelectorAll<HTMLButtonElement>('.results [data-cell]')];

async function type(text: string): Promise<void> {
  box().value = text;
  box().dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
  flushSync();
}

function press(key: string): void {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
}

beforeEach(() => {
  tags.list = [MILITARY];
  views.show('search');
});
afterEach(async () => {
  if (view) await unmount(view);
  view = null;
  query.clear();
  fake.restore();
  messages.clear();
  document.body.replaceChildren();
});

describe('Search', () => {
  const rules = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } };

  it('has nothing for axe to find, empty and with hits', async () => {
    await open();
    expect((await axe.run(document.body, rules)).violations).toEqual([]);
    await type('trains');
    expect((await axe.run(document.body, rules)).violations).toEqual([]);
  });

  it('has one labelled box, with the focus in it', async () => {
    await open();
    expect(document.querySelector('main')?.getAttribute('aria-label')).toBe('Search');
    expect(document.querySelector(`label[for="${box().id}"]`)?.textContent).toBe(
      'Search texts, quotes, notes and titles',
    );
    expect(document.activeElement).toBe(box());
  });

  it('takes the focus back when the window asks for it', async () => {
    await open();
    box().blur();
    views.search();
    flushSync();
    expect(document.activeElement).toBe(box());
  });

  it('groups hits by document, marks what matched and says what each hit is', async () => {
    await open();
    await type('trains');
    expect([...document.querySelectorAll('.results h2 .title')].map((title) => title.textContent)).toEqual([
      'Two isolated capitals',
      '러시아와 조선',
    ]);
    expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual([
      'trains',
      'trains',
      '러시아',
    ]);
    expect([...document.querySelectorAll('.kind')].map((kind) => kind.textContent)).toEqual([
      'quote ¶ 2',
      'text ¶ 14',
      'title',
    ]);
    expect([...document.querySelectorAll('.chip')].map((chip) => chip.textContent?.trim())).toEqual(['military']);
    expect(document.querySelector('.said')?.textContent).toContain('The first 3 of 412 hits');
  });

  it('shows markup in a text as text', async () => {
    await open();
    await type('trains');
    expect(hits()[0]?.textContent).toContain('<b>the</b>');
    expect(document.querySelector('.excerpt b')).toBeNull();
  });

  it('goes from the box into the hits and back with the arrow keys', async () => {
    await open();
    await type('trains');
    press('ArrowDown');
    expect(document.activeElement).toBe(hits()[0]);
    press('ArrowDown');
    press('ArrowDown');
    expect(document.activeElement).toBe(hits()[2]);
    press('ArrowUp');
    press('ArrowUp');
    expect(document.activeElement).toBe(hits()[0]);
    press('ArrowUp');
    expect(document.activeElement).toBe(box());
  });

  it('leaves the keys alone while an input method is choosing characters', async () => {
    await open();
    await type('조선');
    box().dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, isComposing: true }));
    expect(document.activeElement).toBe(box());
  });

  it('shows a note by its words, with what was found in it marked', async () => {
    const [group] = RESULTS.groups;
    const excerpt = '…it **helped to w…';
    const hit = { ...group?.hits[0], kind: 'note', excerpt, marks: [[6, 12]] } as SearchResults['groups'][0]['hits'][0];
    await open({
      search: () => ({ total: 1, groups: [{ document: 'd-1', title: 'T', total: 1, hits: [hit] }], remarks: [] }),
    });
    await type('helped');
    expect(document.querySelector('.excerpt')?.textContent).toBe('…it helped to w…');
    expect(document.querySelector('.excerpt mark')?.textContent).toBe('helped');
  });

  it('opens a highlight by its id, a hit in the text by its range, a title at its start', async () => {
    const go = vi.spyOn(reading, 'open').mockResolvedValue(undefined);
    await open();
    await type('trains');
    for (const hit of hits()) hit.click();
    expect(views.current).toBe('read');
    expect(go.mock.calls.map(([document]) => document)).toEqual(['d-1', 'd-1', 'd-2']);
    expect(go.mock.calls[0]?.[1]).toEqual({ highlight: 'h-1' });
    expect(go.mock.calls[1]?.[1]?.range).toEqual([700, 706]);
    expect(go.mock.calls[2]?.[1]).toBeUndefined();
  });

  it('says what is wrong with a question beside the box', async () => {
    await open({
      search: () => {
        throw { code: 'query_invalid', message: 'A quotation mark is not closed.', detail: null };
      },
    });
    await type('"trains');
    expect(box().getAttribute('aria-invalid')).toBe('true');
    const said = document.getElementById(box().getAttribute('aria-describedby') ?? '');
    expect(said?.textContent).toBe('A quotation mark is not closed.');
  });

  it('says under the box what cannot mean what was typed, marks its place and offers what may be meant', async () => {
    const remark = (query: string, part: string, code: RemarkCode, suggestions: string[]) => {
      const start = query.indexOf(part);
      return { code, start, end: start + part.length, argument: part.replace('tag:', ''), suggestions };
    };
    await open({
      search: ({ query }) => ({
        ...RESULTS,
        remarks: query.includes('tag:milit ')
          ? [remark(query, 'tag:milit', 'tag_unknown', ['tag:military']), remark(query, 'NEAR', 'operator_unknown', [])]
          : [],
      }),
    });
    const said = () => document.querySelector('.remarks');
    await type('😀 tag:milit oil NEAR gas');
    expect(said()).toBeNull();
    await vi.waitFor(() => expect(said()).not.toBeNull(), { timeout: REMARK_AFTER * 10 });
    expect([...document.querySelectorAll('.remarks em')].map((part) => part.textContent)).toEqual([
      'tag:milit',
      'NEAR',
    ]);
    expect(said()?.textContent).toContain('No tag is named “milit”');
    expect(said()?.textContent).toContain('“NEAR” is no operator here');
    expect(box().getAttribute('aria-describedby')).toContain(said()?.parentElement?.id);
    expect(hits()).toHaveLength(3);
    expect((await axe.run(document.body, rules)).violations).toEqual([]);
    [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === 'Write tag:military')?.click();
    await settled();
    flushSync();
    expect(box().value).toBe('😀 tag:military oil NEAR gas');
    expect(document.activeElement).toBe(box());
    expect(said()).toBeNull();
  });

  it('says that nothing was found, and helps', async () => {
    await open({ search: () => ({ total: 0, groups: [], remarks: [] }) });
    await type('zzz');
    expect(document.querySelector('main')?.textContent).toContain('No hits');
    expect(document.querySelector('main')?.textContent).toContain('tag:military');
  });

  it('tries an example when it is pressed', async () => {
    await open();
    [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === 'has:note')?.click();
    flushSync();
    expect(box().value).toBe('has:note');
    await settled();
    expect(fake.argsOf('search').at(-1)?.query).toBe('has:note');
  });

  it('empties the box on Escape', async () => {
    await open();
    await type('trains');
    press('Escape');
    expect(box().value).toBe('');
    expect(hits()).toEqual([]);
  });

  it('finds the hits still there when the view comes back', async () => {
    await open();
    await type('trains');
    await unmount(view as Record<string, unknown>);
    view = mount(Search, { target: document.body });
    flushSync();
    expect(box().value).toBe('trains');
    expect(hits()).toHaveLength(3);
  });

  it('asks again after a change', async () => {
    await open();
    await type('trains');
    const before = fake.argsOf('search').length;
    fake.emit('changed', { topics: ['highlights'], documents: [], highlights: null });
    await settled();
    expect(fake.argsOf('search').length).toBe(before + 1);
  });
});

import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Link } from '../api/contract';
import { fakeBackend, settled, type Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { views } from '../stores/views.svelte';
import { forget } from './chosen.svelte';
import Links from './Links.svelte';

const QUOTES = [
  'Freight trains crossed the Tumen',
  'Officials denied every delivery',
  '러시아와 조선',
  'نفى المسؤولون',
];
const RELATIONS = ['contradicts', 'supports', 'elaborates'];

function links(count: number): Link[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `l-${String(at).padStart(4, '0')}`,
    from: `from-${at}`,
    to: `to-${at}`,
    relation: RELATIONS[at % 3] ?? '',
    inverse: '',
    relationId: `r-${at % 3}`,
    note: at % 2 ? '' : `note ${at}`,
    created: Date.UTC(2026, 0, 1) + at * 1000,
    fromQuote: `${QUOTES[at % 4]} ${at}`,
    toQuote: `${QUOTES[(at + 1) % 4]} ${at}`,
    fromDocument: 'd-1',
    toDocument: 'd-2',
    fromTitle: 'Two isolated capitals',
    toTitle: '',
  }));
}

let fake: Fake;
let view: Record<string, unknown> | null = null;
let list: Link[];

async function open(count: number): Promise<void> {
  list = links(count);
  fake = fakeBackend({
    link_list: () => list,
    link_delete: ({ link }) => {
      list = list.filter((one) => one.id !== link);
      return null;
    },
    history_list: () => [],
  });
  // The view remembers what was chosen while the window is open; each test starts afresh.
  forget();
  view = mount(Links, { target: document.body });
  await settled();
  flushSync();
}

const rows = () => [...document.querySelectorAll<HTMLElement>('tbody tr')];
const texts = (column: number) => rows().map((row) => row.children[column]?.textContent?.trim());
const header = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('th')].find((one) => one.textContent?.trim() === name) as HTMLElement;

function sortBy(name: string): void {
  header(name).querySelector('button')?.click();
  flushSync();
}

function filter(text: string): void {
  const box = document.querySelector<HTMLInputElement>('input[type="search"]') as HTMLInputElement;
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}

beforeEach(() => views.show('links'));
afterEach(async () => {
  if (view) await unmount(view);
  view = null;
  fake.restore();
  messages.clear();
  document.body.replaceChildren();
});

describe('Links', () => {
  it('has nothing for axe to find', async () => {
    await open(7);
    const rules = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } };
    expect((await axe.run(document.body, rules)).violations).toEqual([]);
  });

  it('lists every link newest first and says so in the heads', async () => {
    await open(4);
    expect(document.querySelector('main')?.getAttribute('aria-label')).toBe('Links');
    expect(texts(1)).toEqual([3, 2, 1, 0].map((at) => `${QUOTES[at]} ${at}`));
    expect(header('Made').getAttribute('aria-sort')).toBe('descending');
    expect(header('Relation').getAttribute('aria-sort')).toBe('none');
  });

  it('sorts by a column, and the other way round at the second press', async () => {
    await open(3);
    sortBy('Relation');
    expect(texts(0)).toEqual(['contradicts', 'elaborates', 'supports']);
    expect(header('Relation').getAttribute('aria-sort')).toBe('ascending');
    sortBy('Relation');
    expect(texts(0)).toEqual(['supports', 'elaborates', 'contradicts']);
    expect(header('Relation').getAttribute('aria-sort')).toBe('descending');
    expect(header('Made').getAttribute('aria-sort')).toBe('none');
  });

  it('narrows by text and by relation, and says how many are left', async () => {
    await open(12);
    filter('freight');
    expect(rows()).toHaveLength(6);
    filter('freight note 8');
    expect(texts(1)).toEqual([`${QUOTES[0]} 8`]);
    filter('조선');
    expect(rows()).toHaveLength(6);
    expect(document.querySelector('.total')?.textContent?.trim()).toBe('6 of 12 links');
    const relation = document.querySelector('select') as HTMLSelectElement;
    relation.value = 'r-0';
    relation.dispatchEvent(new Event('change', { bubbles: true }));
    flushSync();
    expect(new Set(texts(0))).toEqual(new Set(['contradicts']));
  });

  it('offers a way out of a filter that leaves nothing', async () => {
    await open(3);
    filter('no such words');
    expect(rows()).toHaveLength(0);
    [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === 'Clear the filter')?.click();
    flushSync();
    expect(rows()).toHaveLength(3);
  });

  it('marks a contradiction by word and sign, not by colour alone', async () => {
    await open(3);
    const [first] = rows().filter((row) => row.classList.contains('contradiction'));
    expect(first?.textContent).toContain('contradicts');
    expect(first?.querySelector('.relation svg')).not.toBeNull();
    expect(rows().filter((row) => row.classList.contains('contradiction'))).toHaveLength(1);
  });

  it('opens either end in its place', async () => {
    await open(1);
    const go = vi.spyOn(reading, 'open').mockResolvedValue(undefined);
    const [from, to] = rows()[0]?.querySelectorAll<HTMLButtonElement>('.quote') ?? [];
    expect(from?.getAttribute('aria-label')).toContain('Two isolated capitals');
    expect(to?.getAttribute('aria-label')).toContain('Untitled document');
    from?.click();
    to?.click();
    expect(go.mock.calls).toEqual([
      ['d-1', { highlight: 'from-0' }],
      ['d-2', { highlight: 'to-0' }],
    ]);
  });

  it('removes a link by the Delete key and keeps the focus in its place', async () => {
    await open(3);
    const cell = rows()[1]?.querySelectorAll<HTMLElement>('[data-cell]')[1];
    cell?.focus();
    cell?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true, cancelable: true }));
    await settled();
    await settled();
    flushSync();
    expect(fake.argsOf('link_delete')).toEqual([{ link: 'l-0001' }]);
    expect(texts(1)).toEqual([`${QUOTES[2]} 2`, `${QUOTES[0]} 0`]);
    expect(document.activeElement).toBe(rows()[1]?.querySelectorAll('[data-cell]')[1]);
  });

  it('does not remove on a chord such as Ctrl+Delete', async () => {
    await open(1);
    const cell = rows()[0]?.querySelector<HTMLElement>('[data-cell]');
    cell?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', ctrlKey: true, bubbles: true }));
    await settled();
    expect(fake.argsOf('link_delete')).toEqual([]);
  });

  it('turns pages of a long list, back to the first when the order changes', async () => {
    await open(250);
    expect(rows()).toHaveLength(100);
    const press = (name: string) => {
      [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)?.click();
      flushSync();
    };
    press('Next page');
    press('Next page');
    expect(rows()).toHaveLength(50);
    expect(document.querySelector('nav')?.textContent).toContain('201–250 of 250');
    expect(rows()[0]?.getAttribute('aria-rowindex')).toBe('202');
    sortBy('Made');
    expect(document.querySelector('nav')?.textContent).toContain('1–100 of 250');
    expect(texts(1)[0]).toBe(`${QUOTES[0]} 0`);
  });

  it('shows a new link without being asked', async () => {
    await open(1);
    list = links(2);
    fake.emit('changed', { topics: ['links'], documents: [], highlights: null });
    await settled();
    flushSync();
    expect(rows()).toHaveLength(2);
  });

  it('says how links are made while there are none', async () => {
    await open(0);
    expect(document.querySelector('main')?.textContent).toContain('No links yet');
    expect(document.querySelector('table')).toBeNull();
  });
});

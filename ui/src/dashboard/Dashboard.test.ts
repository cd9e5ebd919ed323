import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Dashboard as Figures, HighlightFilter } from '../api/contract';
import { fakeBackend, settled, type Fake, type Replies } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { tags } from '../stores/tags.svelte';
import { views } from '../stores/views.svelte';
import Dashboard from './Dashboard.svelte';
import { DASHBOARD, HIGHLIGHT, LINK, STRIPS, TAGS } from './example.fixture';

let fake: Fake;
let view: Record<string, unknown> | null = null;

async function open(figures: Figures = DASHBOARD, replies: Replies = {}): Promise<void> {
  fake = fakeBackend({
    dashboard: () => figures,
    dashboard_strips: () => STRIPS,
    highlight_list: () => [HIGHLIGHT],
    link_list: () => [LINK],
    paragraphs_uncovered: () => [{ number: 7, start: 700, end: 780, text: 'No customs table shows it.' }],
    figure_save: ({ name }) => ({ name: `${name}.svg` }),
    ...replies,
  });
  view = mount(Dashboard, { target: document.body });
  await settled();
  flushSync();
}

function button(name: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].filter(
    (one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name,
  );
  expect(found, `one button "${name}"`).toHaveLength(1);
  return found[0] as HTMLButtonElement;
}

async function press(name: string): Promise<void> {
  button(name).click();
  flushSync();
  await settled();
  flushSync();
}

const sheet = () => document.querySelector<HTMLDialogElement>('dialog[aria-label="Passages"]');

beforeEach(() => {
  tags.list = TAGS;
  views.show('dashboard');
});
afterEach(async () => {
  if (view) await unmount(view);
  view = null;
  fake.restore();
  messages.clear();
  document.body.replaceChildren();
});

describe('Dashboard', () => {
  it('has nothing for axe to find, with and without the list of passages', async () => {
    await open();
    // Colours are not computed here; tints.test.ts looks after them.
    const rules = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } };
    expect((await axe.run(document.body, rules)).violations).toEqual([]);
    await press('military in Two isolated capitals: 18 highlights');
    expect((await axe.run(document.body, rules)).violations).toEqual([]);
  });

  it('is a landmark with a heading for every figure', async () => {
    await open();
    expect(document.querySelector('main')?.getAttribute('aria-label')).toBe('Dashboard');
    expect([...document.querySelectorAll('h2')].map((heading) => heading.textContent)).toEqual([
      'Highlights by tag',
      'Tag by document',
      'Tags that occur together',
      'Where each tag falls',
      'Links by relation',
      'Still open',
      'Contradictions',
      'Paragraphs not yet covered',
    ]);
  });

  it.each<[string, HighlightFilter]>([
    ['83 highlights', {}],
    ['61 with a note, of 83 highlights', { noted: true }],
    ['7 untagged, of 83 highlights', { untagged: true }],
    ['without a note: 22 of 83 highlights', { unnoted: true }],
    ['military: 31 highlights, 37% of all', { tag: 't-mil' }],
    ['military in Two isolated capitals: 18 highlights', { document: 'd-1', tag: 't-mil' }],
    ['economic in Untitled document: 15 highlights', { document: 'd-3', tag: 't-eco' }],
    ['military with economic: 9 highlights, more often than chance', { tag: 't-mil', and: 't-eco' }],
    ['diplomatic with economic: 5 highlights', { tag: 't-dip', and: 't-eco' }],
    ['military, 10% into the text: 2 highlights', { ids: ['h-1', 'h-2'] }],
    ['military in Two isolated capitals: 3 highlights', { document: 'd-1', tag: 't-mil' }],
    ['Two isolated capitals: highlights in 40 of 50 paragraphs', { document: 'd-1' }],
  ])('%s: lists exactly what was counted', async (name, filter) => {
    await open();
    await press(name);
    const { limit, ...asked } = fake.argsOf('highlight_list')[0] ?? {};
    expect(asked).toEqual(filter);
    expect(limit).toBeGreaterThan(0);
    expect(sheet()?.open).toBe(true);
    expect(sheet()?.textContent).toContain(HIGHLIGHT.quote);
    expect(sheet()?.textContent).toContain('p. 12 · ¶ 2');
    expect(sheet()?.textContent).toContain('Observers believe: who?');
  });

  it.each<[string, unknown[]]>([
    ['24 links', [{}]],
    ['4 contradictions', [{ relation: 'r-con' }]],
    ['supports: 20 links', [{ relation: 'r-sup' }]],
  ])('%s: lists those links', async (name, asked) => {
    await open();
    await press(name);
    expect(fake.argsOf('link_list')).toEqual(asked);
    expect(sheet()?.textContent).toContain(LINK.toQuote);
  });

  it('opens a passage in its place', async () => {
    const go = vi.spyOn(reading, 'open').mockResolvedValue(undefined);
    await open();
    await press('military in Two isolated capitals: 18 highlights');
    sheet()?.querySelector<HTMLButtonElement>('.passage')?.click();
    expect(views.current).toBe('read');
    expect(go).toHaveBeenCalledExactlyOnceWith('d-1', { highlight: 'h-1' });
  });

  it('leads to the review of places that a changed text left open, and has no such rows otherwise', async () => {
    await open();
    expect(document.body.textContent).not.toContain('place lost');
    await unmount(view ?? {});
    fake.restore();
    await open({ ...DASHBOARD, lost: 2, unconfirmed: 5 });
    await press('place lost: 2 of 83 highlights');
    expect(views.dialog).toEqual({ name: 'review' });
    views.close();
    await press('place not confirmed: 5 of 83 highlights');
    expect(views.dialog).toEqual({ name: 'review' });
    views.close();
  });

  it('lists the paragraphs that nothing covers, and opens one by its range', async () => {
    const go = vi.spyOn(reading, 'open').mockResolvedValue(undefined);
    await open();
    await press('러시아와 조선: 32 paragraphs not yet covered');
    expect(fake.argsOf('paragraphs_uncovered')).toEqual([{ document: 'd-2' }]);
    sheet()?.querySelector<HTMLButtonElement>('.passage')?.click();
    expect(go.mock.calls[0]?.[0]).toBe('d-2');
    expect(go.mock.calls[0]?.[1]?.range).toEqual([700, 780]);
  });

  it('opens both ends of a contradiction', async () => {
    const go = vi.spyOn(reading, 'open').mockResolvedValue(undefined);
    await open();
    button(`Open the passage it leads to, in 러시아와 조선: ${LINK.toQuote}`).click();
    expect(go).toHaveBeenCalledExactlyOnceWith('d-2', { highlight: 'h-2' });
  });

  it('closes the list on Escape and gives the focus back to the number', async () => {
    await open();
    button('83 highlights').focus();
    await press('83 highlights');
    sheet()?.dispatchEvent(new Event('cancel', { cancelable: true }));
    flushSync();
    expect(sheet()).toBeNull();
    expect(document.activeElement).toBe(button('83 highlights'));
  });

  it('lists a hundred passages at first and more when asked', async () => {
    const all = Array.from({ length: 250 }, (_, at) => ({ ...HIGHLIGHT, id: `h-${at}` }));
    await open(DASHBOARD, { highlight_list: ({ limit }) => all.slice(0, limit) });
    await press('83 highlights');
    const listed = () => sheet()?.querySelectorAll('.passage').length;
    expect(listed()).toBe(100);
    await press('Show 100 more');
    expect(listed()).toBe(200);
    await press('Show 100 more');
    expect(listed()).toBe(250);
    expect(sheet()?.textContent).not.toContain('Show 100 more');
  });

  it('counts again after a change, without taking the old figures away', async () => {
    let figures = DASHBOARD;
    await open(DASHBOARD, { dashboard: () => figures });
    figures = { ...DASHBOARD, highlights: 84 };
    fake.emit('changed', { topics: ['highlights'], documents: ['d-1'], highlights: null });
    expect(button('83 highlights')).toBeTruthy();
    await settled();
    flushSync();
    expect(button('84 highlights')).toBeTruthy();
  });

  it('asks where the tags fall in the document that was chosen', async () => {
    await open();
    const select = document.querySelector('select') as HTMLSelectElement;
    select.value = 'd-2';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    flushSync();
    await settled();
    flushSync();
    expect(fake.argsOf('dashboard_strips').map((args) => args.document)).toEqual(['d-1', 'd-2']);
    expect(button('military in 러시아와 조선: 3 highlights')).toBeTruthy();
  });

  it('hands the shell a picture of a figure and says where it went', async () => {
    await open();
    await press('Save as SVG: Tag by document');
    const saved = fake.argsOf('figure_save')[0];
    expect(saved?.name).toBe('Tag by document');
    expect(saved?.svg.startsWith('<svg')).toBe(true);
    expect(saved?.svg).toContain('러시아와 조선');
    expect(messages.list.map((message) => message.text)).toEqual(['Saved Tag by document.svg.']);
  });

  it.each([
    'Highlights by tag',
    'Tags that occur together',
    'Where each tag falls',
    'Links by relation',
    'Still open',
    'Paragraphs not yet covered',
  ])('%s can be saved as a picture', async (title) => {
    await open();
    await press(`Save as SVG: ${title}`);
    const svg = fake.argsOf('figure_save')[0]?.svg ?? '';
    expect(svg).toContain(`<title>${title}</title>`);
    expect(svg).not.toMatch(/NaN|undefined|var\(/);
  });

  it('says nothing when saving was called off, and why when it was refused', async () => {
    let refuse = false;
    await open(DASHBOARD, {
      figure_save: () => {
        if (refuse) throw { code: 'disk_full', message: 'The disk is full. Nothing was written.', detail: null };
        return { name: null };
      },
    });
    await press('Save as SVG: Highlights by tag');
    expect(messages.list).toEqual([]);
    refuse = true;
    await press('Save as SVG: Highlights by tag');
    expect(messages.list.map((message) => message.text)).toEqual(['The disk is full. Nothing was written.']);
  });

  it('shows thirty documents of a thousand until asked for all', async () => {
    const many: Figures = {
      ...DASHBOARD,
      documents: 1000,
      coverage: Array.from({ length: 1000 }, (_, at) => ({
        document: `d-${at}`,
        title: `Report ${at}`,
        highlights: 1000 - at,
        paragraphs: 10,
        covered: 1,
      })),
    };
    await open(many);
    const rows = () => document.querySelectorAll('table[aria-label="Tag by document"] tbody tr').length;
    expect(rows()).toBe(30);
    const more = [...document.querySelectorAll('button')].find(
      (one) => one.textContent?.trim() === 'Show all 1,000 documents',
    );
    expect(more?.getAttribute('aria-expanded')).toBe('false');
    more?.click();
    flushSync();
    expect(rows()).toBe(1000);
  });

  it('moves through the heat map with the arrow keys', async () => {
    await open();
    const first = button('military in Two isolated capitals: 18 highlights');
    first.focus();
    first.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    expect(document.activeElement).toBe(button('military in 러시아와 조선: 10 highlights'));
  });

  it('says what would be here while there is nothing to count', async () => {
    await open({
      ...DASHBOARD,
      documents: 0,
      highlights: 0,
      tags: [],
      cells: [],
      pairs: [],
      relations: [],
      coverage: [],
      contradictory: [],
    });
    expect(document.querySelector('main')?.textContent).toContain('Nothing to count yet');
    expect(document.querySelector('h2')).toBeNull();
  });
});

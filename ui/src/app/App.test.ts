import { flushSync } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { settled, type Fake, type Replies } from '../stores/fake.fixture';
import { linking } from '../stores/linking.svelte';
import { reading } from '../stores/reading.svelte';
import { views } from '../stores/views.svelte';
import App from './App.svelte';
import { clear, DOCUMENTS, find, key, openProject, press, show, violations } from './window.fixture';

const TEXT = 'For three decades the relationship was a courtesy. What changed in 2022 was need.';

let fake: Fake;
afterEach(() => clear(fake));

async function open(replies: Replies = {}): Promise<void> {
  const all: Replies = {
    document_open: ({ document }) => ({
      document: DOCUMENTS.find(({ id }) => id === document) ?? (DOCUMENTS[0] as (typeof DOCUMENTS)[number]),
      length: TEXT.length,
      blocks: [[0, TEXT.length, 'paragraph', 0]],
      spans: [],
      pages: [],
      highlights: { tags: ['t-mil'], rows: [['h-1', 0, 49, [0], 0]] },
    }),
    highlight_cards: () => [],
    link_list: () => [],
    dashboard: () => ({
      documents: 2,
      highlights: 0,
      noted: 0,
      unnoted: 0,
      untagged: 0,
      lost: 0,
      unconfirmed: 0,
      links: 0,
      contradictions: 0,
      paragraphs: 0,
      covered: 0,
      tags: [],
      cells: [],
      pairs: [],
      relations: [],
      coverage: [],
      contradictory: [],
    }),
    dashboard_strips: () => [],
    ...replies,
  };
  fake = await openProject(all, { 'd-1': TEXT, 'd-2': TEXT });
  await show(App, {});
  await settled();
  flushSync();
}

it('has the landmarks by their names, one open document, and nothing for axe to find', async () => {
  await open();
  find('nav', 'Documents');
  find('main', 'Document text');
  find('aside, [role=complementary]', 'Margin notes');
  find('section', 'Tags');
  find('[role=tablist]', 'Views');
  find('[role=status]', 'Messages');
  expect(find('[aria-current=true]').textContent).toContain('Two isolated capitals');
  expect(await violations()).toEqual([]);
});

it.each([
  ['Dashboard', 'd'],
  ['Links', 'l'],
  ['Search', 's'],
])('shows %s by its tab and by g %s', async (name, letter) => {
  await open();
  await press(find('[role=tab]', name));
  expect(find('[role=tab]', name).getAttribute('aria-selected')).toBe('true');
  expect(await violations()).toEqual([]);
  views.show('read');
  flushSync();
  await settled();
  key('g');
  key(letter);
  expect(find('[role=tab]', name).getAttribute('aria-selected')).toBe('true');
});

it('goes to the outline by g o, also from another view', async () => {
  await open({
    document_open: () => ({
      document: DOCUMENTS[0] as (typeof DOCUMENTS)[number],
      length: TEXT.length,
      blocks: [
        [0, 5, 'heading', 1],
        [7, 13, 'heading', 1],
      ],
      spans: [],
      pages: [],
      highlights: { tags: [], rows: [] },
    }),
  });
  views.show('dashboard');
  flushSync();
  await settled();
  key('g');
  key('o');
  await settled();
  flushSync();
  await settled();
  expect(document.activeElement?.closest('section')?.getAttribute('aria-label')).toBe('Outline');
  expect(await violations()).toEqual([]);
});

it('opens help, palette and export by key, from the text', async () => {
  await open({ export_preview: () => ({ markdown: '', highlights: 0, documents: 0, whole: true, damaged: [] }) });
  for (const [name, more, title] of [
    ['?', {}, 'Keyboard shortcuts'],
    ['k', { ctrlKey: true }, 'Command palette'],
    ['e', { ctrlKey: true }, 'Export notes'],
  ] as const) {
    key(name, document.body, more);
    find('dialog', title);
    views.close();
    flushSync();
    await settled();
  }
});

it('puts the tag of a key on the highlight that is active', async () => {
  await open({ highlight_tag: () => null });
  reading.activate('h-1');
  flushSync();
  key('e');
  await settled();
  expect(fake.argsOf('highlight_tag')).toEqual([{ highlights: ['h-1'], tag: 't-eco', on: true }]);
});

it('begins a link with x', async () => {
  await open();
  reading.activate('h-1');
  flushSync();
  key('x');
  await settled();
  flushSync();
  expect(linking.active?.from).toBe('h-1');
  find('dialog', 'Link passage');
});

it('draws a veil while files are dragged over the window', async () => {
  await open();
  fake.emit('dragging', true);
  flushSync();
  expect(document.body.textContent).toContain('Drop to import');
  fake.emit('dragging', false);
  flushSync();
  expect(document.body.textContent).not.toContain('Drop to import');
});

it('does not let a dropped file replace the window', async () => {
  await open();
  const drop = new Event('drop', { bubbles: true, cancelable: true });
  document.body.dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(true);
});

// The whole view in a page without layout: what is there, what it is called, and that keys and clicks reach the stores.
// What lies where is for the tests in the real window.

import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useBackend } from '../api/call';
import type { Card, Highlight, OpenDocument, Tag } from '../api/contract';
import { documents } from '../stores/documents.svelte';
import { marking } from '../stores/marking';
import { reading } from '../stores/reading.svelte';
import { settled } from '../stores/fake.fixture';
import { saving } from '../stores/saving.svelte';
import { tags } from '../stores/tags.svelte';
import ReadView from './ReadView.svelte';

const TEXT = 'Freight trains crossed the Tumen. Officials denied it.\n\n<b>Fuel</b> moved.';
const tag = (id: string, name: string, colour: string, key: string): Tag => ({
  id,
  name,
  parent: null,
  colour,
  key,
  definition: '',
  highlights: 1,
});
const TAGS = [tag('t-mil', 'military', '#D55E00', 'm'), tag('t-eco', 'economic', '#00805D', 'e')];

const OPENED: OpenDocument = {
  document: {
    id: 'd',
    title: 'Two isolated capitals',
    author: 'Desk',
    publisher: '',
    published: '2026-03-14',
    url: '',
    accessed: '',
    language: 'en',
    kind: '',
    found: [],
    version: 'v',
    format: 'text',
    imported: 0,
    words: 9,
    highlights: 2,
    tags: [],
    sample: true,
    whole_page: false,
    page_words: 1152,
  },
  length: TEXT.length,
  blocks: [
    [0, 54, 'paragraph', 0],
    [56, TEXT.length, 'paragraph', 0],
  ],
  spans: [],
  pages: [],
  highlights: {
    tags: ['t-mil', 't-eco'],
    rows: [
      ['h1', 0, 14, [0, 1], 1],
      ['h2', 8, 22, [1], 0],
    ],
  },
};

const card = (id: string, note: string): Card => ({
  id,
  document: 'd',
  quote: '',
  note,
  tags: ['t-mil'],
  created: 0,
  updated: 0,
  links:
    id === 'h1'
      ? [
          {
            id: 'l',
            relation: 'r',
            label: 'contradicts',
            outgoing: true,
            other: 'h2',
            otherDocument: 'd',
            otherTitle: 'Two',
            quote: 'trains crossed',
            note: '',
          },
        ]
      : [],
});

/** A page turns in its first paragraph, which calls a footnote. */
const NOTED_TEXT = 'Freight trains[3] crossed the Tumen.\n\n[3] Two firms saw them.';
const NOTED: OpenDocument = {
  ...OPENED,
  length: NOTED_TEXT.length,
  blocks: [
    [0, 36, 'paragraph', 0],
    [38, NOTED_TEXT.length, 'note', 0],
  ],
  spans: [
    [14, 17, 'call', '3'],
    [38, 41, 'mark', '3'],
  ],
  pages: [
    [0, '12'],
    [18, '13'],
  ],
  highlights: { tags: ['t-mil'], rows: [['h1', 0, 25, [0], 0]] },
};

let opened: OpenDocument;
let asked: [string, unknown][];
let view: Record<string, unknown>;
let restore: () => void;

beforeEach(async () => {
  asked = [];
  opened = OPENED;
  const made: Highlight = {
    id: 'new',
    document: 'd',
    start: 34,
    end: 54,
    quote: 'Officials denied it.',
    tags: ['military'],
    tagIds: ['t-mil'],
    note: '',
    created: 0,
    updated: 0,
    anchor: { method: 'made', score: 1, confirmed: true },
    title: '',
    paragraph: 1,
    page: null,
  };
  restore = useBackend({
    async call(name, args) {
      asked.push([name, args]);
      if (name === 'document_open') return opened;
      if (name === 'highlight_cards')
        return [card('h1', '*Who* says `so`? <script>x</script> ![map](http://x/y.png)'), card('h2', '')];
      if (name === 'highlight_create') return made;
      if (name === 'version_list') return [];
      return null;
    },
    text: async () => new TextEncoder().encode(opened === NOTED ? NOTED_TEXT : TEXT).buffer as ArrayBuffer,
    highlights: async () => new ArrayBuffer(0),
    listen: async () => () => undefined,
  });
  tags.list = TAGS;
  documents.list = [OPENED.document];
  documents.loaded = true;
});

afterEach(async () => {
  await unmount(view);
  await saving.flush();
  reading.close();
  restore();
  document.body.replaceChildren();
});

async function show(): Promise<void> {
  view = mount(ReadView, { target: document.body }) as Record<string, unknown>;
  await settled();
  flushSync();
  await settled();
}

const named = (role: string, name: string) => document.querySelector(`${role}[aria-label="${name}"]`);

describe('the Read view', () => {
  it('invites to import while the project is empty', async () => {
    documents.list = [];
    await show();
    expect(named('main', 'Document text')?.textContent).toContain('Ctrl+O');
  });

  it('has its landmarks, the text as text, and highlights that say what they are', async () => {
    await reading.open('d');
    await show();
    const main = named('main', 'Document text');
    expect(main?.querySelector('h1')?.textContent).toBe('Two isolated capitals');
    expect(main?.querySelector('[data-block="1"]')?.textContent).toBe('<b>Fuel</b> moved.');
    expect(
      [...(main?.querySelectorAll('mark[tabindex="0"]') ?? [])].map((mark) => mark.getAttribute('aria-label')),
    ).toEqual(['military, economic; has a note', 'economic']);
    expect(named('aside', 'Margin notes')).not.toBeNull();
    expect(main?.textContent).toContain('sample');
  });

  it('says how much of a page was kept, and takes the whole of it', async () => {
    await reading.open('d');
    await show();
    const main = named('main', 'Document text');
    expect(main?.textContent).toContain('Main text only: 9 of 1,152 words of the page.');
    const button = [...(main?.querySelectorAll('button') ?? [])].find(
      (one) => one.textContent?.trim() === 'Whole page',
    );
    button?.click();
    await settled();
    expect(asked).toContainEqual(['document_whole_page', { document: 'd' }]);
  });

  it('shows notes as text only', async () => {
    await reading.open('d');
    await show();
    const note = document.querySelector('[data-card="h1"] .markdown');
    expect(note?.textContent).toBe('Who says so? <script>x</script> map');
    expect(note?.querySelector('em')?.textContent).toBe('Who');
    expect(document.querySelector('aside img, aside a, aside script')).toBeNull();
  });

  it('opens a card for writing, and Escape goes back to the passage', async () => {
    await reading.open('d');
    await show();
    named('main', 'Document text')?.querySelector<HTMLElement>('mark[data-highlight="h2"][tabindex]')?.focus();
    expect(reading.active).toBe('h2');
    marking.openCard();
    await settled();
    const field = document.activeElement as HTMLTextAreaElement;
    expect(field.tagName).toBe('TEXTAREA');
    field.value = 'a note';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
    await saving.flush();
    expect(asked.filter(([name]) => name === 'highlight_note').map(([, args]) => args)).toEqual([
      { highlight: 'h2', note: 'a note', typing: true },
    ]);
    expect((document.activeElement as HTMLElement).dataset.highlight).toBe('h2');
  });

  it('shows where pages begin, and a card names the page of its passage', async () => {
    opened = NOTED;
    await reading.open('d');
    await show();
    const breaks = [...document.querySelectorAll<HTMLElement>('[role="doc-pagebreak"]')];
    expect(breaks.map((one) => [one.dataset.page, one.title])).toEqual([
      ['p. 12', 'Page 12'],
      ['p. 13', 'Page 13'],
    ]);
    expect(document.querySelector('[data-block="0"]')?.textContent).toBe('Freight trains[3] crossed the Tumen.');
    expect(document.querySelector('[data-card="h1"] .head')?.textContent).toContain('pp. 12–13');
  });

  it('leads by Enter from a call to its footnote and from there back, and Back returns as well', async () => {
    opened = NOTED;
    await reading.open('d');
    await show();
    const call = named('[role="link"]', 'Footnote 3') as HTMLElement;
    expect(call.title).toBe('Two firms saw them.');
    call.focus();
    const enter = () => {
      const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
      expect(event.defaultPrevented).toBe(true);
      return settled();
    };
    await enter();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Back to the text from footnote 3');
    expect(document.activeElement?.closest('[data-block]')?.getAttribute('data-block')).toBe('1');
    await enter();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Footnote 3');
    expect(reading.canGoBack).toBe(true);
    await reading.back();
    await reading.back();
    expect(reading.canGoBack).toBe(false);
  });

  it('keeps the focus on a sign whose paragraph is drawn again', async () => {
    opened = NOTED;
    await reading.open('d');
    await show();
    const call = named('[role="link"]', 'Footnote 3') as HTMLElement;
    call.focus();
    tags.list = [tag('t-mil', 'armed', '#D55E00', 'm')];
    await settled();
    expect(call.isConnected).toBe(false);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Footnote 3');
  });

  it('has no faults that axe can find in a text with pages and footnotes', async () => {
    opened = NOTED;
    await reading.open('d');
    await show();
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });

  it('has no faults that axe can find, with a card open and its links', async () => {
    await reading.open('d');
    await show();
    reading.activate('h1');
    await settled();
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
});

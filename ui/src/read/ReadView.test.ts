// The whole view in a page without layout: what is there, what it is called, and that keys and clicks reach the stores.
// What lies where is for the tests in the real window.

import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useBackend } from '../api/call';
import type { Card, Highlight, OpenDocument, Tag } from '../api/contract';
import { documents } from '../stores/documents.svelte';
import { reading } from '../stores/reading.svelte';
import { settled } from '../stores/fake.fixture';
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
  },
  length: TEXT.length,
  blocks: [
    [0, 54, 'paragraph', 0],
    [56, TEXT.length, 'paragraph', 0],
  ],
  spans: [],
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

let asked: [string, unknown][];
let view: Record<string, unknown>;
let restore: () => void;

beforeEach(async () => {
  asked = [];
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
      if (name === 'document_open') return OPENED;
      if (name === 'highlight_cards')
        return [card('h1', '*Who* says `so`? <script>x</script> ![map](http://x/y.png)'), card('h2', '')];
      if (name === 'highlight_create') return made;
      if (name === 'version_list') return [];
      return null;
    },
    text: async () => new TextEncoder().encode(TEXT).buffer as ArrayBuffer,
    highlights: async () => new ArrayBuffer(0),
    listen: async () => () => undefined,
  });
  tags.list = TAGS;
  documents.list = [OPENED.document];
  documents.loaded = true;
});

afterEach(async () => {
  await unmount(view);
  await reading.flush();
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

  it('shows notes as text only', async () => {
    await reading.open('d');
    await show();
    const note = document.querySelector('[data-card="h1"] .note');
    expect(note?.textContent).toBe('Who says so? <script>x</script> map');
    expect(note?.querySelector('em')?.textContent).toBe('Who');
    expect(document.querySelector('aside img, aside a, aside script')).toBeNull();
  });

  it('opens a card for writing, and Escape goes back to the passage', async () => {
    await reading.open('d');
    await show();
    named('main', 'Document text')?.querySelector<HTMLElement>('mark[data-highlight="h2"][tabindex]')?.focus();
    expect(reading.active).toBe('h2');
    reading.actions.openCard();
    await settled();
    const field = document.activeElement as HTMLTextAreaElement;
    expect(field.tagName).toBe('TEXTAREA');
    field.value = 'a note';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
    await reading.flush();
    expect(asked.filter(([name]) => name === 'highlight_note').map(([, args]) => args)).toEqual([
      { highlight: 'h2', note: 'a note', typing: true },
    ]);
    expect((document.activeElement as HTMLElement).dataset.highlight).toBe('h2');
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

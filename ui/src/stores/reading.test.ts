import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useBackend } from '../api/call';
import type { Document, Highlight, HighlightRow, OpenDocument, Tag } from '../api/contract';
import { documents } from './documents.svelte';
import { drafts } from './drafts';
import { pending } from './fake.fixture';
import { marking } from './marking';
import { messages } from './messages.svelte';
import { reading } from './reading.svelte';
import type * as Rows from './rows';
import { saving } from './saving.svelte';
import { tags } from './tags.svelte';
import { walking } from './walking';

/** The window names its highlights itself: here h1, h2… */
const ids = vi.hoisted(() => ({ next: 1 }));
vi.mock('./fresh', () => ({ freshId: () => `h${ids.next++}` }));

/** Ids here are short words, which the packed form has no room for: what stands for it is the table itself. */
vi.mock('./rows', async (original) => {
  const rows = await original<typeof Rows>();
  class Packed {
    readonly #passages;
    readonly size;
    constructor(buffer: ArrayBuffer) {
      this.#passages = rows.passagesOf(JSON.parse(new TextDecoder().decode(buffer)));
      this.size = this.#passages.length;
    }
    at = (row: number) => this.#passages[row];
  }
  return { ...rows, Packed };
});

const TEXT = 'Freight trains crossed the Tumen. Officials denied it.\n\nРубль и 관측통 👩‍👩‍👧 end it.';
const LATER = 'Another text, for going there and back.';

type Stored = { id: string; document: string; start: number; end: number; tags: string[]; note: string };

/** A core in a few lines: documents d and other, tags m and e. */
class Core {
  asked: [string, unknown][] = [];
  highlights: Stored[] = [];
  refuse = new Set<string>();
  /** How many highlights a document comes with; the others follow. */
  near = Infinity;
  /** They follow when this is over. */
  held: Promise<void> = Promise.resolve();
  /** A highlight is made when this is over. */
  writing: Promise<void> = Promise.resolve();
  texts: Record<string, string> = { d: TEXT, other: LATER };
  versions: Record<string, string> = { d: 'd v1', other: 'other v1' };

  names(name: string): unknown[] {
    return this.asked.filter(([asked]) => asked === name).map(([, args]) => args);
  }

  about = (id: string): Document => ({
    id,
    title: id,
    author: '',
    publisher: '',
    published: '',
    url: '',
    accessed: '',
    language: 'en',
    kind: '',
    found: [],
    version: this.versions[id] ?? '',
    format: 'text',
    imported: 0,
    words: 9,
    highlights: this.highlights.filter((one) => one.document === id).length,
    tags: [],
    sample: false,
    whole_page: false,
    page_words: 0,
  });

  full = ({ id, document, start, end, tags, note }: Stored): Highlight => ({
    id,
    document,
    start,
    end,
    quote: this.texts[document]?.slice(start, end) ?? '',
    tags: [],
    tagIds: [...tags],
    note,
    created: 0,
    updated: 0,
    anchor: { method: 'made', score: 1, confirmed: true },
    title: document,
    paragraph: 1,
    page: null,
  });

  table(rows: Stored[]): OpenDocument['highlights'] {
    return {
      tags: ['m', 'e'],
      rows: rows.map(({ id, start, end, tags, note }): HighlightRow => [
        id,
        start,
        end,
        tags.map((tag) => ['m', 'e'].indexOf(tag)),
        note ? 1 : 0,
      ]),
    };
  }

  find(id: string): Stored {
    const found = this.highlights.find((one) => one.id === id);
    if (!found) throw { code: 'highlight_unknown', message: `No highlight ${id}.`, detail: null };
    return found;
  }

  async call(name: string, args: unknown): Promise<unknown> {
    this.asked.push([name, args]);
    if (this.refuse.has(name)) throw { code: 'disk_full', message: 'The disk is full.', detail: null };
    const a = args as never as Record<string, never> & {
      id: string;
      document: string;
      highlight: string;
      highlights: string[];
      ids: string[];
      start: number;
      end: number;
      tags: string[];
      tag: string;
      on: boolean;
      note: string;
    };
    switch (name) {
      case 'document_open':
        return {
          document: this.about(a.document),
          length: this.texts[a.document]?.length,
          blocks:
            a.known === this.versions[a.document]
              ? []
              : a.document === 'd'
                ? [
                    [0, 54, 'paragraph', 0],
                    [56, TEXT.length, 'paragraph', 0],
                  ]
                : [[0, LATER.length, 'paragraph', 0]],
          spans: [],
          pages: [],
          highlights: this.table(this.highlights.filter((one) => one.document === a.document).slice(0, this.near)),
        };
      case 'highlight_create': {
        await this.writing;
        const made = {
          id: a.id,
          document: a.document,
          start: a.start,
          end: a.end,
          tags: [...a.tags],
          note: '',
        };
        this.highlights.push(made);
        return this.full(made);
      }
      case 'highlight_tag':
        for (const id of a.highlights) {
          const one = this.find(id);
          one.tags = one.tags.filter((tag) => tag !== a.tag).concat(a.on ? [a.tag] : []);
        }
        return null;
      case 'highlight_bounds': {
        const one = this.find(a.highlight);
        Object.assign(one, { start: a.start, end: a.end });
        return this.full(one);
      }
      case 'highlight_note': {
        const one = this.find(a.highlight);
        one.note = a.note;
        return this.full(one);
      }
      case 'highlight_delete':
        this.highlights = this.highlights.filter(({ id }) => !a.highlights.includes(id));
        return null;
      case 'highlight_rows':
        return this.table(this.highlights.filter(({ id, document }) => a.ids.includes(id) && document === a.document));
      case 'highlight_cards':
        return [];
      default:
        throw new Error(`the test has no reply to ${name}`);
    }
  }
}

let core: Core;
let restore: () => void;
const of = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });
const tag = (id: string): Tag => ({
  id,
  name: id,
  parent: null,
  colour: '#d55e00',
  key: id,
  definition: '',
  highlights: 0,
});

beforeEach(async () => {
  core = new Core();
  ids.next = 1;
  restore = useBackend({
    call: (name, args) => core.call(name, args),
    text: async (version) => new TextEncoder().encode(core.texts[version.split(' ')[0] ?? '']).buffer as ArrayBuffer,
    highlights: async (id) => {
      core.asked.push(['highlights', id]);
      const table = core.table(core.highlights.filter((one) => one.document === id));
      await core.held;
      return new TextEncoder().encode(JSON.stringify(table)).buffer as ArrayBuffer;
    },
    listen: async () => () => undefined,
  });
  tags.list = [tag('m'), tag('e')];
  documents.list = [core.about('d'), core.about('other')];
  messages.clear();
  await reading.open('d');
});

afterEach(async () => {
  vi.useRealTimers();
  core.refuse.clear();
  await saving.flush();
  reading.close();
  restore();
});

describe('marking', () => {
  it('makes one highlight with two tags, however fast the keys come', async () => {
    reading.select(of('Freight trains'));
    void marking.applyTag('m');
    await marking.applyTag('e');
    expect(core.names('highlight_create')).toHaveLength(1);
    expect(core.highlights).toMatchObject([{ ...of('Freight trains'), tags: ['m', 'e'] }]);
    expect(reading.passages.get('h1')).toMatchObject({ tags: ['m', 'e'], ...of('Freight trains') });
    expect(reading.active).toBe('h1');
    expect(reading.selection).toBeNull();
  });

  it('takes a tag off again with the same key, and keeps the highlight', async () => {
    reading.select(of('Freight'));
    await marking.applyTag('m');
    await marking.applyTag('m');
    expect(core.highlights).toMatchObject([{ tags: [] }]);
    expect(reading.passages.get('h1')?.tags).toEqual([]);
  });

  it('gives the selection back when the core refuses', async () => {
    core.refuse.add('highlight_create');
    reading.select(of('Freight'));
    await marking.applyTag('m');
    expect(reading.selection).toEqual(of('Freight'));
    expect(reading.passages.size).toBe(0);
    expect(messages.list).toHaveLength(1);
  });

  it('says what to do when nothing is marked', async () => {
    await marking.applyTag('m');
    expect(messages.list).toHaveLength(1);
    expect(core.names('highlight_create')).toEqual([]);
  });

  it('moves bounds by key at once, and commits a run of presses as one step', async () => {
    reading.select(of('Freight'));
    await marking.applyTag('m');
    walking.word('end', 1);
    walking.word('end', 1);
    expect(reading.activeRange).toMatchObject(of('Freight trains crossed'));
    expect(core.names('highlight_bounds')).toEqual([]);
    await saving.flush();
    expect(core.names('highlight_bounds')).toEqual([{ highlight: 'h1', ...of('Freight trains crossed'), snap: true }]);
  });

  it('puts the bounds back when the core refuses', async () => {
    reading.select(of('Freight'));
    await marking.applyTag('m');
    core.refuse.add('highlight_bounds');
    marking.moveBounds('h1', of('Freight trains'), 'now');
    await saving.flush();
    expect(reading.passages.get('h1')).toMatchObject(of('Freight'));
  });

  it('removes the active highlight and reads on from there', async () => {
    reading.select(of('Officials denied'));
    await marking.applyTag('m');
    await marking.removeActive();
    expect(core.highlights).toEqual([]);
    expect(reading.active).toBeNull();
    walking.sentence(1, false);
    expect(reading.selectedText).toBe('Officials denied it.');
  });
});

describe('reading with the keyboard', () => {
  it('walks by sentences and extends', () => {
    walking.sentence(1, false);
    expect(reading.selectedText).toBe('Freight trains crossed the Tumen.');
    walking.sentence(1, true);
    expect(reading.selection).toEqual({ start: 0, end: 54 });
    walking.sentence(-1, true);
    walking.word('start', 1);
    expect(reading.selectedText).toBe('trains crossed the Tumen.');
    walking.sentence(1, false);
    walking.sentence(1, false);
    expect(reading.selectedText).toBe('Рубль и 관측통 👩‍👩‍👧 end it.');
  });

  it('goes on after the highlight that was just made', async () => {
    walking.sentence(1, false);
    await marking.applyTag('m');
    walking.sentence(1, false);
    expect(reading.selectedText).toBe('Officials denied it.');
  });

  it('walks from highlight to highlight, past those that the filter hides', async () => {
    for (const [words, one] of [
      ['Freight', 'm'],
      ['crossed', 'e'],
      ['Officials', 'm'],
    ] as const) {
      reading.select(of(words));
      await marking.applyTag(one);
    }
    reading.placeCaret(0);
    tags.filter.add('m');
    walking.highlight(1);
    expect(reading.active).toBe('h1');
    walking.highlight(1);
    expect(reading.active).toBe('h3');
    walking.highlight(1);
    expect(reading.active).toBe('h3');
    walking.highlight(-1);
    expect(reading.active).toBe('h1');
    tags.filter.clear();
  });

  it('selects the whole text', () => {
    walking.selectAll();
    expect(reading.selectedText).toBe(TEXT);
  });
});

describe('staying true', () => {
  const write = (ids: string[] | null) =>
    reading.refresh({ topics: ['documents', 'highlights', 'history', 'tags'], documents: ['d'], highlights: ids });

  it('takes over what another process did, and draws nothing again that is the same', async () => {
    reading.select(of('Freight'));
    await marking.applyTag('m');
    const kept = reading.passages.get('h1');
    core.highlights.push({ id: 'x', document: 'd', ...of('Tumen'), tags: ['e'], note: 'n' });
    await write(['x', 'h1']);
    expect(reading.passages.get('x')).toMatchObject({ noted: true, tags: ['e'] });
    expect(reading.passages.get('h1')).toBe(kept);
    await write(null);
    expect(reading.passages.get('h1')).toBe(kept);
    expect(core.names('highlights')).toHaveLength(1);
  });

  it('keeps a highlight that is being made when all of them come in again', async () => {
    const rest = pending<void>();
    core.writing = rest.promise;
    reading.select(of('Freight'));
    const making = marking.mark(['m']);
    await write(null);
    expect(reading.passages.get('h1')).toBeDefined();
    expect(reading.active).toBe('h1');
    rest.resolve();
    await making;
    core.highlights = [];
    await write(null);
    expect(reading.passages.size).toBe(0);
  });

  it('opens with what is near, takes in the rest behind, and keeps what was done meanwhile', async () => {
    core.highlights = [
      { id: 'x', document: 'other', start: 0, end: 7, tags: ['m'], note: '' },
      { id: 'y', document: 'other', start: 8, end: 12, tags: ['e'], note: '' },
    ];
    core.near = 1;
    const rest = pending<void>();
    core.held = rest.promise;
    await reading.open('other');
    expect(reading.passages.size).toBe(1);
    reading.select({ start: 14, end: 17 });
    const made = await marking.mark(['m']);
    await marking.remove('x');
    rest.resolve();
    await vi.waitFor(() => expect(reading.passages.get('y')).toBeDefined());
    expect(reading.passages.get(made ?? '')).toBeDefined();
    expect(reading.passages.get('x')).toBeUndefined();
  });

  it('waits for a highlight that is not near before it goes there', async () => {
    core.highlights = [{ id: 'y', document: 'other', start: 8, end: 12, tags: ['e'], note: '' }];
    core.near = 0;
    await reading.open('other', { highlight: 'y' });
    expect(reading.active).toBe('y');
    expect(core.names('document_open').at(-1)).toMatchObject({ near: [0, 16_008] });
  });

  it('asks once for the structure of a version, which never changes', async () => {
    const { blocks } = reading.source;
    await reading.open('other');
    await reading.open('d');
    expect(core.names('document_open').at(-1)).toMatchObject({ document: 'd', known: core.versions.d });
    expect(reading.source.blocks).toBe(blocks);
    expect(reading.document?.blocks).toBe(blocks);
  });

  it('lets go of what was undone', async () => {
    reading.select(of('Freight'));
    await marking.applyTag('m');
    core.highlights = [];
    await write(['h1']);
    expect(reading.passages.size).toBe(0);
    expect(reading.active).toBeNull();
  });

  it('closes a document that is gone, and opens a new version', async () => {
    await reading.refresh({ topics: ['documents'], documents: ['d'], highlights: [] });
    core.versions.d = 'd v2';
    core.texts.d = TEXT.toUpperCase();
    reading.compare([core.about('d')]);
    await vi.waitFor(() => expect(reading.source.text).toBe(TEXT.toUpperCase()));
    await reading.refresh({ topics: ['documents'], documents: ['d'], highlights: [] });
    reading.compare([]);
    expect(reading.document).toBeNull();
  });
});

describe('going', () => {
  it('goes to a passage of another document, and back', async () => {
    core.highlights.push({ id: 'far', document: 'other', start: 8, end: 12, tags: [], note: '' });
    reading.select(of('Freight'));
    await marking.applyTag('m');
    await reading.open('other', { highlight: 'far' });
    expect(reading.about?.id).toBe('other');
    expect(reading.active).toBe('far');
    expect(reading.goal).toMatchObject({ highlight: 'far', range: { start: 8, end: 12 } });
    await reading.back();
    expect(reading.about?.id).toBe('d');
    expect(reading.active).toBe('h1');
    expect(reading.canGoBack).toBe(false);
  });

  it('shows a range as a selection', async () => {
    await reading.open('d', { offset: 8, range: [8, 14] });
    expect(reading.selectedText).toBe('trains');
  });

  it('keeps what is open when the other cannot be opened', async () => {
    core.refuse.add('document_open');
    await reading.open('other');
    expect(reading.about?.id).toBe('d');
    expect(messages.list).toHaveLength(1);
  });

  it('ends with the document that was asked for last', async () => {
    reading.close();
    await Promise.all([reading.open('d'), reading.open('other')]);
    expect(reading.about?.id).toBe('other');
  });
});

describe('notes', () => {
  beforeEach(async () => {
    reading.select(of('Freight'));
    await marking.applyTag('m');
  });

  it('are saved after a pause, and within a second while typing goes on', async () => {
    vi.useFakeTimers();
    for (let at = 0; at < 8; at++) {
      drafts.type('h1', 'x'.repeat(at + 1));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(core.names('highlight_note').length).toBeGreaterThanOrEqual(1);
    expect(core.highlights[0]?.note.length).toBeGreaterThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(600);
    expect(core.highlights[0]?.note).toBe('xxxxxxxx');
    expect(reading.passages.get('h1')?.noted).toBe(true);
  });

  it('are kept when a write is refused, and saved by the next flush', async () => {
    core.refuse.add('highlight_note');
    drafts.type('h1', 'kept');
    await saving.flush();
    expect(drafts.text('h1')).toBe('kept');
    expect(saving.state).toBe('failed');
    core.refuse.clear();
    await saving.flush();
    expect(core.highlights[0]?.note).toBe('kept');
    expect(drafts.text('h1')).toBeUndefined();
    expect(saving.state).toBe('saved');
  });

  it('are dropped with a highlight that is gone, after a message', async () => {
    drafts.type('h1', 'too late');
    core.highlights = [];
    await saving.flush();
    expect(drafts.text('h1')).toBeUndefined();
    expect(messages.list).toHaveLength(1);
  });
});

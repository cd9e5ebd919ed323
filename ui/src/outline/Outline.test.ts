import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { clear, DOCUMENTS, find, key, nameOf, openProject, press, show, violations } from '../app/window.fixture';
import type { Block } from '../api/contract';
import { settled, type Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { views } from '../stores/views.svelte';
import Outline from './Outline.svelte';

let fake: Fake;
afterEach(() => {
  vi.restoreAllMocks();
  return clear(fake);
});

/** A text of these headings: each `#` before one is a level. */
async function outline(headings: string[]): Promise<void> {
  let text = '';
  const blocks: Block[] = [];
  for (const heading of headings) {
    const [, marks, words] = /^(#+) ([\s\S]*)$/.exec(heading) as unknown as [string, string, string];
    blocks.push([text.length, text.length + words.length, 'heading', marks.length]);
    text += `${words}\n\n`;
    blocks.push([text.length, text.length + 5, 'paragraph', 0]);
    text += 'Words\n\n';
  }
  fake = await openProject(
    {
      document_open: () => ({
        document: DOCUMENTS[0] as (typeof DOCUMENTS)[number],
        length: text.length,
        blocks,
        spans: [],
        pages: [],
        highlights: { tags: [], rows: [] },
      }),
    },
    { 'd-1': text },
  );
  await reading.open('d-1');
  await show(Outline, {});
}

const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('section [data-row]')];
const current = (): string[] => rows().flatMap((row) => (row.hasAttribute('aria-current') ? nameOf(row) : []));
const startOf = (index: number): number =>
  reading.source.blocks.filter(([, , kind]) => kind === 'heading')[index]?.[0] as number;

const REPORT = ['# Two isolated capitals', '## Fuel', '### Rail\nand road', '## 관측통', '## الخلاصة'];

it('is the region "Outline", lists the headings below the title, and has nothing for axe to find', async () => {
  await outline(REPORT);
  find('section', 'Outline');
  expect(rows().map(nameOf)).toEqual(['Fuel', 'Rail and road', '관측통', 'الخلاصة']);
  expect(rows().map((row) => row.parentElement?.getAttribute('aria-level'))).toEqual(['1', '2', '1', '1']);
  expect(await violations()).toEqual([]);
});

it('is not there for a text with fewer than two headings besides its title, nor in another view', async () => {
  await outline(REPORT.slice(0, 2));
  expect(document.querySelector('section')).toBeNull();
  await clear(fake);
  await outline(REPORT);
  views.show('dashboard');
  flushSync();
  expect(document.querySelector('section')).toBeNull();
});

it('marks the section that is being read', async () => {
  await outline(REPORT);
  expect(current()).toEqual([]);
  reading.eye = startOf(1) + 8;
  flushSync();
  expect(current()).toEqual(['Fuel']);
  reading.eye = startOf(4);
  flushSync();
  expect(current()).toEqual(['الخلاصة']);
});

it('goes to a heading, and Back returns', async () => {
  await outline(REPORT);
  await press(rows()[2] as HTMLElement);
  expect(reading.goal?.range.start).toBe(startOf(3));
  expect(reading.canGoBack).toBe(true);
});

it('moves by arrows, and only one row is a stop for Tab', async () => {
  await outline(REPORT);
  rows()[0]?.focus();
  for (const [name, row] of [
    ['ArrowDown', 1],
    ['End', 3],
    ['ArrowDown', 3],
    ['ArrowUp', 2],
    ['Home', 0],
  ] as const) {
    key(name, document.activeElement ?? document);
    await settled();
    flushSync();
    expect(document.activeElement).toBe(rows()[row]);
  }
  expect(document.querySelectorAll('[data-row][tabindex="0"]')).toHaveLength(1);
});

it('is opened and entered where one reads when it is asked for', async () => {
  await outline(REPORT);
  await press(find('h2 button'));
  expect(rows()).toHaveLength(0);
  reading.eye = startOf(2);
  views.outline();
  flushSync();
  await settled();
  flushSync();
  expect(nameOf(document.activeElement as Element)).toBe('Rail and road');
  expect(find('h2 button').getAttribute('aria-expanded')).toBe('true');
});

it('says that there is none when it is asked for and the text has no headings', async () => {
  await outline(REPORT.slice(0, 1));
  views.outline();
  flushSync();
  await settled();
  expect(messages.list.map(({ text }) => text)).toEqual(['This text has too few headings for an outline.']);
});

it('draws only a part of two thousand headings', async () => {
  await outline(Array.from({ length: 2_000 }, (_, at) => `## Section ${at}`));
  expect(rows().length).toBeLessThan(80);
  expect(rows()[0]?.parentElement?.getAttribute('aria-setsize')).toBe('2000');
  rows()[0]?.focus();
  key('End', rows()[0]);
  await settled();
  flushSync();
  expect(nameOf(document.activeElement as Element)).toBe('Section 1999');
  expect(rows().length).toBeLessThan(80);
});

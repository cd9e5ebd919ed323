import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { clear, field, find, openProject, press, show, type, violations } from '../app/window.fixture';
import type { Block, OpenVersion, Version } from '../api/contract';
import DetailsDialog from '../documents/DetailsDialog.svelte';
import type { Fake, Replies } from '../stores/fake.fixture';

const at = (id: string, day: number, more: Partial<Version>): Version => ({
  id,
  document: 'd-1',
  imported: new Date(2026, 2, day, 9, 41).getTime(),
  format: 'text',
  words: 1240,
  current: false,
  placed: 3,
  awaiting: 0,
  ...more,
});
const NOW = at('v-2', 14, { current: true, format: 'revised', placed: 2, awaiting: 1 });
const OLD = at('v-1', 12, {});

const paragraphs = Array.from({ length: 450 }, (_, number) => `Paragraph ${number + 1} of 한국.`);
const TEXT = paragraphs.join('\n\n');
const blocks: Block[] = [];
for (let start = 0, index = 0; index < paragraphs.length; index++) {
  const end = start + (paragraphs[index] as string).length;
  blocks.push([start, end, index === 0 ? 'heading' : 'paragraph', 1]);
  start = end + 2;
}
const OPENED: OpenVersion = {
  version: OLD,
  text: TEXT,
  length: TEXT.length,
  blocks,
  spans: [],
  highlights: { tags: [], rows: [['h-1', 0, 9, [], 0]] },
};

let fake: Fake;
afterEach(() => clear(fake));

async function details(versions: Version[], replies: Replies = {}): Promise<void> {
  fake = await openProject({
    kind_list: () => [],
    version_list: () => versions,
    version_open: () => OPENED,
    ...replies,
  });
  await show(DetailsDialog, { document: 'd-1', onclose: vi.fn() });
}

it('lists the versions in the details of a document, with what is placed and what awaits review', async () => {
  await details([NOW, OLD]);
  const rows = [...document.querySelectorAll('section section li')].map((row) =>
    row.textContent?.replace(/\s+/g, ' ').trim(),
  );
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('Edited text · 1,240 words');
  expect(rows[0]).toContain('2 highlights placed, 1 to review');
  expect(rows[0]).toContain('current');
  expect(rows[1]).toContain('Plain text · 1,240 words');
  expect(document.querySelectorAll('section section button')).toHaveLength(1);
  expect(await violations()).toEqual([]);
});

it('has no list for a text that never changed', async () => {
  await details([{ ...OLD, current: true }]);
  expect(document.querySelector('section section')).toBeNull();
});

it('reads an older version a page at a time, with its marks, and keeps what was typed below', async () => {
  await details([NOW, OLD]);
  type(field('Author'), 'A. Writer');
  await press(find('section section button'));
  expect(fake.argsOf('version_open')).toEqual([{ version: 'v-1' }]);
  const dialog = find('dialog', 'Version of 12 March 2026');
  expect(await violations()).toEqual([]);
  expect(dialog.querySelector('mark')?.textContent).toBe('Paragraph');
  expect(dialog.querySelector('h3')?.textContent).toBe('Paragraph 1 of 한국.');
  expect(dialog.querySelectorAll('.text > *')).toHaveLength(200);
  await press(find('button', 'Next'));
  await press(find('button', 'Next'));
  expect(dialog.querySelectorAll('.text > *')).toHaveLength(50);
  expect(find('nav', 'Pages of the version').textContent).toContain('Paragraphs 401–450 of 450');
  dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
  flushSync();
  expect(document.querySelectorAll('dialog')).toHaveLength(1);
  expect(field('Author').value).toBe('A. Writer');
});

it('says why a version cannot be read', async () => {
  const refused = { code: 'version_unknown' as const, message: 'That version is gone.', detail: null };
  await details([NOW, OLD], { version_open: () => Promise.reject(refused) });
  await press(find('section section button'));
  expect(find('dialog', 'Version of 12 March 2026').textContent).toContain('That version is gone.');
});

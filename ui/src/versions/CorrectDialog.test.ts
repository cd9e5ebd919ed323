import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { run } from '../app/commands';
import { clear, DOCUMENTS, field, find, openProject, press, show, type, violations } from '../app/window.fixture';
import type { Document, HighlightRow, Version } from '../api/contract';
import { settled, type Fake, type Replies } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { views } from '../stores/views.svelte';
import CorrectDialog from './CorrectDialog.svelte';
import { correctIn } from './correcting';

const TEXT = 'Frieght trains 👩‍👩‍👧 crossed.\n\nРубль и юань.\n\nThe end.';
const SECOND = { start: TEXT.indexOf('Рубль'), end: TEXT.indexOf('\n\nThe end') };

const VERSION: Version = {
  id: 'v-new',
  document: 'd-1',
  imported: 0,
  format: 'revised',
  words: 9,
  current: true,
  placed: 2,
  awaiting: 1,
};

const ROWS: HighlightRow[] = ['h-1', 'h-2', 'h-3'].map((id) => [id, SECOND.start, SECOND.start + 5, [0], 0]);

let fake: Fake;
const onclose = vi.fn();
afterEach(() => {
  onclose.mockClear();
  return clear(fake);
});

async function open(replies: Replies = {}): Promise<void> {
  fake = await openProject(
    {
      document_open: ({ document }) => ({
        document: DOCUMENTS.find(({ id }) => id === document) as Document,
        length: TEXT.length,
        blocks: [
          [0, SECOND.start - 2, 'paragraph', 0],
          [SECOND.start, SECOND.end, 'paragraph', 0],
          [SECOND.end + 2, TEXT.length, 'paragraph', 0],
        ],
        spans: [],
        pages: [],
        highlights: { tags: ['t-mil'], rows: ROWS },
      }),
      document_revise: () => VERSION,
      ...replies,
    },
    { 'd-1': TEXT, 'd-2': TEXT },
  );
  await reading.open('d-1');
  await settled();
}

it('saves the paragraph within the whole text, and says what came of the highlights', async () => {
  await open();
  await show(CorrectDialog, { range: SECOND, onclose });
  find('dialog', 'Correct text');
  expect(await violations()).toEqual([]);
  expect(field('Paragraph').value).toBe('Рубль и юань.');
  expect((find('button', 'Save') as HTMLButtonElement).disabled).toBe(true);
  type(field('Paragraph'), 'Рубль или юань.');
  await press(find('button', 'Save'));
  expect(fake.argsOf('document_revise')).toEqual([
    { document: 'd-1', text: TEXT.replace('Рубль и юань.', 'Рубль или юань.') },
  ]);
  expect(onclose).toHaveBeenCalledOnce();
  expect(messages.list[0]).toMatchObject({
    text: 'Corrected the text; 2 highlights carried along',
    action: { label: 'Undo' },
  });
});

it('keeps what was typed when the core refuses', async () => {
  await open({
    document_revise: () => Promise.reject({ code: 'import_empty', message: 'The text is empty.', detail: null }),
  });
  await show(CorrectDialog, { range: SECOND, onclose });
  type(field('Paragraph'), ' ');
  await press(find('button', 'Save'));
  expect(onclose).not.toHaveBeenCalled();
  expect(document.querySelector('.problem')?.textContent).toBe('The text is empty.');
  expect(field('Paragraph').value).toBe(' ');
});

it('does not write over a text that was changed meanwhile', async () => {
  await open();
  await show(CorrectDialog, { range: SECOND, onclose });
  type(field('Paragraph'), 'Рубль или юань.');
  reading.source = { ...reading.source, text: `${TEXT} More.` };
  await press(find('button', 'Save'));
  expect(fake.argsOf('document_revise')).toEqual([]);
  expect(document.querySelector('.problem')?.textContent).toContain('changed meanwhile');
});

it('is about the paragraph of the selection, of the active highlight, or of the cursor', async () => {
  await open();
  const asked = (): unknown => {
    run('documents.correct');
    flushSync();
    return views.dialog;
  };
  expect(asked()).toEqual({ name: 'correct', range: { start: 0, end: SECOND.start - 2 } });
  reading.activate('h-1');
  expect(asked()).toEqual({ name: 'correct', range: SECOND });
  reading.select({ start: SECOND.end + 2, end: SECOND.end + 5 });
  expect(asked()).toEqual({ name: 'correct', range: { start: SECOND.end + 2, end: TEXT.length } });
});

it('opens the document of a list first', async () => {
  await open();
  await correctIn('d-2');
  expect(reading.about?.id).toBe('d-2');
  expect(views.dialog?.name).toBe('correct');
});

it('says so when no document is open', async () => {
  fake = await openProject();
  run('documents.correct');
  expect(views.dialog).toBeNull();
  expect(messages.list[0]?.text).toBe('Open a document first.');
});

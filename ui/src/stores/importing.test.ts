import { afterEach, expect, it, vi } from 'vitest';
import { clear, DOCUMENTS, openProject } from '../app/window.fixture';
import type { Fake } from './fake.fixture';
import { pasteText, pickFiles, reportImport } from './importing';
import { messages } from './messages.svelte';
import { reading } from './reading.svelte';
import { views } from './views.svelte';

let fake: Fake;
afterEach(() => clear(fake));

const refused = [
  { name: 'x.png', error: { code: 'import_binary' as const, message: 'x.png is a picture.', detail: null } },
];

it('opens the first of what came in and says how many', async () => {
  fake = await openProject({
    import_pick: () => ({ documents: ['d-2', 'd-1'], refused: [], passed: 0, undecoded: [] }),
  });
  const opened = vi.spyOn(reading, 'open').mockResolvedValue();
  views.show('dashboard');
  await pickFiles();
  expect(opened).toHaveBeenCalledWith('d-2');
  expect(views.current).toBe('read');
  expect(messages.list[0]?.text).toBe('Imported 2 documents');
});

it('says nothing when the dialog was closed without a file', async () => {
  fake = await openProject({ import_pick: () => ({ documents: [], refused: [], passed: 0, undecoded: [] }) });
  const opened = vi.spyOn(reading, 'open').mockResolvedValue();
  await pickFiles();
  expect([messages.list.length, opened.mock.calls.length, views.dialog]).toEqual([0, 0, null]);
});

it('lists what was refused, and still opens the rest', async () => {
  fake = await openProject();
  const opened = vi.spyOn(reading, 'open').mockResolvedValue();
  await reportImport({ documents: ['d-1'], refused, passed: 2, undecoded: [] });
  expect(views.dialog).toEqual({ name: 'refused', refused });
  expect(opened).toHaveBeenCalledWith('d-1');
  expect(messages.list.map(({ text }) => text)).toContain('2 files of other kinds were left out');
});

it('says which characters could not be decoded', async () => {
  fake = await openProject();
  vi.spyOn(reading, 'open').mockResolvedValue();
  const undecoded = [
    { name: 'отчёт.html', characters: 1 },
    { name: '뉴스.txt', characters: 1_200 },
  ];
  await reportImport({ documents: ['d-1'], refused: [], passed: 0, undecoded });
  const said = messages.list.map(({ text }) => text);
  expect(said).toContain('“отчёт.html”: 1 character could not be decoded and is shown as \uFFFD');
  expect(said).toContain('“뉴스.txt”: 1,200 characters could not be decoded and are shown as \uFFFD');
});

it('asks for folders, and for whole pages', async () => {
  fake = await openProject({ import_pick: () => ({ documents: [], refused: [], passed: 0, undecoded: [] }) });
  await pickFiles({ folders: true });
  await pickFiles({ wholePage: true });
  expect(fake.argsOf('import_pick')).toEqual([
    { folders: true, wholePage: false },
    { folders: false, wholePage: true },
  ]);
});

it('leaves the title to the core when none was given', async () => {
  fake = await openProject({ document_paste: () => DOCUMENTS[0] as (typeof DOCUMENTS)[number] });
  vi.spyOn(reading, 'open').mockResolvedValue();
  await pasteText('Some text', '  ');
  await pasteText('Some text', ' A title ');
  expect(fake.argsOf('document_paste')).toEqual([{ text: 'Some text' }, { text: 'Some text', title: 'A title' }]);
});

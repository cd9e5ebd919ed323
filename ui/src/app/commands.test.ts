import { afterEach, expect, it, vi } from 'vitest';
import { settled, type Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { saving } from '../stores/saving.svelte';
import { settings } from '../stores/settings.svelte';
import { views } from '../stores/views.svelte';
import { openRecent, run } from './commands';
import { clear, openProject, STATE } from './window.fixture';

let fake: Fake;
afterEach(() => clear(fake));

it('changes the theme, keeps it, and shows it at once', async () => {
  fake = await openProject({ settings_set: (value) => value });
  run('theme.dark');
  expect(document.documentElement.dataset.theme).toBe('dark');
  await settled();
  expect(fake.argsOf('settings_set')).toEqual([{ ...STATE.settings, theme: 'dark' }]);
  run('theme.system');
  await settled();
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

it('goes back to the former setting when it could not be kept', async () => {
  fake = await openProject({
    settings_set: () => Promise.reject({ code: 'disk_full', message: 'The disk is full.', detail: null }),
  });
  run('settings.singleKeys');
  await settled();
  expect(settings.value.singleKeys).toBe(true);
  expect(messages.list[0]).toMatchObject({ heading: 'The disk is full', text: 'The disk is full.' });
});

it('saves what is being typed before another project takes the window', async () => {
  const order: string[] = [];
  vi.spyOn(saving, 'flush').mockImplementation(async () => void order.push('flush'));
  fake = await openProject({
    project_open: () => (order.push('open'), null),
    project_new: () => (order.push('new'), null),
    project_open_recent: ({ index }) => (order.push(`recent ${index}`), STATE),
  });
  run('project.open');
  await settled();
  run('project.new');
  await settled();
  await openRecent(1);
  expect(order).toEqual(['flush', 'open', 'flush', 'new', 'flush', 'recent 1']);
});

it('asks before it leaves a project in which something could not be saved', async () => {
  fake = await openProject({ project_open: () => null });
  const unsent = saving.begin();
  unsent.refused();
  run('project.open');
  await settled();
  expect(fake.argsOf('project_open')).toEqual([]);
  if (views.dialog?.name !== 'confirm') throw new Error('no question was asked');
  await views.dialog.run();
  expect(fake.argsOf('project_open')).toHaveLength(1);
  unsent.end();
});

it('opens a project again that was overwritten', async () => {
  fake = await openProject({ project_reopen: () => STATE });
  messages.fail({ code: 'project_overwritten', message: 'Overwritten.', detail: null });
  expect(messages.list[0]?.action?.label).toBe('Open it again');
  messages.list[0]?.action?.run();
  await settled();
  expect(fake.argsOf('project_reopen')).toHaveLength(1);
});

it('asks before it compacts, then says what came of it', async () => {
  fake = await openProject({ project_compact: () => ({ before: 2_400_000, after: 950, texts: 1 }) });
  run('project.compact');
  expect(fake.argsOf('project_compact')).toEqual([]);
  if (views.dialog?.name !== 'confirm') throw new Error('no question was asked');
  await views.dialog.run();
  expect(messages.list[0]?.text).toBe('Compacted from 2.4 MB to 950 bytes; 1 text dropped');
});

it('saves the original of the open document, and nothing while none is open', async () => {
  fake = await openProject({ original_save: () => ({ name: 'report.pdf' }) });
  run('documents.original');
  await settled();
  expect(fake.argsOf('original_save')).toEqual([]);
  vi.spyOn(reading, 'document', 'get').mockReturnValue({ document: { id: 'd-1' } } as typeof reading.document);
  run('documents.original');
  await settled();
  expect(fake.argsOf('original_save')).toEqual([{ document: 'd-1' }]);
  expect(messages.list[0]?.text).toBe('Saved the original as “report.pdf”');
});

it('takes a file as the new version of the open document, and says when it is the same text', async () => {
  const changed = [true, false];
  fake = await openProject({
    version_pick: () => ({ name: 'report.docx', changed: changed.shift() ?? false, undecoded: 0 }),
  });
  vi.spyOn(reading, 'about', 'get').mockReturnValue({ id: 'd-1' } as typeof reading.about);
  run('documents.version');
  await settled();
  expect(fake.argsOf('version_pick')).toEqual([{ document: 'd-1' }]);
  expect(messages.list.map(({ text }) => text)).toContain('The text is now that of “report.docx”');
  run('documents.version');
  await settled();
  expect(messages.list.map(({ text }) => text)).toContain('“report.docx” has the same text; nothing was changed');
});

it('fills in the details of the open document, and says so while none is open', async () => {
  fake = await openProject();
  run('documents.fill');
  await settled();
  expect(messages.list[0]?.text).toBe('Open a document first.');
  vi.spyOn(reading, 'about', 'get').mockReturnValue({ id: 'd-1' } as typeof reading.about);
  run('documents.fill');
  await settled();
  expect(views.dialog).toEqual({ name: 'details', document: 'd-1', filling: true });
});

it('says where a copy went, and nothing when none was made', async () => {
  const names = ['copy.gloss', null];
  fake = await openProject({ project_copy: () => ({ name: names.shift() ?? null }) });
  run('project.copy');
  await settled();
  run('project.copy');
  await settled();
  expect(messages.list.map(({ text }) => text)).toEqual(['Copied to copy.gloss']);
});

it('says what the core refuses', async () => {
  fake = await openProject({
    project_check: () => Promise.reject({ code: 'project_damaged', message: 'Page 7 is torn.', detail: null }),
  });
  run('project.check');
  await settled();
  expect(messages.list[0]).toMatchObject({ heading: 'The project is damaged', text: 'Page 7 is torn.' });
});

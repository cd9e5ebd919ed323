import { afterEach, expect, it } from 'vitest';
import { clear, DOCUMENTS, openProject } from '../app/window.fixture';
import { documents } from './documents.svelte';
import { settled, type Fake } from './fake.fixture';
import { messages } from './messages.svelte';
import { views } from './views.svelte';

let fake: Fake;
afterEach(() => clear(fake));

it('asks before a document with highlights goes', async () => {
  fake = await openProject({ document_delete: () => null });
  documents.askToRemove('d-1');
  expect(fake.argsOf('document_delete')).toEqual([]);
  const asked = views.dialog;
  if (asked?.name !== 'confirm') throw new Error('no question was asked');
  expect(asked.text).toContain('3 highlights');
  await asked.run();
  expect(fake.argsOf('document_delete')).toEqual([{ document: 'd-1' }]);
});

it('deletes at once, with a way back, what nothing hangs on', async () => {
  fake = await openProject({ document_delete: () => null });
  documents.askToRemove('d-2');
  await settled();
  expect(fake.argsOf('document_delete')).toEqual([{ document: 'd-2' }]);
  expect(messages.list[0]).toMatchObject({ text: 'Deleted “Fuel, rail and rouble”', action: { label: 'Undo' } });
});

it('removes the sample with one press', async () => {
  const sample = { ...DOCUMENTS[0], sample: true } as (typeof DOCUMENTS)[number];
  fake = await openProject({ document_list: () => [sample], document_delete: () => null });
  documents.askToRemove('d-1');
  await settled();
  expect(fake.argsOf('document_delete')).toHaveLength(1);
});

it('says what was refused', async () => {
  fake = await openProject({
    document_delete: () => Promise.reject({ code: 'project_read_only', message: 'Read-only.', detail: null }),
  });
  await documents.remove('d-2');
  expect(messages.list[0]).toMatchObject({ tone: 'failure', text: 'Read-only.' });
});

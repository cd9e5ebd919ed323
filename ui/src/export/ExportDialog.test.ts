import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { clear, find, nameOf, openProject, press, show, violations } from '../app/window.fixture';
import type { ExportPreview } from '../api/contract';
import { settled, type Fake, type Replies } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { saving } from '../stores/saving.svelte';
import ExportDialog from './ExportDialog.svelte';

let fake: Fake;
afterEach(() => clear(fake));

const PREVIEW: ExportPreview = { markdown: '# Notes', highlights: 3, documents: 2, whole: false, damaged: [] };

async function open(options: { documents: string[] } | undefined = undefined, replies: Replies = {}): Promise<void> {
  fake = await openProject({ export_preview: () => PREVIEW, ...replies });
  vi.spyOn(saving, 'flush').mockResolvedValue();
  await show(ExportDialog, { options, onclose: () => undefined });
  await previewed();
}

/** The preview follows after a pause. */
async function previewed(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 160));
  await settled();
  flushSync();
}

function box(name: string): HTMLInputElement {
  const label = [...document.querySelectorAll('label')].find((one) => nameOf(one).includes(name));
  if (!label) throw new Error(`no box ${name}`);
  return label.querySelector('input') as HTMLInputElement;
}

it('shows what will be written, how much it is, and that it goes on', async () => {
  await open();
  find('dialog', 'Export notes');
  expect(find('pre').textContent).toContain('# Notes');
  expect(find('pre').textContent).toContain('The preview ends here');
  expect(find('section').textContent).toContain('3 highlights in 2 documents');
  expect(await violations()).toEqual([]);
});

it('says that something in the project is damaged', async () => {
  await open(undefined, { export_preview: () => ({ ...PREVIEW, damaged: ['The note of the highlight x is bytes.'] }) });
  const alert = find('[role="alert"]');
  expect(alert.textContent).toContain('damaged');
  expect(find('details').textContent).toContain('The note of the highlight x');
  expect(await violations()).toEqual([]);
});

it('asks for what is chosen', async () => {
  await open();
  await press(box('Fuel, rail'));
  await press(box('military'));
  await press(box('Tag'));
  await previewed();
  expect(fake.argsOf('export_preview').at(-1)).toMatchObject({
    documents: ['d-2'],
    tags: ['t-mil'],
    groupBy: 'tag',
  });
});

it('starts with the document it was asked for', async () => {
  await open({ documents: ['d-1'] });
  expect(fake.argsOf('export_preview')[0]?.documents).toEqual(['d-1']);
  expect(box('Two isolated').checked).toBe(true);
});

it('cannot save nothing by accident', async () => {
  await open({ documents: ['d-1'] });
  await press(box('Two isolated'));
  expect(find('[role=alert]').textContent).toBe('Choose at least one document.');
  expect((find('button', 'Save…') as HTMLButtonElement).disabled).toBe(true);
});

it('says where it was saved, and nothing when the dialog was closed', async () => {
  const names = [null, 'notes.md'];
  await open(undefined, { export_save: () => ({ name: names.shift() ?? null }) });
  await press(find('button', 'Save…'));
  expect(messages.list).toEqual([]);
  await press(find('button', 'Save…'));
  expect(find('[role=status]').textContent).toBe('Saved as notes.md');
  expect(fake.argsOf('export_save')).toHaveLength(2);
});

it('shows a failed export in its own words', async () => {
  await open(undefined, {
    export_save: () =>
      Promise.reject({ code: 'export_disk_full', message: 'The old file is as it was.', detail: null }),
  });
  await press(find('button', 'Save…'));
  expect(find('[role=status]').textContent).toBe('The old file is as it was.');
});

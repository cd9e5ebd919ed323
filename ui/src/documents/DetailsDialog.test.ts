import { afterEach, expect, it, vi } from 'vitest';
import { clear, DOCUMENTS, field, find, openProject, press, show, type, violations } from '../app/window.fixture';
import type { Document } from '../api/contract';
import type { Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import DetailsDialog from './DetailsDialog.svelte';

const KINDS = [
  { kind: 'report', words: 'Report' },
  { kind: 'speech', words: 'Speech' },
];

let fake: Fake;
afterEach(() => clear(fake));

it('sends every field, changed or not', async () => {
  fake = await openProject({ document_update: () => DOCUMENTS[0] as Document, kind_list: () => KINDS });
  const onclose = vi.fn();
  await show(DetailsDialog, { document: 'd-1', onclose });
  expect(await violations()).toEqual([]);
  type(field('Author'), 'A. Writer');
  type(field('Address (URL)'), 'https://example.org/1');
  await press(find('button', 'Save'));
  expect(fake.argsOf('document_update')).toEqual([
    {
      document: 'd-1',
      title: 'Two isolated capitals',
      author: 'A. Writer',
      publisher: '',
      published: '2026-03-14',
      url: 'https://example.org/1',
      accessed: '',
      language: 'en',
      kind: '',
    },
  ]);
  expect(onclose).toHaveBeenCalled();
  expect(messages.list[0]).toMatchObject({ text: 'Details saved', action: { label: 'Undo' } });
});

it('stays open with what was typed when the core refuses', async () => {
  fake = await openProject({
    kind_list: () => KINDS,
    document_update: () => Promise.reject({ code: 'text_too_long', message: 'The title is too long.', detail: null }),
  });
  const onclose = vi.fn();
  await show(DetailsDialog, { document: 'd-1', onclose });
  type(field('Title'), 'x'.repeat(9));
  await press(find('button', 'Save'));
  expect(onclose).not.toHaveBeenCalled();
  expect(find('[role=alert]').textContent).toBe('The title is too long.');
  expect(field('Title').value).toBe('xxxxxxxxx');
});

it('marks what was found in the file and keeps a kind that it does not know', async () => {
  const found = { ...DOCUMENTS[0], kind: 'patent', found: ['author', 'kind'] } as Document;
  fake = await openProject({ document_list: () => [found], document_update: () => found, kind_list: () => KINDS });
  await show(DetailsDialog, { document: 'd-1', onclose: vi.fn() });
  expect(await violations()).toEqual([]);
  const described = (label: string) => document.getElementById(field(label).getAttribute('aria-describedby') ?? '');
  expect(described('Author')?.textContent.trim()).toBe('Found in the file');
  expect(described('Kind of source')?.textContent.trim()).toBe('Found in the file');
  expect(described('Title')).toBeNull();
  expect(document.body.textContent).toContain('Saving confirms it');
  const options = [...document.querySelectorAll('option')].map(({ textContent }) => textContent);
  expect(options).toEqual(['Not said', 'Report', 'Speech', 'patent']);
  await press(find('button', 'Save'));
  expect(fake.argsOf('document_update')).toMatchObject([{ kind: 'patent' }]);
});

import { afterEach, expect, it, vi } from 'vitest';
import { clear, DOCUMENTS, field, find, key, openProject, press, show, type, violations } from '../app/window.fixture';
import type { Document, Reference } from '../api/contract';
import { settled, type Fake, type Replies } from '../stores/fake.fixture';
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

it('shows how the source is cited while its details are typed', async () => {
  fake = await openProject({
    kind_list: () => KINDS,
    document_cite: ({ author, title }) =>
      author === 'x'
        ? Promise.reject(new Error('too long'))
        : { full: `${author ?? ''}, *${title ?? ''}*.`, short: `(${author ?? ''} n.d.)` },
  });
  await show(DetailsDialog, { document: 'd-1', onclose: vi.fn() });
  const cited = (): string => find('section', 'Cited as').textContent.replaceAll(/\s+/g, ' ');
  expect(find('section', 'Cited as').querySelector('em')?.textContent).toBe('Two isolated capitals');
  type(field('Author'), 'Roe');
  await settled();
  expect(cited()).toContain('Roe, Two isolated capitals. (Roe n.d.)');
  type(field('Author'), 'x');
  await settled();
  expect(cited(), 'what cannot be saved').toContain('(Roe n.d.)');
  expect(await violations()).toEqual([]);
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

const REFERENCE: Reference = {
  title: 'Лёд и паромы',
  author: 'Jane Doe',
  publisher: '',
  published: '2024-06',
  url: '',
  accessed: '',
  language: 'en',
  kind: 'motion_picture',
  item: { type: 'motion_picture', title: 'Лёд и паромы', DOI: '10.1/2' },
};
const ROWS = ['One', 'Лёд и паромы'].map((title) => ({
  title,
  author: 'Jane Doe',
  publisher: '',
  published: '2024-06',
  key: '',
  line: null as number | null,
}));

async function details(replies: Replies, filling = false): Promise<void> {
  fake = await openProject({
    document_update: () => DOCUMENTS[0] as Document,
    kind_list: () => KINDS,
    metadata_take: () => REFERENCE,
    ...replies,
  });
  await show(DetailsDialog, { document: 'd-1', filling, onclose: vi.fn() });
}
const hintOf = (label: string): string | undefined =>
  document.getElementById(field(label).getAttribute('aria-describedby') ?? '')?.textContent.trim();

it('fills in from a file, shows what that replaces, and saves it all in one step', async () => {
  await details({ metadata_pick: () => ({ name: 'refs.bib', references: ROWS.slice(1), remarks: [] }) });
  type(field('Publisher'), 'Harbour Office');
  await press(find('button', 'Fill in from a file…'));
  expect(fake.argsOf('metadata_take')).toEqual([{ index: 0 }]);
  expect(find('.filled').textContent).toContain('Filled in from “refs.bib”. Look through it: nothing is saved yet.');
  expect(fake.argsOf('document_update')).toEqual([]);
  expect([field('Title').value, field('Author').value]).toEqual(['Лёд и паромы', 'Jane Doe']);
  expect(field('Publisher').value, 'of which the reference says nothing').toBe('Harbour Office');
  expect(hintOf('Title')).toBe('Before: Two isolated capitals');
  expect(hintOf('Kind of source')).toBe('Was empty');
  expect(hintOf('Language'), 'the same as before').toBe('A code such as en, ru or ko');
  expect(await violations()).toEqual([]);
  type(field('Author'), 'Jane Doe; Bo Roe');
  await press(find('button', 'Save'));
  expect(fake.argsOf('document_update')).toEqual([
    {
      document: 'd-1',
      title: 'Лёд и паромы',
      author: 'Jane Doe; Bo Roe',
      publisher: 'Harbour Office',
      published: '2024-06',
      url: '',
      accessed: '',
      language: 'en',
      kind: 'motion_picture',
      item: REFERENCE.item,
    },
  ]);
});

it('puts back what stood there', async () => {
  await details({ metadata_pick: () => ({ name: 'refs.bib', references: ROWS.slice(1), remarks: [] }) }, true);
  expect(field('Title').value).toBe('Лёд и паромы');
  await press(find('button', 'Put back'));
  expect([field('Title').value, field('Author').value]).toEqual(['Two isolated capitals', 'Sample desk']);
  await press(find('button', 'Save'));
  expect(fake.argsOf('document_update')[0]).not.toHaveProperty('item');
});

it('lets one of several sources be chosen', async () => {
  await details({ metadata_pick: () => ({ name: 'refs.bib', references: ROWS, remarks: [] }) });
  await press(find('button', 'Fill in from a file…'));
  const dialog = find('dialog', 'Which source?');
  expect(dialog.textContent).toContain('2 sources');
  expect(dialog.textContent).toContain('Jane Doe · Jun 2024');
  expect(await violations()).toEqual([]);
  type(field('Filter sources'), 'паром');
  expect(dialog.textContent).toContain('1 of 2 sources');
  key('ArrowDown', field('Filter sources'));
  expect(document.activeElement?.textContent).toContain('Лёд и паромы');
  await press(document.activeElement as HTMLElement);
  expect(fake.argsOf('metadata_take')).toEqual([{ index: 1 }]);
  expect(document.querySelectorAll('dialog')).toHaveLength(1);
  expect(field('Title').value).toBe('Лёд и паромы');
});

it('tells sources of one key apart, and names what could not be read', async () => {
  const references = ROWS.map((row, index) => ({ ...row, title: '보고서', key: 'лёд2024', line: index * 1_100 + 3 }));
  const what = 'was left out: expected comma in line 9';
  const remarks = [8, 20, 31, 47, 52, 60].map((line) => ({ line, what }));
  await details({ metadata_pick: () => ({ name: 'refs.bib', references, remarks }) });
  await press(find('button', 'Fill in from a file…'));
  const dialog = find('dialog', 'Which source?');
  expect(dialog.textContent).toContain('лёд2024 · line 3');
  expect(dialog.textContent).toContain('лёд2024 · line 1,103');
  expect(dialog.textContent).toContain('6 sources of the file could not be read as a whole:');
  expect(dialog.textContent).toContain(`The source in line 8 ${what}.`);
  expect(dialog.textContent).toContain('And 1 other.');
  expect(await violations()).toEqual([]);
  type(field('Filter sources'), 'line 1,103');
  await press(find('li button'));
  expect(fake.argsOf('metadata_take')).toEqual([{ index: 1 }]);
});

it('does not take the only source of a file unseen when others could not be read', async () => {
  const remarks = [{ line: 7, what: 'was left out: it is no object' }];
  await details({ metadata_pick: () => ({ name: 'refs.json', references: ROWS.slice(1), remarks }) });
  await press(find('button', 'Fill in from a file…'));
  expect(find('dialog', 'Which source?').textContent).toContain('The source in line 7 was left out: it is no object.');
  expect(fake.argsOf('metadata_take')).toEqual([]);
});

it('says why a file cannot be used, and nothing when none was picked', async () => {
  const message = '“letter.txt” could not be understood as a list of sources.';
  let picked = false;
  await details({
    metadata_pick: () =>
      picked
        ? Promise.reject({ code: 'metadata_unreadable', message, detail: null })
        : { name: null, references: [], remarks: [] },
  });
  await press(find('button', 'Fill in from a file…'));
  expect(document.querySelector('[role=alert]')).toBeNull();
  picked = true;
  await press(find('button', 'Fill in from a file…'));
  expect(find('[role=alert]').textContent).toBe(message);
  expect(field('Title').value).toBe('Two isolated capitals');
});

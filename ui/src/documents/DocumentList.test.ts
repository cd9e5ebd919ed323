import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { clear, DOCUMENTS, find, key, openProject, press, show, type, violations } from '../app/window.fixture';
import type { Document } from '../api/contract';
import { documents } from '../stores/documents.svelte';
import { settled, type Fake } from '../stores/fake.fixture';
import { reading } from '../stores/reading.svelte';
import { views } from '../stores/views.svelte';
import DocumentList from './DocumentList.svelte';

let fake: Fake;
afterEach(() => clear(fake));

async function list(all: Document[] = DOCUMENTS): Promise<void> {
  fake = await openProject({ document_list: () => all });
  vi.spyOn(reading, 'open').mockResolvedValue();
  await show(DocumentList, {});
}

const titles = (): string[] => [...document.querySelectorAll('.open strong')].map((one) => one.textContent ?? '');
const filter = (): HTMLInputElement => find('input', 'Filter documents') as HTMLInputElement;

it('is the navigation "Documents" and has nothing for axe to find', async () => {
  await list();
  find('nav', 'Documents');
  expect(await violations()).toEqual([]);
});

it('shows title, author, date, length and what the bars mean', async () => {
  await list();
  const first = find('[data-document=d-1] .open').textContent;
  expect(first).toContain('Two isolated capitals');
  expect(first).toContain('Sample desk · 14 Mar 2026 · 1,240 words');
  expect(first).toContain('Highlights: military 3');
});

it('says of what kind a file was, where it was more than text', async () => {
  await list(['pdf', 'docx', 'markdown'].map((format) => ({ ...DOCUMENTS[0], id: format, format }) as Document));
  const facts = [...document.querySelectorAll('.open small')].map((one) => one.textContent);
  expect(facts).toEqual([
    'Sample desk · 14 Mar 2026 · PDF · 1,240 words',
    'Sample desk · 14 Mar 2026 · Word · 1,240 words',
    'Sample desk · 14 Mar 2026 · 1,240 words',
  ]);
});

it('opens a document in the reading view', async () => {
  await list();
  views.show('dashboard');
  await press(find('[data-document=d-2] .open'));
  expect(reading.open).toHaveBeenCalledWith('d-2');
  expect(views.current).toBe('read');
});

it('filters by title and author, without diacritics, and says when nothing is left', async () => {
  await list();
  type(filter(), 'kovar');
  expect(titles()).toEqual(['Fuel, rail and rouble']);
  type(filter(), 'zzz');
  expect(titles()).toEqual([]);
  expect(document.body.textContent).toContain('No document matches');
  key('Escape', filter());
  expect(titles()).toHaveLength(2);
});

it('moves by arrows, and only one row is a stop for Tab', async () => {
  await list();
  key('ArrowDown', filter());
  expect(document.activeElement?.textContent).toContain('Two isolated');
  key('ArrowDown', document.activeElement ?? document);
  await settled();
  flushSync();
  expect(document.activeElement?.textContent).toContain('Fuel');
  expect([...document.querySelectorAll('.open[tabindex="0"]')]).toEqual([document.activeElement]);
});

it('gives the focus to the next row when a row with the focus is gone', async () => {
  let all = DOCUMENTS;
  fake = await openProject({ document_list: () => all });
  await show(DocumentList, {});
  find('[data-document=d-1] .open').focus();
  all = all.slice(1);
  await documents.reload();
  flushSync();
  await settled();
  expect(document.activeElement?.textContent).toContain('Fuel');
});

it('draws only a part of a long list and tells how long it is', async () => {
  const many = Array.from(
    { length: 5_000 },
    (_, at) => ({ ...DOCUMENTS[at % 2], id: `m-${at}`, title: `Number ${at}` }) as Document,
  );
  await list(many);
  const rows = document.querySelectorAll('li.row');
  expect(rows.length).toBeLessThan(100);
  expect(rows[0]?.getAttribute('aria-setsize')).toBe('5000');
  expect(document.querySelector<HTMLElement>('li.spacer')?.style.height).toBe(
    // One half has a bar, the other has none.
    `${2_500 * 82 + 2_500 * 72}px`,
  );
  expect([rows[0], rows[1], rows[2]].map((row) => (row as HTMLElement).style.top)).toEqual(['0px', '82px', '154px']);
  expect(rows[1]?.querySelector('.bar')).toBeNull();
  expect(find('h2').textContent).toContain('5,000');
});

it('offers import and paste when there is nothing yet', async () => {
  await list([]);
  fake.restore();
  await press(find('button', 'Paste text…'));
  expect(views.dialog).toEqual({ name: 'paste' });
  expect(await violations()).toEqual([]);
});

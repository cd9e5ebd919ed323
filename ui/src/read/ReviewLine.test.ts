import { flushSync } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { clear, DOCUMENTS, find, openProject, press, show, violations } from '../app/window.fixture';
import type { Document, Version } from '../api/contract';
import { settled, type Fake } from '../stores/fake.fixture';
import { reading } from '../stores/reading.svelte';
import { views } from '../stores/views.svelte';
import ReviewLine from './ReviewLine.svelte';

const version = (id: string, current: boolean, waiting: number): Version => ({
  id,
  document: 'd-1',
  imported: 0,
  format: 'text',
  words: 9,
  current,
  placed: 3,
  awaiting: waiting,
});

let fake: Fake;
afterEach(() => clear(fake));

it('says what awaits review in the open document, leads there, and goes when nothing does', async () => {
  let waiting = 3;
  fake = await openProject({
    document_open: () => ({
      document: DOCUMENTS[0] as Document,
      length: 0,
      blocks: [],
      spans: [],
      pages: [],
      highlights: { tags: [], rows: [] },
    }),
    version_list: () => [version('v2', true, waiting), version('v1', false, 0)],
  });
  await show(ReviewLine, {});
  expect(document.querySelector('section')).toBeNull();
  await reading.open('d-1');
  await settled();
  flushSync();
  expect(find('section', 'Review').textContent).toContain('3 highlights await review');
  expect(await violations()).toEqual([]);
  await press(find('button', 'Review'));
  expect(views.dialog).toEqual({ name: 'review', document: 'd-1' });
  waiting = 0;
  fake.emit('changed', { topics: ['highlights'], documents: ['d-1'], highlights: ['h-1'] });
  await settled();
  flushSync();
  expect(document.querySelector('section')).toBeNull();
});

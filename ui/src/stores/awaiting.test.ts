import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Changes, Document, Version } from '../api/contract';
import { awaiting } from './awaiting.svelte';
import { fakeBackend, settled, type Fake } from './fake.fixture';
import { messages } from './messages.svelte';
import { views } from './views.svelte';

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
const change: Changes = { topics: ['highlights'], documents: ['d-1'], highlights: ['h-1'] };
const asDocument = (id: string, version: string): Document => ({ id, version }) as Document;

let fake: Fake;
let versions: Version[];
beforeEach(() => {
  versions = [version('v2', true, 2), version('v1', false, 0)];
  fake = fakeBackend({ version_list: () => versions });
});
afterEach(() => {
  awaiting.follow(null);
  messages.clear();
  views.close();
  fake.restore();
});

it('counts what awaits review in the open document, and again after a change', async () => {
  awaiting.follow({ id: 'd-1', version: 'v2' });
  await settled();
  expect(awaiting.count).toBe(2);
  awaiting.follow({ id: 'd-1', version: 'v2' });
  awaiting.refresh({ ...change, documents: ['d-2'] });
  await settled();
  expect(fake.argsOf('version_list')).toHaveLength(1);
  versions = [version('v2', true, 1), version('v1', false, 0)];
  awaiting.refresh(change);
  await settled();
  expect(awaiting.count).toBe(1);
  awaiting.follow(null);
  expect(awaiting.count).toBe(0);
});

it('asks again for what is written while it asks about a new version', async () => {
  versions = [version('v1', true, 0)];
  awaiting.follow({ id: 'd-1', version: 'v1' });
  await settled();
  versions = [version('v2', true, 2), version('v1', false, 0)];
  awaiting.follow({ id: 'd-1', version: 'v2' });
  // The core has answered already when the next change comes.
  versions = [version('v2', true, 1), version('v1', false, 0)];
  awaiting.refresh(change);
  await settled();
  expect(awaiting.count).toBe(1);
  expect(fake.argsOf('version_list')).toHaveLength(3);
});

it('asks once about a document that has one version only', async () => {
  versions = [version('v1', true, 4)];
  awaiting.follow({ id: 'd-1', version: 'v1' });
  await settled();
  awaiting.refresh(change);
  await settled();
  expect(fake.argsOf('version_list')).toHaveLength(1);
  expect(awaiting.count).toBe(0);
});

it('says of a new version what awaits review, with a way there', async () => {
  await awaiting.announce(
    [asDocument('d-1', 'v1'), asDocument('d-2', 'v1')],
    [asDocument('d-1', 'v2'), asDocument('d-2', 'v1'), asDocument('d-3', 'v1')],
  );
  expect(fake.argsOf('version_list')).toEqual([{ document: 'd-1' }]);
  expect(messages.list[0]).toMatchObject({ text: '2 highlights await review', action: { label: 'Review' } });
  messages.list[0]?.action?.run();
  expect(views.dialog).toEqual({ name: 'review', document: 'd-1' });
});

it('says nothing of a new version in which every highlight has its place', async () => {
  versions = [version('v2', true, 0), version('v1', false, 0)];
  await awaiting.announce([asDocument('d-1', 'v1')], [asDocument('d-1', 'v2')]);
  expect(messages.list).toEqual([]);
});

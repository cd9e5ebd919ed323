import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Changes, Topic } from '../api/contract';
import { settled, type Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { project } from '../stores/project.svelte';
import { reading } from '../stores/reading.svelte';
import { saving } from '../stores/saving.svelte';
import { tags } from '../stores/tags.svelte';
import { views } from '../stores/views.svelte';
import { listen } from './refresh';
import { clear, openProject, STATE } from './window.fixture';

let fake: Fake;
let dragging: boolean[];
let stop: () => void;

async function start(replies: Parameters<typeof openProject>[0] = {}): Promise<void> {
  fake = await openProject({ window_close: () => null, ...replies });
  dragging = [];
  stop = await listen((over) => dragging.push(over));
  fake.asked.length = 0;
}

beforeEach(() => {
  vi.spyOn(reading, 'open').mockResolvedValue();
});
afterEach(async () => {
  stop();
  await clear(fake);
});

const changes = (...topics: Topic[]): Changes => ({ topics, documents: [], highlights: null });
const asked = (): string[] => [...new Set(fake.asked.map(({ name }) => name))].sort();

it.each([
  [['documents'], ['document_list']],
  [['highlights'], ['document_list', 'tag_list']],
  [['tags'], ['document_list', 'tag_list']],
  [['links'], ['relation_list']],
  [['relations'], ['relation_list']],
  [['history'], []],
] as [Topic[], string[]][])('after a change of %s it asks again for %s', async (topics, expected) => {
  await start();
  fake.emit('changed', changes(...topics));
  await settled();
  expect(asked()).toEqual(expected);
});

it('tells the reader of every change', async () => {
  const told = vi.spyOn(reading, 'refresh').mockResolvedValue();
  await start();
  fake.emit('changed', changes('highlights'));
  await settled();
  expect(told).toHaveBeenCalledWith(changes('highlights'));
});

it('keeps the history true while it is shown', async () => {
  await start();
  views.open({ name: 'history' });
  fake.emit('changed', changes('history'));
  await settled();
  expect(asked()).toEqual(['history_list']);
});

it('one list that cannot be read keeps none of the others away', async () => {
  let torn = false;
  await start({
    tag_list: () => (torn ? Promise.reject({ code: 'storage', message: 'Torn page.', detail: null }) : []),
  });
  torn = true;
  fake.emit('changed', changes('documents', 'tags', 'links'));
  await settled();
  expect(asked()).toEqual(['document_list', 'relation_list', 'tag_list']);
  expect(messages.list.map(({ text }) => text)).toEqual(['Torn page.']);
});

it('lets nothing of the former project stay', async () => {
  await start();
  tags.toggleFilter('t-mil');
  views.open({ name: 'details', document: 'd-1' });
  fake.emit('project', { ...STATE, project: { name: 'Arctic', folder: 'work' } });
  await settled();
  expect(project.state?.project.name).toBe('Arctic');
  expect([tags.filter.size, views.dialog]).toEqual([0, null]);
  expect(asked()).toEqual(['document_list', 'relation_list', 'tag_list']);
  expect(reading.open).toHaveBeenCalledWith('d-1');
  expect(messages.list[0]?.text).toBe('Opened Arctic');
});

it('asks about files that changed, and no more in another project', async () => {
  await start();
  fake.emit('sources', [{ document: 'd-1', title: 'Ice' }]);
  expect(messages.list.map(({ tone }) => tone)).toEqual(['question']);
  fake.emit('project', STATE);
  await settled();
  expect(messages.list.map(({ tone }) => tone)).toEqual(['report']);
});

it('takes the veil away when the files have come', async () => {
  await start();
  fake.emit('dragging', true);
  fake.emit('imported', { documents: [], refused: [], passed: 0, undecoded: [] });
  expect(dragging).toEqual([true, false]);
});

it('saves before it lets the window go', async () => {
  const order: string[] = [];
  vi.spyOn(saving, 'flush').mockImplementation(async () => void order.push('flush'));
  await start({ window_close: () => (order.push('close'), null) });
  fake.emit('closing', null);
  await settled();
  expect(order).toEqual(['flush', 'close']);
});

it('asks before it drops what could not be saved', async () => {
  await start();
  await saving.track(Promise.reject({ code: 'disk_full', message: 'Full.', detail: null })).catch(() => undefined);
  fake.emit('closing', null);
  await settled();
  expect(fake.argsOf('window_close')).toEqual([]);
  if (views.dialog?.name !== 'confirm') throw new Error('no question was asked');
  await views.dialog.run();
  expect(fake.argsOf('window_close')).toHaveLength(1);
  await saving.track(Promise.resolve());
});

it('hears nothing any more once stopped', async () => {
  await start();
  stop();
  fake.emit('changed', changes('documents'));
  await settled();
  expect(fake.asked).toEqual([]);
});

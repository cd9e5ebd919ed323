import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Changes, Topic } from '../api/contract';
import { drafts } from '../stores/drafts';
import { settled, type Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { project } from '../stores/project.svelte';
import { reading } from '../stores/reading.svelte';
import { saving } from '../stores/saving.svelte';
import { tags } from '../stores/tags.svelte';
import { views } from '../stores/views.svelte';
import { listen } from './refresh';
import './commands';
import { clear, HIGHLIGHTS, openProject, STATE } from './window.fixture';

let fake: Fake;
let dragging: boolean[];
let stop: () => void;

async function start(replies: Parameters<typeof openProject>[0] = {}): Promise<void> {
  fake = await openProject({ window_close: () => null, window_keep: () => null, ...replies });
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
  expect(fake.argsOf('window_keep'), 'the shell must not close it meanwhile').toHaveLength(1);
  if (views.dialog?.name !== 'confirm') throw new Error('no question was asked');
  await views.dialog.run();
  expect(fake.argsOf('window_close')).toHaveLength(1);
  await saving.track(Promise.resolve());
});

const MOVED = { code: 'project_moved', message: 'It was moved.', detail: null } as const;

it('says once that nothing can be written, offers a copy, and never says saved meanwhile', async () => {
  await start({ project_copy: () => ({ name: 'copy.gloss' }) });
  fake.emit('trouble', MOVED);
  fake.emit('trouble', MOVED);
  messages.fail(MOVED);
  expect(messages.list).toMatchObject([{ tone: 'failure', code: 'project_moved', action: { label: 'Save a copy…' } }]);
  expect(saving.state).toBe('failed');
  messages.list[0]?.action?.run();
  await settled();
  expect(fake.argsOf('project_copy')).toHaveLength(1);
  expect(saving.state, 'the copy is none of the project').toBe('failed');
  fake.emit('trouble', null);
  expect(saving.state).toBe('saved');
  expect(messages.list.map(({ code }) => code)).not.toContain('project_moved');
});

it('carries a note that could not be saved into the copy that takes the window', async () => {
  let moved = true;
  const [written] = HIGHLIGHTS;
  if (!written) throw new Error('the project has no highlight');
  await start({ highlight_note: () => (moved ? Promise.reject(MOVED) : written) });
  drafts.type('h-1', 'Written while it was gone, 보험 🛟');
  await drafts.flush();
  fake.emit('trouble', MOVED);
  expect([saving.state, saving.unsaved, drafts.text('h-1')]).toEqual([
    'failed',
    true,
    'Written while it was gone, 보험 🛟',
  ]);
  moved = false;
  fake.emit('project', STATE);
  await settled();
  expect(fake.argsOf('highlight_note').at(-1)).toMatchObject({
    highlight: 'h-1',
    note: 'Written while it was gone, 보험 🛟',
  });
  expect([saving.state, drafts.text('h-1')]).toEqual(['saved', undefined]);
  expect(messages.list.map(({ code }) => code)).not.toContain('project_moved');
});

it('hears nothing any more once stopped', async () => {
  await start();
  stop();
  fake.emit('changed', changes('documents'));
  await settled();
  expect(fake.asked).toEqual([]);
});

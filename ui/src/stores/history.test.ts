import { afterEach, expect, it, vi } from 'vitest';
import { clear, HISTORY, openProject } from '../app/window.fixture';
import type { Change } from '../api/contract';
import { pending, settled, type Fake } from './fake.fixture';
import { history } from './history.svelte';
import { messages } from './messages.svelte';
import { saving } from './saving.svelte';

let fake: Fake;
afterEach(() => clear(fake));

const done: Change = { id: 'c-2', at: 0, label: 'Tagged “oil and gas” economic', undone: true };

it('says what was undone and redone', async () => {
  fake = await openProject({ undo: () => done, redo: () => ({ ...done, undone: false }) });
  await history.undo();
  await history.redo();
  expect(messages.list.map(({ text }) => text)).toEqual([
    'Undid: Tagged “oil and gas” economic',
    'Redid: Tagged “oil and gas” economic',
  ]);
});

it('saves what is being typed before it undoes', async () => {
  const order: string[] = [];
  fake = await openProject({
    undo: () => {
      order.push('undo');
      return done;
    },
  });
  vi.spyOn(saving, 'flush').mockImplementation(async () => {
    await settled();
    order.push('flush');
  });
  await history.undo();
  expect(order).toEqual(['flush', 'undo']);
});

it('takes one step after the other, however fast the keys come', async () => {
  const first = pending<Change>();
  const answers = [first.promise, Promise.resolve(done)];
  fake = await openProject({ undo: () => answers.shift() as Promise<Change> });
  const both = [history.undo(), history.undo()];
  await settled();
  expect(fake.argsOf('undo')).toHaveLength(1);
  first.resolve(done);
  await Promise.all(both);
  expect(fake.argsOf('undo')).toHaveLength(2);
});

it('reports that nothing is left, which is no failure', async () => {
  fake = await openProject({ undo: () => Promise.reject({ code: 'nothing_to_undo', message: 'x', detail: null }) });
  await history.undo();
  expect(messages.list).toMatchObject([{ tone: 'report', text: 'Nothing to undo' }]);
});

it('offers undo with a report, and undoes just that change', async () => {
  fake = await openProject({ undo: () => done });
  await history.report('Deleted “Fuel”');
  messages.list[0]?.action?.run();
  await settled();
  expect(fake.argsOf('undo')).toHaveLength(1);
});

it('does not undo something newer from an old report', async () => {
  let list = HISTORY;
  fake = await openProject({ history_list: () => list, undo: () => done });
  await history.report('Deleted “Fuel”');
  list = [{ id: 'c-9', at: 0, label: 'Newer', undone: false }, ...HISTORY];
  messages.list[0]?.action?.run();
  await settled();
  expect(fake.argsOf('undo')).toEqual([]);
  expect(messages.list.at(-1)?.text).toMatch(/newer/i);
});

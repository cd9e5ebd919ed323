import { afterEach, expect, it } from 'vitest';
import { clear, openProject } from '../app/window.fixture';
import type { Link } from '../api/contract';
import { settled, type Fake } from './fake.fixture';
import { linking } from './linking.svelte';
import { messages } from './messages.svelte';

let fake: Fake;
afterEach(() => clear(fake));

const made = { id: 'l-1', relation: 'supports' } as Link;

it('learns the passage it begins from', async () => {
  fake = await openProject();
  linking.begin('h-2');
  await settled();
  expect(linking.active?.highlight?.quote).toBe('Freight trains crossed the Tumen');
});

it('makes the link with its note, and is over', async () => {
  fake = await openProject({ link_create: () => made });
  linking.begin('h-1');
  linking.change({ relation: 'r-sup', note: '  same source ' });
  expect(await linking.pick('h-2')).toEqual(made);
  expect(fake.argsOf('link_create')).toEqual([{ from: 'h-1', to: 'h-2', relation: 'r-sup', note: 'same source' }]);
  expect(linking.active).toBeNull();
});

it('writes nothing before a relation is chosen', async () => {
  fake = await openProject();
  linking.begin('h-1');
  expect(await linking.pick('h-2')).toBeNull();
  expect(fake.argsOf('link_create')).toEqual([]);
});

it('says so when the passage itself is picked, and goes on', async () => {
  fake = await openProject();
  linking.begin('h-1');
  linking.change({ relation: 'r-sup', aside: true });
  expect(await linking.pick('h-1')).toBeNull();
  expect(messages.list).toHaveLength(1);
  expect(linking.picking).toBe(true);
});

it('keeps what was chosen when the core refuses', async () => {
  fake = await openProject({
    link_create: () =>
      Promise.reject({ code: 'highlight_unknown', message: 'It was deleted meanwhile.', detail: null }),
  });
  linking.begin('h-1');
  linking.change({ relation: 'r-con' });
  expect(await linking.pick('h-9')).toBeNull();
  expect(linking.active?.relation).toBe('r-con');
  expect(messages.list[0]?.text).toBe('It was deleted meanwhile.');
});

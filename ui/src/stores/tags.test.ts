import { afterEach, expect, it } from 'vitest';
import { clear, openProject, TAGS } from '../app/window.fixture';
import type { Fake } from './fake.fixture';
import { tags } from './tags.svelte';

let fake: Fake;
afterEach(() => clear(fake));

it('finds a tag by its key in either case', async () => {
  fake = await openProject();
  expect(tags.byKey('M')?.name).toBe('military');
  expect(tags.byKey('q')).toBeUndefined();
});

it('drops a filter whose tag is gone, and keeps the others', async () => {
  let list = TAGS;
  fake = await openProject({ tag_list: () => list });
  tags.toggleFilter('t-mil');
  tags.toggleFilter('t-eco');
  list = TAGS.filter(({ id }) => id !== 't-mil');
  await tags.reload();
  expect([...tags.filter]).toEqual(['t-eco']);
});

it('switches a filter off at the second press', async () => {
  fake = await openProject();
  tags.toggleFilter('t-mil');
  tags.toggleFilter('t-mil');
  expect(tags.filter.size).toBe(0);
});

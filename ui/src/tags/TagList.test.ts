import { afterEach, expect, it } from 'vitest';
import { clear, find, key, openProject, press, show, violations } from '../app/window.fixture';
import type { Fake } from '../stores/fake.fixture';
import { tags } from '../stores/tags.svelte';
import { views } from '../stores/views.svelte';
import TagList from './TagList.svelte';

let fake: Fake;
afterEach(() => clear(fake));

async function list(): Promise<void> {
  fake = await openProject();
  await show(TagList, {});
}

const row = (id: string): HTMLElement => find(`[data-tag=${id}] .tag`);

it('is the region "Tags", with key, name and count, and has nothing for axe to find', async () => {
  await list();
  find('section', 'Tags');
  expect(row('t-mil').textContent?.replace(/\s+/g, ' ').trim()).toBe('M military 3');
  expect(await violations()).toEqual([]);
});

it('indents a tag below its parent', async () => {
  await list();
  const depths = [...document.querySelectorAll<HTMLElement>('[data-tag]')].map((one) => [
    one.dataset.tag,
    one.style.getPropertyValue('--depth'),
  ]);
  expect(depths).toEqual([
    ['t-mil', '0'],
    ['t-eco', '0'],
    ['t-fuel', '1'],
  ]);
});

it('filters by the tags that are pressed, and shows all again', async () => {
  await list();
  await press(row('t-mil'));
  await press(row('t-fuel'));
  expect([...tags.filter]).toEqual(['t-mil', 't-fuel']);
  expect(row('t-mil').getAttribute('aria-pressed')).toBe('true');
  await press(find('button', 'Show all'));
  expect(tags.filter.size).toBe(0);
});

it('moves by arrows', async () => {
  await list();
  row('t-mil').focus();
  key('ArrowDown', row('t-mil'));
  expect(document.activeElement).toBe(row('t-eco'));
  key('End', row('t-eco'));
  expect(document.activeElement).toBe(row('t-fuel'));
});

it('leads to the dialogs', async () => {
  await list();
  await press(find('button', 'New tag'));
  expect(views.dialog).toEqual({ name: 'tag', tag: null });
  await press(find('button', 'More about economic'));
  await press(find('[role=menuitem]', 'New tag inside…'));
  expect(views.dialog).toEqual({ name: 'tag', tag: null, parent: 't-eco' });
});

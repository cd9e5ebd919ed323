import { flushSync } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { clear, field, find, key, nameOf, openProject, press, show, type, violations } from '../app/window.fixture';
import Dialogs from '../app/Dialogs.svelte';
import type { Link, Relation } from '../api/contract';
import { settled, type Fake, type Replies } from '../stores/fake.fixture';
import { linking } from '../stores/linking.svelte';
import PickBar from './PickBar.svelte';

let fake: Fake;
afterEach(() => clear(fake));

async function begin(replies: Replies = {}): Promise<void> {
  fake = await openProject({ link_create: () => ({ id: 'l-1', relation: 'contradicts' }) as Link, ...replies });
  await show(Dialogs, {});
  await show(PickBar, {});
  linking.begin('h-1');
  await settled();
  flushSync();
}

function choice(text: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('li button')].find((one) => nameOf(one).includes(text));
  if (!found) throw new Error(`no choice ${text}`);
  return found;
}

async function searched(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  await settled();
  flushSync();
}

it('offers the relations with how they read from the other end', async () => {
  await begin();
  find('dialog', 'Link passage');
  expect(find('q').textContent).toBe('each found in the other a partner');
  expect(nameOf(choice('contradicts'))).toContain('other way: contradicted by');
  expect(nameOf(choice('related'))).toContain('the same both ways');
  expect(await violations()).toEqual([]);
});

it('links to a passage that was found, with the note', async () => {
  await begin();
  await press(choice('contradicts'));
  await searched();
  expect(await violations()).toEqual([]);
  type(field('Note on the link (optional)'), 'Denied the same day');
  await press(choice('Officials have denied'));
  expect(fake.argsOf('link_create')).toEqual([
    { from: 'h-1', to: 'h-3', relation: 'r-con', note: 'Denied the same day' },
  ]);
  expect(document.querySelector('dialog')).toBeNull();
});

it('does not offer the passage itself', async () => {
  await begin();
  await press(choice('supports'));
  await searched();
  expect([...document.querySelectorAll('.passages q')].map((one) => one.textContent)).not.toContain(
    'each found in the other a partner',
  );
});

it('gets out of the way for picking in a text, and comes back with what was typed', async () => {
  await begin();
  await press(choice('contradicts'));
  type(field('Note on the link (optional)'), 'kept');
  await press(find('button', 'Pick in a text'));
  expect(document.querySelector('dialog')).toBeNull();
  expect(linking.picking).toBe(true);
  expect(find('section', 'Linking').textContent).toContain('contradicts');
  expect(await violations()).toEqual([]);
  await press(find('button', 'Search instead'));
  expect(field('Note on the link (optional)').value).toBe('kept');
});

it('is given up by Escape while picking', async () => {
  await begin();
  await press(choice('contradicts'));
  await press(find('button', 'Pick in a text'));
  key('Escape', window);
  expect(linking.active).toBeNull();
  expect(fake.argsOf('link_create')).toEqual([]);
});

it('takes a relation of one’s own and goes on with it', async () => {
  const made: Relation = { id: 'r-new', label: 'undermines', inverse: 'undermined by', symmetric: false, links: 0 };
  await begin({ relation_create: () => made, relation_list: () => [made] });
  await press(choice('New relation…'));
  expect(await violations()).toEqual([]);
  type(field('Reads'), 'undermines');
  type(field('Read from the other end'), 'undermined by');
  await press(find('button', 'Add relation'));
  expect(fake.argsOf('relation_create')).toEqual([{ label: 'undermines', inverse: 'undermined by', symmetric: false }]);
  expect(linking.active?.relation).toBe('r-new');
});

import { flushSync } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import {
  clear,
  field,
  find,
  HIGHLIGHTS,
  key,
  nameOf,
  openProject,
  press,
  show,
  type,
  violations,
} from '../app/window.fixture';
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
  const found = [...document.querySelectorAll<HTMLElement>('li button, li[role=option]')].find((one) =>
    nameOf(one).includes(text),
  );
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

const search = (): HTMLInputElement => field('Search quotes and notes');
const marked = (): string => nameOf(find('[role=option][aria-selected=true]'));
const hits = (...ids: string[]): Replies => ({
  search: ({ query }) => ({
    total: ids.length,
    remarks: [],
    groups: [
      {
        document: 'd-1',
        title: '',
        total: ids.length,
        hits: (query === 'nothing' ? [] : query === 'partner' ? ['h-2'] : ids).map((highlight) => ({
          ...{ kind: 'quote' as const, highlight, start: 0, end: 1, paragraph: 1, excerpt: '', marks: [], tags: [] },
        })),
      },
    ],
  }),
});

describe('by keyboard alone', () => {
  it('takes a relation by its letter, which is shown', async () => {
    await begin();
    expect(choice('contradicts').getAttribute('aria-keyshortcuts')).toBe('c');
    expect(choice('contradicts').textContent).toContain('C');
    key('c');
    await settled();
    expect(linking.active?.relation).toBe('r-con');
  });

  it('takes the letter also from a Cyrillic keyboard, and no letter with Ctrl', async () => {
    await begin();
    key('с', document.body, { code: 'KeyC', ctrlKey: true });
    expect(linking.active?.relation).toBeNull();
    key('с', document.body, { code: 'KeyC' });
    expect(linking.active?.relation).toBe('r-con');
  });

  it('takes the first hit with Enter, another with an arrow', async () => {
    await begin(hits('h-3', 'h-2'));
    key('c');
    await searched();
    expect(document.querySelector('[role=option][aria-selected=true]')).toBeNull();
    type(search(), 'denied');
    await searched();
    expect(marked()).toContain('Officials have denied');
    key('ArrowDown', search());
    await settled();
    flushSync();
    expect(marked()).toContain('Freight trains');
    expect(search().getAttribute('aria-activedescendant')).toBe(find('[aria-selected=true]').id);
    expect(await violations()).toEqual([]);
    key('ArrowUp', search());
    key('Enter', search());
    await settled();
    expect(fake.argsOf('link_create')).toEqual([{ from: 'h-1', to: 'h-3', relation: 'r-con' }]);
  });

  it('never takes a hit of what was typed before', async () => {
    await begin(hits('h-3'));
    key('c');
    await searched();
    type(search(), 'denied');
    await searched();
    type(search(), 'partner');
    key('Enter', search());
    await settled();
    expect(fake.argsOf('link_create')).toEqual([{ from: 'h-1', to: 'h-2', relation: 'r-con' }]);
  });

  it('takes nothing with Enter when nothing was typed or found', async () => {
    await begin(hits('h-3'));
    key('c');
    await searched();
    key('Enter', search());
    await settled();
    type(search(), 'nothing');
    key('Enter', search());
    await settled();
    expect(fake.argsOf('link_create')).toEqual([]);
    expect(linking.active).not.toBeNull();
  });

  it('offers the relation that was used last first', async () => {
    await begin(hits('h-3'));
    await press(choice('contradicts'));
    await searched();
    await press(choice('Officials have denied'));
    linking.begin('h-1');
    await settled();
    flushSync();
    const first = find('.relations button');
    expect(nameOf(first)).toContain('contradicts');
    expect(nameOf(first)).toContain('used last');
    expect(document.activeElement).toBe(first);
  });

  it('shows notes by their words', async () => {
    const noted = HIGHLIGHTS.map((one) => ({ ...one, note: 'it **helped to win** time' }));
    await begin({ highlight_list: () => noted });
    key('c');
    await searched();
    expect(choice('Officials').textContent).toContain('it helped to win time');
  });
});

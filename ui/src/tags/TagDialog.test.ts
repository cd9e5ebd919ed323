import { afterEach, describe, expect, it, vi } from 'vitest';
import { clear, field, find, openProject, press, show, TAGS, type, violations } from '../app/window.fixture';
import type { Tag } from '../api/contract';
import type { Fake, Replies } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import MergeDialog from './MergeDialog.svelte';
import TagDialog from './TagDialog.svelte';

let fake: Fake;
let onclose: ReturnType<typeof vi.fn<() => void>>;
afterEach(() => clear(fake));

async function edit(tag: string | null, replies: Replies = {}, more = {}): Promise<void> {
  fake = await openProject({ tag_update: () => TAGS[0] as Tag, tag_create: () => TAGS[0] as Tag, ...replies });
  onclose = vi.fn<() => void>();
  await show(TagDialog, { tag, parent: null, startDeleting: false, onclose, ...more });
}

describe('Edit tag', () => {
  it('has that name, all fields, and nothing for axe to find', async () => {
    await edit('t-mil');
    find('dialog', 'Edit tag');
    expect([field('Name').value, field('Key').value, field('Other colour').value]).toEqual([
      'military',
      'm',
      '#d55e00',
    ]);
    expect(await violations()).toEqual([]);
  });

  it('sends what was changed and what was not', async () => {
    await edit('t-fuel');
    type(field('Name'), ' fuels ');
    type(field('Key'), 'f');
    type(field('Definition'), 'Oil and gas');
    await press(find('button', 'Save'));
    expect(fake.argsOf('tag_update')).toEqual([
      { tag: 't-fuel', name: 'fuels', colour: '#8a6a00', key: 'f', definition: 'Oil and gas', parent: 't-eco' },
    ]);
    expect(onclose).toHaveBeenCalled();
    expect(messages.list[0]?.text).toBe('Saved tag fuels');
  });

  it.each([
    ['x', 'X already means: Link the passage.'],
    ['E', 'E is the key of economic.'],
    ['mm', 'A key is one letter or digit.'],
    ['?', 'A key is one letter or digit.'],
  ])('refuses the key %s before it is sent', async (wanted, problem) => {
    await edit('t-mil');
    type(field('Key'), wanted);
    expect(document.body.textContent).toContain(problem);
    await press(find('button', 'Save'));
    expect(fake.argsOf('tag_update')).toEqual([]);
  });

  it('takes its own key, another script and no key at all', async () => {
    await edit('t-mil');
    for (const wanted of ['m', 'ж', '7', '']) {
      type(field('Key'), wanted);
      expect(field('Key').getAttribute('aria-invalid')).toBeNull();
    }
    await press(find('button', 'Save'));
    expect(fake.argsOf('tag_update')[0]?.key).toBeNull();
  });

  it('wants a colour that is one', async () => {
    await edit('t-mil');
    type(field('Other colour'), 'red');
    await press(find('button', 'Save'));
    expect(fake.argsOf('tag_update')).toEqual([]);
    expect(document.body.textContent).toContain('A colour is written as #');
  });

  it('does not offer a place inside itself', async () => {
    await edit('t-eco');
    const places = [...field('Inside').querySelectorAll('option')].map((one) => one.textContent);
    expect(places).toEqual(['No other tag', 'military']);
  });

  it('shows a refusal at the field it is about and keeps what was typed', async () => {
    const refused = { code: 'tag_name_taken', message: 'There is a tag “economic” already.', detail: null };
    await edit('t-mil', { tag_update: () => Promise.reject(refused) });
    type(field('Name'), 'economic');
    await press(find('button', 'Save'));
    expect(onclose).not.toHaveBeenCalled();
    expect(document.getElementById(field('Name').getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'There is a tag “economic” already.',
    );
    expect(field('Name').value).toBe('economic');
  });
});

describe('New tag', () => {
  it('proposes the first colour that is free, and a place', async () => {
    await edit(null, {}, { parent: 't-mil' });
    type(field('Name'), 'navy');
    await press(find('button', 'Create'));
    expect(fake.argsOf('tag_create')).toEqual([{ name: 'navy', colour: '#0072b2', definition: '', parent: 't-mil' }]);
  });

  it('wants a name', async () => {
    await edit(null);
    await press(find('button', 'Create'));
    expect(fake.argsOf('tag_create')).toEqual([]);
    expect(document.body.textContent).toContain('A tag needs a name.');
  });
});

describe('deleting', () => {
  it('asks what becomes of the highlights, keeps them by default, and says what happened', async () => {
    await edit('t-mil', { tag_delete: () => ({ untagged: 2, deleted: 0 }) }, { startDeleting: true });
    expect(find('dialog').textContent).toContain('3 highlights carry it.');
    expect(await violations()).toEqual([]);
    await press(find('button', 'Delete'));
    expect(fake.argsOf('tag_delete')).toEqual([{ tag: 't-mil', highlights: 'keep' }]);
    expect(messages.list[0]?.text).toBe('Deleted tag military; 2 highlights are without a tag now');
  });

  it('deletes them when told to', async () => {
    await edit('t-mil', { tag_delete: () => ({ untagged: 0, deleted: 1 }) });
    await press(find('button', 'Delete…'));
    await press(find('input[value=delete]'));
    await press(find('button', 'Delete'));
    expect(fake.argsOf('tag_delete')).toEqual([{ tag: 't-mil', highlights: 'delete' }]);
    expect(messages.list[0]?.text).toBe('Deleted tag military; 1 highlight deleted');
  });
});

describe('Merge tags', () => {
  it('says what will happen, and does it', async () => {
    fake = await openProject({ tag_merge: () => ({ moved: 3 }) });
    onclose = vi.fn<() => void>();
    await show(MergeDialog, { tag: 't-mil', onclose });
    find('dialog', 'Merge tags');
    expect(await violations()).toEqual([]);
    expect(find('dialog').textContent).toContain('3 highlights tagged military will be tagged economic instead');
    await press(find('button', 'Merge'));
    expect(fake.argsOf('tag_merge')).toEqual([{ from: 't-mil', into: 't-eco' }]);
    expect(messages.list[0]?.text).toBe('Merged military into economic: 3 highlights');
  });
});

// What floats over the text: names, keys and roles. Where it lies is tested in place.test.ts.

import axe from 'axe-core';
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Tag } from '../api/contract';
import TagPicker from '../shared/TagPicker.svelte';
import { settled } from '../stores/fake.fixture';
import { marking } from '../stores/marking';
import { reading } from '../stores/reading.svelte';
import { tags } from '../stores/tags.svelte';
import Crowd from './Crowd.svelte';
import Toolbar from './Toolbar.svelte';

const tag = (id: string, name: string, key: string | null): Tag => ({
  id,
  name,
  parent: null,
  colour: '#0072B2',
  key,
  definition: '',
  highlights: 1,
});
const room = { left: 0, right: 900, top: 0, bottom: 600 };
const lines = [{ left: 100, right: 400, top: 100, bottom: 124 }];
const mounted: Record<string, unknown>[] = [];

async function show<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: NoInfer<Props>,
): Promise<void> {
  mounted.push(mount(component, { target: document.body, props }) as Record<string, unknown>);
  await settled();
  flushSync();
}

async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

function press(key: string): void {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  flushSync();
}

beforeEach(() => {
  tags.list = [
    tag('t1', 'military', 'm'),
    tag('t2', 'sanctions', null),
    ...Array.from({ length: 9 }, (_, at) => tag(`x${at}`, `other ${at}`, null)),
  ];
});

afterEach(async () => {
  for (const component of mounted.splice(0)) await unmount(component);
  reading.close();
  document.body.replaceChildren();
});

describe('the toolbar', () => {
  it('is one tab stop, walked by arrows, and applies a tag by click', async () => {
    const apply = vi.spyOn(marking, 'applyTag').mockResolvedValue();
    await show(Toolbar, { lines, room, fresh: null, onescape: () => undefined });
    const bar = document.querySelector('[role="toolbar"][aria-label="Highlight"]');
    const buttons = [...(bar?.querySelectorAll('button') ?? [])];
    expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    expect(buttons.map((button) => button.textContent?.replace(/\s+/g, ' ').trim())).toEqual(
      expect.arrayContaining([
        expect.stringContaining('military'),
        expect.stringContaining('Note'),
        expect.stringContaining('Link'),
        'More tags…',
      ]),
    );
    buttons[0]?.focus();
    press('ArrowRight');
    expect(document.activeElement).toBe(buttons[1]);
    press('End');
    expect(document.activeElement?.textContent?.trim()).toBe('More tags…');
    buttons[0]?.click();
    expect(apply).toHaveBeenCalledWith('t1');
    expect(await faults()).toEqual([]);
  });
});

describe('the list of a crowded spot', () => {
  it('takes the focus, names every highlight and is walked by arrows', async () => {
    const passages = ['a', 'b', 'c'].map((id, at) => ({
      id,
      start: at,
      end: 9,
      tags: at ? ['t1', 't2'] : [],
      noted: false,
      linked: false,
      doubtful: false,
    }));
    reading.source = { text: 'the text of it', blocks: [], language: 'en' };
    const onpick = vi.fn();
    await show(Crowd, { passages, lines, room, active: 'b', onpick, onclose: () => undefined });
    expect(document.activeElement?.textContent).toContain('military, sanctions');
    press('ArrowDown');
    press('ArrowDown');
    expect(document.activeElement?.textContent).toContain('no tag');
    (document.activeElement as HTMLElement).click();
    expect(onpick).toHaveBeenCalledWith('a');
    expect(await faults()).toEqual([]);
  });
});

describe('the list of all tags', () => {
  it('filters, chooses by key, and offers a new tag for a new name', async () => {
    const anchor = document.body.appendChild(document.createElement('button'));
    anchor.textContent = 'More';
    const onchoose = vi.fn();
    const oncreate = vi.fn();
    await show(TagPicker, { anchor, tags: tags.list, on: ['t1'], onchoose, oncreate, onclose: () => undefined });
    const input = document.activeElement as HTMLInputElement;
    expect(input.getAttribute('role')).toBe('combobox');
    expect(await faults()).toEqual([]);
    const type = (value: string) => {
      input.value = value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      flushSync();
    };
    type('sanct');
    press('Enter');
    expect(onchoose).toHaveBeenCalledWith('t2');
    type('fuel');
    expect(document.querySelectorAll('[role="option"]')).toHaveLength(1);
    press('Enter');
    expect(oncreate).toHaveBeenCalledWith('fuel');
    type('SANCTIONS');
    expect([...document.querySelectorAll('[role="option"]')].map((one) => one.textContent?.trim())).toEqual([
      expect.stringContaining('sanctions'),
    ]);
  });
});

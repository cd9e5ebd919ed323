import { createRawSnippet } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clear, field, find, key, press, show, type, unmountAll, violations } from '../app/window.fixture';
import Button from './Button.svelte';
import Chip from './Chip.svelte';
import Dialog from './Dialog.svelte';
import EmptyState from './EmptyState.svelte';
import Key from './Key.svelte';
import Menu from './Menu.svelte';
import type { MenuItem } from './menu';
import SelectField from './SelectField.svelte';
import Switch from './Switch.svelte';
import TagKey from './TagKey.svelte';
import TextField from './TextField.svelte';

afterEach(() => clear());

const text = (words: string) => createRawSnippet(() => ({ render: () => `<span>${words}</span>` }));

it('small things have nothing for axe to find', async () => {
  await show(Button, { children: text('Save') });
  await show(Chip, {
    name: 'military',
    colour: '#d55e00',
    onremove: () => undefined,
    removeLabel: 'Take military off',
  });
  await show(TagKey, { keyName: 'm', colour: '#d55e00' });
  await show(Key, { chord: 'Ctrl+Shift+z' });
  await show(TextField, { label: 'Name', value: '', problem: 'A tag needs a name.' });
  await show(Switch, { label: 'Whole words', checked: true, hint: 'Takes whole words' });
  await show(SelectField, { label: 'Inside', value: 'a', options: [{ value: 'a', label: 'A' }] });
  await show(EmptyState, { title: 'Nothing yet', text: 'Import something.', children: text('x') });
  expect(await violations()).toEqual([]);
});

it('a field announces what is wrong with it', async () => {
  await show(TextField, { label: 'Name', value: '', hint: 'Any', problem: 'A tag needs a name.' });
  const input = field('Name');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'A tag needs a name.',
  );
});

it('a switch says what it became', async () => {
  const onchange = vi.fn();
  await show(Switch, { label: 'Whole words', checked: false, onchange });
  await press(field('Whole words'));
  expect(onchange).toHaveBeenCalledWith(true);
});

describe('Dialog', () => {
  it('is named by its title, takes the focus and gives it back', async () => {
    const before = document.body.appendChild(document.createElement('button'));
    before.textContent = 'Edit';
    before.focus();
    const onclose = vi.fn();
    await show(Dialog, { title: 'Edit tag', onclose, children: text('<input aria-label="Name">') });
    const dialog = find('dialog', 'Edit tag') as HTMLDialogElement;
    expect(dialog.open).toBe(true);
    expect(document.activeElement).toBe(find('input', 'Name'));
    expect(await violations()).toEqual([]);
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    expect(onclose).toHaveBeenCalledOnce();
    await unmountAll();
    expect(document.activeElement).toBe(before);
  });

  it('closes by its button and by a press beside it, not by one inside', async () => {
    const onclose = vi.fn();
    await show(Dialog, { title: 'History', onclose, children: text('<p>inside</p>') });
    find('p').dispatchEvent(new Event('pointerdown', { bubbles: true }));
    expect(onclose).not.toHaveBeenCalled();
    find('dialog').dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await press(find('button', 'Close'));
    expect(onclose).toHaveBeenCalledTimes(2);
  });
});

describe('Menu', () => {
  const ran: string[] = [];
  const items: MenuItem[] = [
    { label: 'Details…', run: () => ran.push('details') },
    'line',
    { heading: 'Recent' },
    { label: 'Export', disabled: true, run: () => ran.push('export') },
    { label: 'Delete', danger: true, run: () => ran.push('delete') },
    { label: 'Light', checked: true, run: () => ran.push('light') },
  ];
  const focused = (): string => document.activeElement?.textContent?.replace('✓', '').trim() ?? '';
  const onFocus = (name: string, more?: KeyboardEventInit): boolean =>
    key(name, document.activeElement ?? document, more);

  async function open(): Promise<void> {
    ran.length = 0;
    await show(Menu, { label: 'More', items, children: text('…') });
    await press(find('button', 'More'));
  }

  it('opens on its first item and has nothing for axe to find', async () => {
    await open();
    expect(find('button', 'More').getAttribute('aria-expanded')).toBe('true');
    expect(focused()).toBe('Details…');
    expect(find('[role=menuitemradio]').getAttribute('aria-checked')).toBe('true');
    expect(await violations()).toEqual([]);
  });

  it('moves by arrows over what can be chosen, around its ends, and by letters', async () => {
    await open();
    const seen = ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'End'].map((name) => {
      onFocus(name);
      return focused();
    });
    expect(seen).toEqual(['Delete', 'Light', 'Details…', 'Light', 'Details…', 'Light']);
    onFocus('d');
    expect(focused()).toBe('Details…');
    onFocus('e', { ctrlKey: true });
    expect(focused()).toBe('Details…');
  });

  it('runs what is chosen and gives the focus back', async () => {
    await open();
    await press(find('[role=menuitem][data-item=Delete]'));
    expect(ran).toEqual(['delete']);
    expect(document.querySelector('[role=menu]')).toBeNull();
    expect(document.activeElement).toBe(find('button', 'More'));
  });

  it.each(['Escape', 'Tab'])('closes on %s without running anything', async (name) => {
    await open();
    onFocus(name);
    expect(document.querySelector('[role=menu]')).toBeNull();
    expect([ran, document.activeElement]).toEqual([[], find('button', 'More')]);
  });

  it('closes on a press elsewhere', async () => {
    await open();
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    type(document.body.appendChild(document.createElement('input')), '');
    expect(document.querySelector('[role=menu]')).toBeNull();
  });
});

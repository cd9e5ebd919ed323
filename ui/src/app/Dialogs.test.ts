import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settled, type Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { views, type DialogRequest } from '../stores/views.svelte';
import { run as runCommand } from './commands';
import Dialogs from './Dialogs.svelte';
import Header from './Header.svelte';
import Messages from './Messages.svelte';
import { project } from '../stores/project.svelte';
import { clear, field, find, key, nameOf, openProject, press, show, STATE, type, violations } from './window.fixture';

let fake: Fake;
afterEach(() => clear(fake));

async function open(asked: DialogRequest, replies: Parameters<typeof openProject>[0] = {}): Promise<void> {
  fake = await openProject({
    export_preview: () => ({ markdown: '', highlights: 0, documents: 0, whole: true, damaged: [] }),
    review_list: () => [],
    ...replies,
  });
  project.take(STATE);
  await show(Dialogs, {});
  views.open(asked);
  await settled();
  flushSync();
}

const refused = [
  { name: 'x.png', error: { code: 'import_binary' as const, message: 'x.png is a picture.', detail: null } },
];
const report = {
  ok: false,
  documents: 1,
  highlights: 2,
  links: 0,
  problems: [{ code: 'quote', message: 'A quote differs.' }],
};

it.each([
  ['Export notes', { name: 'export' }],
  ['Edit tag', { name: 'tag', tag: 't-mil' }],
  ['New tag', { name: 'tag', tag: null }],
  ['Delete military?', { name: 'tag', tag: 't-mil', deleting: true }],
  ['Merge tags', { name: 'merge', tag: 't-mil' }],
  ['Document details', { name: 'details', document: 'd-1' }],
  ['New document from pasted text', { name: 'paste' }],
  ['Keyboard shortcuts', { name: 'keys' }],
  ['History', { name: 'history' }],
  ['Command palette', { name: 'palette' }],
  ['Review', { name: 'review' }],
  ['Correct text', { name: 'correct', range: { start: 0, end: 0 } }],
  ['1 file was not imported', { name: 'refused', refused }],
  ['Check of the project', { name: 'check', report }],
  ['Sure?', { name: 'confirm', title: 'Sure?', text: 'It goes.', confirm: 'Go', run: () => undefined }],
] as [string, DialogRequest][])(
  '"%s" opens by its name, has nothing for axe to find, and closes',
  async (title, asked) => {
    await open(asked);
    const dialog = find('dialog', title);
    expect(dialog.contains(document.activeElement)).toBe(true);
    expect(await violations()).toEqual([]);
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    flushSync();
    expect(document.querySelector('dialog')).toBeNull();
  },
);

describe('a question', () => {
  it('does what was confirmed, after it is gone', async () => {
    const run = vi.fn(() => expect(document.querySelector('dialog')).toBeNull());
    await open({ name: 'confirm', title: 'Sure?', text: 'It goes.', confirm: 'Go', run });
    await press(find('button', 'Go'));
    expect(run).toHaveBeenCalledOnce();
    expect(messages.list).toEqual([]);
  });

  it('does nothing when cancelled, which has the focus', async () => {
    const run = vi.fn();
    await open({ name: 'confirm', title: 'Sure?', text: 'It goes.', confirm: 'Go', run });
    expect(document.activeElement).toBe(find('button', 'Cancel'));
    await press(find('button', 'Cancel'));
    expect(run).not.toHaveBeenCalled();
  });
});

describe('the palette', () => {
  const input = (): HTMLInputElement => find('[role=combobox]') as HTMLInputElement;
  const chosen = (): string => nameOf(find('[role=option][aria-selected=true]'));

  it('runs what is chosen by keys', async () => {
    await open({ name: 'palette' });
    type(input(), 'dashb');
    expect(chosen()).toContain('Dashboard');
    key('Enter', input());
    await settled();
    expect(views.current).toBe('dashboard');
    expect(views.dialog).toBeNull();
  });

  it('moves around its ends and tells which one is meant', async () => {
    await open({ name: 'palette' });
    key('ArrowUp', input());
    await settled();
    flushSync();
    expect(chosen()).toContain('Keyboard shortcuts');
    expect(input().getAttribute('aria-activedescendant')).toBe(find('[aria-selected=true]').id);
  });

  it('asks for the tag that a command is about, and goes back with Backspace', async () => {
    await open({ name: 'palette' });
    type(input(), 'merge');
    expect(chosen()).toContain('Edit tag → Merge tags…');
    key('Enter', input());
    await settled();
    flushSync();
    expect(nameOf(input())).toBe('Which tag?');
    expect(await violations()).toEqual([]);
    key('Backspace', input());
    await settled();
    flushSync();
    expect(nameOf(input())).toBe('Command, document or tag');
    type(input(), 'merge');
    key('Enter', input());
    await settled();
    flushSync();
    type(input(), 'econ');
    key('Enter', input());
    await settled();
    expect(views.dialog).toEqual({ name: 'merge', tag: 't-eco' });
  });

  it('opens a document by its title', async () => {
    const opened = vi.spyOn(reading, 'open').mockResolvedValue();
    await open({ name: 'palette' });
    type(input(), 'rouble');
    key('Enter', input());
    await settled();
    expect(opened).toHaveBeenCalledWith('d-2');
  });
});

it('lists refused files with heading and sentence', async () => {
  await open({ name: 'refused', refused });
  expect(find('dialog').textContent).toContain('The file is not a text');
  expect(find('dialog').textContent).toContain('x.png is a picture.');
});

it('shows each problem that the check found', async () => {
  await open({ name: 'check', report });
  expect(find('dialog').textContent).toContain('1 problem found');
  expect(find('dialog').textContent).toContain('A quote differs.');
});

it('keeps pasted text when the core refuses it', async () => {
  await open(
    { name: 'paste' },
    { document_paste: () => Promise.reject({ code: 'text_too_long', message: 'It is too long.', detail: null }) },
  );
  type(field('Text'), 'Some text');
  await press(find('button', 'Make document'));
  expect(find('dialog').textContent).toContain('It is too long.');
  expect(field('Text').value).toBe('Some text');
});

describe('messages', () => {
  it('are in the live region, with heading and sentence, and can be dismissed', async () => {
    fake = await openProject();
    await show(Messages, {});
    const region = find('[role=status]', 'Messages');
    messages.fail({ code: 'disk_full', message: 'Nothing was written.', detail: null });
    flushSync();
    expect(region.textContent).toContain('The disk is full');
    expect(region.textContent).toContain('Nothing was written.');
    expect(await violations()).toEqual([]);
    await press(find('button', 'Dismiss'));
    expect(region.textContent?.trim()).toBe('');
  });

  it('offer their action once', async () => {
    fake = await openProject();
    await show(Messages, {});
    const run = vi.fn();
    messages.say('Deleted', { label: 'Undo', run });
    flushSync();
    await press(find('button', 'Undo'));
    expect(run).toHaveBeenCalledOnce();
    expect(messages.list).toEqual([]);
  });

  it('take the focus by a key, a question first, and give it back', async () => {
    fake = await openProject();
    const before = document.body.appendChild(
      Object.assign(document.createElement('button'), { textContent: 'Before' }),
    );
    await show(Messages, {});
    const asked = vi.fn();
    messages.say('Deleted', { label: 'Undo', run: vi.fn() });
    messages.ask('Changed on disk.', { label: 'New version', run: vi.fn() }, { label: 'Not now', run: asked });
    flushSync();
    expect(await violations()).toEqual([]);
    expect(find('.question').querySelectorAll('button')).toHaveLength(2);
    before.focus();
    runCommand('view.messages');
    flushSync();
    expect(nameOf(document.activeElement as Element)).toBe('New version');
    key('Escape', document.activeElement as Element);
    expect(document.activeElement).toBe(before);
    expect(messages.list).toHaveLength(2);
    runCommand('view.messages');
    flushSync();
    find('button', 'Not now').focus();
    await press(find('button', 'Not now'));
    expect(asked).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(before);
  });
});

describe('the header', () => {
  async function header(): Promise<void> {
    fake = await openProject({ project_open_recent: () => STATE });
    project.take(STATE);
    document.body.append(Object.assign(document.createElement('div'), { id: 'view' }));
    await show(Header, {});
  }

  it('has tabs by these names, one of them chosen, and nothing for axe to find', async () => {
    await header();
    find('[role=tablist]', 'Views');
    expect([...document.querySelectorAll('[role=tab]')].map(nameOf)).toEqual(['Read', 'Dashboard', 'Links', 'Search']);
    expect(nameOf(find('[aria-selected=true]'))).toBe('Read');
    expect(await violations()).toEqual([]);
  });

  it('moves among the tabs by arrows, around the ends', async () => {
    await header();
    find('#tab-read').focus();
    key('ArrowLeft', find('#tab-read'));
    expect(views.current).toBe('search');
    expect(document.activeElement).toBe(find('#tab-search'));
    key('Home', find('#tab-search'));
    expect(views.current).toBe('read');
  });

  it('opens a recent project by its place in the list', async () => {
    await header();
    await press(find('button[data-tip="Project Eurasia desk"]'));
    await press(find('[data-item=Arctic]'));
    expect(fake.argsOf('project_open_recent')).toEqual([{ index: 0 }]);
  });

  it('says that all is saved', async () => {
    await header();
    expect(find('header').textContent).toContain('Saved');
  });
});

import { afterEach, expect, it } from 'vitest';
import { clear, find, HISTORY, key, openProject, press, show, violations } from '../app/window.fixture';
import type { Change } from '../api/contract';
import { settled, type Fake } from '../stores/fake.fixture';
import HistoryDialog from './HistoryDialog.svelte';

let fake: Fake;
afterEach(() => clear(fake));

it('lists what was done, newest first, and marks what is undone', async () => {
  fake = await openProject();
  await show(HistoryDialog, { onclose: () => undefined });
  find('dialog', 'History');
  const rows = [...document.querySelectorAll('li')];
  expect(rows.map((row) => row.querySelector('.label')?.textContent)).toEqual([
    'Tagged “oil” economic',
    'Wrote a note',
  ]);
  expect(rows.map((row) => row.querySelector('em')?.textContent)).toEqual(['undone', undefined]);
  expect(await violations()).toEqual([]);
});

it('undoes and redoes by button and by key, and shows the list anew', async () => {
  const change = HISTORY[1] as Change;
  fake = await openProject({ undo: () => change, redo: () => change });
  await show(HistoryDialog, { onclose: () => undefined });
  await press(find('footer button'));
  key('z', window, { ctrlKey: true, shiftKey: true });
  await settled();
  expect([fake.argsOf('undo').length, fake.argsOf('redo').length]).toEqual([1, 1]);
  expect(fake.argsOf('history_list').length).toBeGreaterThanOrEqual(3);
});

it('says that nothing was changed yet, and offers nothing to undo', async () => {
  fake = await openProject({ history_list: () => [] });
  await show(HistoryDialog, { onclose: () => undefined });
  expect(find('dialog').textContent).toContain('Nothing has been changed yet');
  expect([...document.querySelectorAll<HTMLButtonElement>('footer button')].map((one) => one.disabled)).toEqual([
    true,
    true,
    false,
  ]);
});

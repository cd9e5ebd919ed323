import { expect, test } from 'vitest';
import { flushSync, mount, unmount } from 'svelte';
import axe from 'axe-core';
import ProgressBar from './ProgressBar.svelte';
import { fakeBackend, settled } from '../stores/fake.fixture';
import { progress } from '../stores/progress.svelte';

test('shows how far an import has come, and can stop it', async () => {
  const fake = fakeBackend({ import_cancel: () => null });
  const shown = mount(ProgressBar, { target: document.body });
  expect(document.querySelector('progress')).toBeNull();
  progress.now = { done: 2, total: 40, name: 'cable.txt' };
  flushSync();
  expect(document.body.textContent).toContain('Importing 3 of 40');
  expect(document.body.textContent).toContain('cable.txt');
  expect((await axe.run(document.body, { rules: { region: { enabled: false } } })).violations).toEqual([]);
  document.querySelector('button')?.click();
  await settled();
  expect(fake.argsOf('import_cancel')).toEqual([{}]);
  progress.now = null;
  flushSync();
  expect(document.querySelector('progress')).toBeNull();
  await unmount(shown);
});

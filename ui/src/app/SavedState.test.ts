import { tick } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { clear, find, openProject, show } from './window.fixture';
import { pending, type Fake } from '../stores/fake.fixture';
import { saving } from '../stores/saving.svelte';
import SavedState from './SavedState.svelte';

let fake: Fake;
afterEach(() => clear(fake));

const said = (): string => find('span').textContent;

it('never says saved beside a letter that was typed: the word changes before the next frame', async () => {
  fake = await openProject({});
  await show(SavedState, {});
  expect(said()).toBe('Saved');
  const unsent = saving.begin();
  await tick();
  expect(said()).toBe('Saving…');
  unsent.refused();
  await tick();
  expect(said()).toBe('Not saved');
  unsent.again();
  await tick();
  expect(said()).toBe('Saving…');
  unsent.end();
  await tick();
  expect(said()).toBe('Saved');
});

it('says that something is being saved until it is, and nothing of what is saved at once', async () => {
  fake = await openProject({});
  await show(SavedState, {});
  const heard: string[] = [];
  new MutationObserver(() => heard.push(said())).observe(find('span'), {
    subtree: true,
    characterData: true,
    childList: true,
  });
  await saving.track(Promise.resolve());
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(heard).toEqual([]);
  const slow = pending<null>();
  void saving.track(slow.promise);
  await vi.waitFor(() => expect(said()).toBe('Saving…'));
  slow.resolve(null);
  await vi.waitFor(() => expect(said()).toBe('Saved'));
  const failed = saving.track(
    Promise.reject(Object.assign(new Error('full'), { code: 'disk_full', message: 'full', detail: null })),
  );
  await expect(failed).rejects.toThrow();
  await vi.waitFor(() => expect(said()).toBe('Not saved'));
});

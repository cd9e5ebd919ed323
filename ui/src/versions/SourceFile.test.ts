import { afterEach, expect, it } from 'vitest';
import { clear, find, nameOf, openProject, press, show, violations } from '../app/window.fixture';
import type { SourceFile as File } from '../api/contract';
import type { Fake } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import SourceFile from './SourceFile.svelte';

let fake: Fake;
let file: File | null;
afterEach(() => clear(fake));

async function source(state: File['state'] | null): Promise<void> {
  file = state && { name: 'harbour.md', state };
  fake = await openProject({
    source_state: () => file,
    source_take: () => (
      (file = { name: 'harbour.md', state: 'same' }),
      { name: 'harbour.md', changed: true, undecoded: 0 }
    ),
    source_forget: () => ((file = null), null),
  });
  await show(SourceFile, { document: 'd-1' });
}
const buttons = (): string[] => [...document.querySelectorAll('button')].map(nameOf);

it('offers a new version only of a file that changed', async () => {
  await source('changed');
  expect(find('section', 'File').textContent).toContain('harbour.md');
  expect(document.body.textContent).toContain('changed on disk');
  expect(await violations()).toEqual([]);
  await press(find('button', 'New version from the file'));
  expect(fake.argsOf('source_take')).toEqual([{ document: 'd-1' }]);
  expect(document.body.textContent).toContain('as it was imported');
  expect(buttons()).toEqual(['Stop watching']);
  expect(nameOf(document.activeElement as Element)).toBe('Stop watching');
});

it('forgets a file, also one that is not there any more', async () => {
  await source('gone');
  expect(document.body.textContent).toContain('not found where it was');
  await press(find('button', 'Stop watching'));
  expect(fake.argsOf('source_forget')).toEqual([{ document: 'd-1' }]);
  expect(document.querySelector('section')).toBeNull();
  expect(messages.list[0]?.text).toBe('“harbour.md” is not watched any more');
});

it('is not there for a document whose file nobody watches', async () => {
  await source(null);
  expect(document.querySelector('section')).toBeNull();
});

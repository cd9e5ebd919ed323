import { afterEach, expect, it } from 'vitest';
import { clear, openProject } from '../app/window.fixture';
import { settled, type Fake, type Replies } from './fake.fixture';
import { messages } from './messages.svelte';
import { sources } from './sources.svelte';

let fake: Fake;
afterEach(() => clear(fake));

const HARBOUR = { document: 'd-1', title: 'Гавань 항구' };
const RAIL = { document: 'd-2', title: 'Rail' };
const texts = (): string[] => messages.list.map(({ text }) => text);

async function start(replies: Replies = {}): Promise<void> {
  fake = await openProject({
    source_take: () => ({ name: 'harbour.md', changed: true, undecoded: 0 }),
    source_decline: () => null,
    ...replies,
  });
}

/** Presses a button of the one question. */
async function answer(which: 'action' | 'otherwise'): Promise<void> {
  const question = messages.list.find(({ tone }) => tone === 'question');
  if (!question) throw new Error('nothing is asked');
  messages.dismiss(question.id);
  question[which]?.run();
  await settled();
}

it('takes nothing by itself, and the file when told to', async () => {
  await start();
  sources.hear([HARBOUR]);
  await settled();
  expect(texts()).toEqual(['“Гавань 항구” changed on disk since it was imported.']);
  expect(messages.list[0]).toMatchObject({ action: { label: 'New version' }, otherwise: { label: 'Not now' } });
  expect(fake.argsOf('source_take')).toEqual([]);
  await answer('action');
  expect(fake.argsOf('source_take')).toEqual([{ document: 'd-1' }]);
  expect(texts()).toEqual(['The text is now that of “harbour.md”']);
  expect(messages.list[0]).toMatchObject({ action: { label: 'Undo' } });
});

it('asks about one document at a time, and about none again that was declined', async () => {
  await start();
  sources.hear([HARBOUR, RAIL]);
  expect(texts()).toEqual(['“Гавань 항구” changed on disk since it was imported. So did 1 other document.']);
  await answer('otherwise');
  expect(fake.argsOf('source_decline')).toEqual([{ document: 'd-1' }]);
  expect(texts()).toEqual(['“Rail” changed on disk since it was imported.']);
});

it('asks the same once, and no more when there is nothing to take', async () => {
  await start();
  sources.hear([HARBOUR]);
  const [first] = messages.list;
  sources.hear([{ ...HARBOUR }]);
  expect(messages.list).toEqual([first]);
  sources.hear([]);
  expect(texts()).toEqual([]);
});

it('says when the text is the same, and what was refused', async () => {
  let refused = false;
  const gone = { code: 'import_missing' as const, message: '“harbour.md” does not exist.', detail: null };
  await start({
    source_take: () => (refused ? Promise.reject(gone) : { name: 'harbour.md', changed: false, undecoded: 0 }),
  });
  sources.hear([HARBOUR]);
  await answer('action');
  expect(texts()).toEqual(['“harbour.md” has the same text; nothing was changed']);
  refused = true;
  sources.hear([HARBOUR]);
  await answer('action');
  expect(texts()).toContain('“harbour.md” does not exist.');
});

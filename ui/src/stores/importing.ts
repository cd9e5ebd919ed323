// What happens around an import: the files are picked or dropped in the shell, and this file says what came of it.

import { call } from '../api/call';
import type { Imported } from '../api/contract';
import { words } from '../shared/words';
import { documents } from './documents.svelte';
import { messages } from './messages.svelte';
import { reading } from './reading.svelte';
import { saving } from './saving.svelte';
import { views } from './views.svelte';

/** Lets files be picked, or folders, and imports them; of web pages everything that is seen, if asked for. */
export async function pickFiles({ folders = false, wholePage = false } = {}): Promise<void> {
  try {
    await saving.flush();
    await reportImport(await saving.track(call('import_pick', { folders, wholePage })));
  } catch (error) {
    messages.fail(error);
  }
}

/** Makes a document of a text that was pasted; rejects with an `ApiError`. */
export async function pasteText(text: string, title: string): Promise<void> {
  const trimmed = title.trim();
  const document = await saving.track(call('document_paste', trimmed ? { text, title: trimmed } : { text }));
  await reportImport({ documents: [document.id], refused: [], passed: 0, undecoded: [] });
}

/** Says what was imported and what was left out, opens the first document, and lists what was refused. */
export async function reportImport({ documents: imported, refused, passed, undecoded }: Imported): Promise<void> {
  if (refused.length > 0) views.open({ name: 'refused', refused });
  for (const { name, characters } of undecoded) messages.say(words.app.importing.undecoded(name, characters));
  if (passed > 0) messages.say(words.app.importing.passed(passed));
  const [first] = imported;
  if (first === undefined) return;
  messages.say(words.app.importing.done(imported.length));
  await documents.reload();
  views.show('read');
  await reading.open(first);
}

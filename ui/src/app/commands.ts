// What each command of the key table does. Total over the table: a command without an action does not type-check.
// Where a key acts is decided in keyboard.ts; what it looks like in keys.ts.

import { tick } from 'svelte';
import { call } from '../api/call';
import type { Theme } from '../api/contract';
import type { CommandId } from '../shared/keys';
import { words } from '../shared/words';
import { documents } from '../stores/documents.svelte';
import { figures } from '../stores/figures.svelte';
import { finding } from '../stores/finding.svelte';
import { history } from '../stores/history.svelte';
import { pickFiles } from '../stores/importing';
import { marking } from '../stores/marking';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { saving } from '../stores/saving.svelte';
import { settings } from '../stores/settings.svelte';
import { tags } from '../stores/tags.svelte';
import { views, type View } from '../stores/views.svelte';
import { walking } from '../stores/walking';
import { correctHere, versionOfThis, wholePageOfThis } from '../versions/correcting';

type Action = () => unknown;

export const actions: Readonly<Record<CommandId, Action>> = {
  'reading.nextSentence': () => walking.sentence(1, false),
  'reading.previousSentence': () => walking.sentence(-1, false),
  'reading.extendNext': () => walking.sentence(1, true),
  'reading.extendPrevious': () => walking.sentence(-1, true),
  'reading.endLater': () => walking.word('end', 1),
  'reading.endEarlier': () => walking.word('end', -1),
  'reading.startLater': () => walking.word('start', 1),
  'reading.startEarlier': () => walking.word('start', -1),
  'reading.nextHighlight': () => walking.highlight(1),
  'reading.previousHighlight': () => walking.highlight(-1),
  'reading.pageDown': () => walking.page(1),
  'reading.pageUp': () => walking.page(-1),
  'reading.home': () => walking.edge('start'),
  'reading.end': () => walking.edge('end'),
  'reading.selectAll': () => walking.selectAll(),
  'reading.find': () => inText(() => finding.begin()),
  'reading.findNext': () => inText(() => finding.step(1)),
  'reading.findPrevious': () => inText(() => finding.step(-1)),
  'reading.back': () => {
    show('read');
    return reading.back();
  },

  'marking.openCard': () => marking.openCard(),
  'marking.note': () => marking.note(),
  'marking.tag': () => choose('marking.tag'),
  'marking.link': () => marking.link(),
  'marking.confirm': confirmPlace,
  'marking.remove': () => marking.removeActive(),
  'history.undo': () => history.undo(),
  'history.redo': () => history.redo(),
  'history.show': () => views.open({ name: 'history' }),

  'view.read': () => show('read'),
  'view.dashboard': () => show('dashboard'),
  'view.links': () => show('links'),
  'view.search': () => views.search(),
  'review.show': () => views.open({ name: 'review' }),
  'view.outline': () => views.outline(),
  'view.messages': () => messages.focus(),
  palette: () => views.open({ name: 'palette' }),

  'documents.open': () => choose('documents.open'),
  'documents.filter': () => (views.focusFilter += 1),
  'documents.details': () => choose('documents.details'),
  'documents.export': () => choose('documents.export'),
  'documents.delete': () => choose('documents.delete'),
  'documents.removeSample': removeSample,
  'documents.import': () => pickFiles(),
  'documents.importFolders': () => pickFiles({ folders: true }),
  'documents.importWhole': () => pickFiles({ wholePage: true }),
  'documents.original': saveOriginal,
  'documents.paste': () => views.open({ name: 'paste' }),
  'documents.correct': correctHere,
  'documents.print': () =>
    inText(() => (reading.document ? window.print() : messages.say(words.reader.nothingToPrint))),
  'documents.version': () => versionOfThis(),
  'documents.wholePage': () => wholePageOfThis(),
  'documents.fill': fillDetails,
  'list.edit': () => inList({ document: openDetails, tag: (tag) => views.open({ name: 'tag', tag }) }),
  'list.remove': () =>
    inList({
      document: (document) => documents.askToRemove(document),
      tag: (tag) => views.open({ name: 'tag', tag, deleting: true }),
    }),
  'tags.create': () => views.open({ name: 'tag', tag: null }),
  'tags.inside': () => choose('tags.inside'),
  'tags.edit': () => choose('tags.edit'),
  'tags.merge': () => choose('tags.merge'),
  'tags.delete': () => choose('tags.delete'),
  'tags.only': () => choose('tags.only'),
  'tags.clearFilter': () => tags.filter.clear(),
  'figures.save': () => {
    // Its figures are there to be chosen from as soon as it is drawn.
    show('dashboard');
    choose('figures.save');
  },
  export: () => views.open({ name: 'export' }),
  'project.new': () => leaveFor(() => call('project_new', {})),
  'project.open': () => leaveFor(() => call('project_open', {})),
  'project.recent': () => choose('project.recent'),
  'project.copy': copyProject,
  'project.check': async () => views.open({ name: 'check', report: await call('project_check', {}) }),
  'project.compact': () =>
    views.open({
      name: 'confirm',
      title: words.app.project.compactTitle,
      text: words.app.project.compactText,
      confirm: words.app.project.compact,
      danger: true,
      run: compactProject,
    }),

  'theme.system': () => setTheme('system'),
  'theme.light': () => setTheme('light'),
  'theme.dark': () => setTheme('dark'),
  'settings.wholeWords': async () => {
    await settings.set({ wholeWords: !settings.value.wholeWords });
    messages.say(words.app.settings.wholeWords(settings.value.wholeWords));
  },
  'settings.singleKeys': async () => {
    await settings.set({ singleKeys: !settings.value.singleKeys });
    messages.say(words.app.settings.singleKeys(settings.value.singleKeys));
  },
  'settings.watchSources': async () => {
    await settings.set({ watchSources: !settings.value.watchSources });
    messages.say(words.app.settings.watchSources(settings.value.watchSources));
  },
  help: () => views.open({ name: 'keys' }),
};

/** What the commands do with the tag, the document or the recent project (its place in the list) that was chosen. */
export const withChosen: Readonly<Partial<Record<CommandId, (id: string) => unknown>>> = {
  'marking.tag': (tag) => marking.applyTag(tag),
  'documents.open': (document) => {
    show('read');
    return reading.read(document);
  },
  'documents.details': openDetails,
  'documents.export': (document) => views.open({ name: 'export', options: { documents: [document] } }),
  'documents.delete': (document) => documents.askToRemove(document),
  'tags.inside': (parent) => views.open({ name: 'tag', tag: null, parent }),
  'tags.edit': (tag) => views.open({ name: 'tag', tag }),
  'tags.merge': (tag) => views.open({ name: 'merge', tag }),
  'tags.delete': (tag) => views.open({ name: 'tag', tag, deleting: true }),
  'tags.only': (tag) => {
    tags.filter.clear();
    tags.filter.add(tag);
  },
  'figures.save': (title) => figures.save(title),
  'project.recent': (at) => openRecent(Number(at)),
};

// What a person can do when nothing can be written to the project any more.
for (const code of ['project_moved', 'project_disk_full'] as const)
  messages.remedy(code, { label: words.app.project.saveCopy, run: () => run('project.copy') });
messages.remedy('project_overwritten', {
  label: words.app.project.reopen,
  run: () => void attempt(() => call('project_reopen', {})),
});

/** Runs a command; what it refuses is said, never thrown. */
export function run(id: CommandId): void {
  void attempt(actions[id]);
}

/** Runs `action` and says what went wrong with it, if anything. */
export async function attempt(action: Action): Promise<void> {
  try {
    await action();
  } catch (error) {
    messages.fail(error);
  }
}

/** Opens one of the projects that were open before; `index` into the state's list. */
export function openRecent(index: number): Promise<void> {
  return attempt(() => leaveFor(() => call('project_open_recent', { index })));
}

/** Lets the person choose what a command is about. */
function choose(choosing: CommandId): void {
  views.open({ name: 'palette', choosing });
}

function show(view: View): void {
  views.show(view);
}

/** Does something in the text, once the view that shows it stands there. */
async function inText(act: () => unknown): Promise<void> {
  show('read');
  await tick();
  act();
}

function setTheme(theme: Theme): Promise<void> {
  return settings.set({ theme });
}

/** What is being typed is saved before another project takes the window; the shell announces that one by an event. */
async function leaveFor(open: () => Promise<unknown>): Promise<void> {
  await saving.flush();
  if (!saving.unsaved) {
    await open();
    return;
  }
  views.open({
    name: 'confirm',
    title: words.app.leaving.title,
    text: words.app.leaving.text,
    confirm: words.app.leaving.confirm,
    danger: true,
    run: async () => void (await open()),
  });
}

async function copyProject(): Promise<void> {
  await saving.flush();
  // It writes nothing to the project: what could not be saved there stays unsaved.
  const { name } = await call('project_copy', {});
  if (name) messages.say(words.app.project.copied(name));
}

async function saveOriginal(): Promise<void> {
  const document = reading.document?.document.id;
  if (document === undefined) return;
  const { name } = await call('original_save', { document });
  if (name) messages.say(words.app.importing.originalSaved(name));
}

async function compactProject(): Promise<void> {
  await saving.flush();
  const { before, after, texts } = await saving.track(call('project_compact', {}));
  messages.say(words.app.project.compacted(before, after, texts));
}

function fillDetails(): void {
  const document = reading.about?.id;
  if (document === undefined) messages.say(words.review.correct.nothingOpen);
  else views.open({ name: 'details', document, filling: true });
}

async function confirmPlace(): Promise<void> {
  const passage = reading.active === null ? undefined : reading.passages.get(reading.active);
  if (passage?.doubtful) await marking.confirmPlace(passage.id);
  else messages.say(passage ? words.app.palette.noPlace : words.reader.nothingMarked);
}

function removeSample(): void {
  const sample = documents.list.find((one) => one.sample);
  if (sample) void documents.remove(sample.id);
  else messages.say(words.app.palette.noSample);
}

function openDetails(document: string): void {
  views.open({ name: 'details', document });
}

/** Acts on the document or tag whose row holds the focus. */
function inList(on: { document: (id: string) => void; tag: (id: string) => void }): void {
  const row = document.activeElement?.closest<HTMLElement>('[data-document], [data-tag]');
  if (row?.dataset.document) on.document(row.dataset.document);
  else if (row?.dataset.tag) on.tag(row.dataset.tag);
}

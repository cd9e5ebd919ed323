// Keeping the stores true: what the shell announces, and who reloads because of it. Stores are told by topic; no view
// guesses. Counts of highlights stand in the lists of documents and tags, so these follow the highlights too.

import { call, on } from '../api/call';
import type { Changes, DesktopState, DocumentId, ErrorCode, Topic } from '../api/contract';
import { painted } from '../shared/painted';
import { words } from '../shared/words';
import { awaiting } from '../stores/awaiting.svelte';
import { documents } from '../stores/documents.svelte';
import { drafts } from '../stores/drafts';
import { history } from '../stores/history.svelte';
import { reportImport } from '../stores/importing';
import { linking } from '../stores/linking.svelte';
import { messages } from '../stores/messages.svelte';
import { progress } from '../stores/progress.svelte';
import { project } from '../stores/project.svelte';
import { placing } from '../stores/placing.svelte';
import { reading } from '../stores/reading.svelte';
import { relations } from '../stores/relations.svelte';
import { saving } from '../stores/saving.svelte';
import { sources } from '../stores/sources.svelte';
import { tags } from '../stores/tags.svelte';
import { views } from '../stores/views.svelte';

const OWNED: readonly (readonly [topics: readonly Topic[], reload: () => Promise<unknown>])[] = [
  [['documents', 'highlights', 'tags'], reloadDocuments],
  [['tags', 'highlights'], () => tags.reload()],
  [['relations', 'links'], () => relations.reload()],
];

/** A text that changed meanwhile may have left highlights that await a person. */
async function reloadDocuments(): Promise<void> {
  const before = documents.list;
  await documents.reload();
  await awaiting.announce(before, documents.list);
}

/** What keeps a project as it is open now from being written. */
const TROUBLES: readonly ErrorCode[] = ['project_moved', 'project_overwritten', 'project_disk_full'];

let news: Changes | null = null;

/**
 * Takes note of a change. What the person did is painted first; what came together meanwhile is then taken in as one.
 */
export async function hear(changes: Changes): Promise<void> {
  if (news) {
    news = together(news, changes);
    return;
  }
  news = changes;
  await painted();
  const heard = news;
  news = null;
  await refresh(heard);
}

/** Two changes as one. Where a list stands for everything, so does the list of both. */
export function together(one: Changes, other: Changes): Changes {
  const all = <T>(first: readonly T[], second: readonly T[]): T[] => [...new Set([...first, ...second])];
  const anyDocument = [one, other].some(
    ({ topics, documents }) => topics.includes('documents') && documents.length === 0,
  );
  return {
    topics: all(one.topics, other.topics),
    documents: anyDocument ? [] : all(one.documents, other.documents),
    highlights: one.highlights && other.highlights && all(one.highlights, other.highlights),
  };
}

/** Everything a change names comes in again; resolves when it has. */
export async function refresh(changes: Changes): Promise<void> {
  const due = OWNED.filter(([topics]) => topics.some((topic) => changes.topics.includes(topic)));
  if (views.dialog?.name === 'history') due.push([[], () => history.reload()]);
  await settle([...due.map(([, reload]) => reload), async () => reading.refresh(changes)]);
}

/** Loads what the window shows of the open project; the text of a document as soon as it is known which. */
export async function loadAll(wanted?: DocumentId): Promise<void> {
  await settle([() => documents.reload().then(() => openFirst(wanted)), () => tags.reload(), () => relations.reload()]);
}

/** Another project is open: nothing of the former one may stay, but for notes that could not be saved there. */
export async function takeProject(state: DesktopState): Promise<void> {
  const former = reading.document?.document.id;
  project.take(state);
  saving.renew();
  messages.forget(TROUBLES);
  reading.close();
  views.close();
  linking.cancel();
  placing.cancel();
  sources.hear([]);
  tags.filter.clear();
  // They belong to a copy of the former project as well.
  await drafts.flush();
  await loadAll(former);
}

/** Opens the wanted document, or else the first one, when none is open. */
async function openFirst(wanted: DocumentId | undefined): Promise<void> {
  const first = documents.list.find(({ id }) => id === wanted) ?? documents.list[0];
  if (!reading.document && first) await reading.open(first.id);
}

/** Saves what is being typed, then lets the window go. What could not be saved is not dropped without a question. */
export async function closeWindow(): Promise<void> {
  try {
    await saving.flush();
    if (saving.unsaved) {
      // The person has as long to answer as they want.
      await call('window_keep', {});
      views.open({
        name: 'confirm',
        title: words.app.closing.title,
        text: words.app.closing.text,
        confirm: words.app.closing.confirm,
        danger: true,
        run: async () => void (await call('window_close', {})),
      });
    } else await call('window_close', {});
  } catch (error) {
    messages.fail(error);
  }
}

/** Hears the shell until the returned function is called. */
export async function listen(dragging: (over: boolean) => void): Promise<() => void> {
  const fail = (error: unknown): void => messages.fail(error);
  const stops = await Promise.all([
    on('changed', (changes) => void hear(changes).catch(fail)),
    on('project', (state) => {
      void takeProject(state).catch(fail);
      messages.say(words.app.project.open(state.project.name));
    }),
    on('imported', (imported) => {
      dragging(false);
      void reportImport(imported).catch(fail);
    }),
    on('sources', (changed) => sources.hear(changed)),
    on('dragging', dragging),
    on('progress', (now) => (progress.now = now)),
    on('trouble', (trouble) => {
      saving.trouble = trouble !== null;
      if (trouble) messages.fail(trouble);
      else messages.forget(TROUBLES);
    }),
    on('closing', () => void closeWindow()),
  ]);
  return () => stops.forEach((stop) => stop());
}

/** Runs all, reports each failure by itself: one list that cannot be read must not keep the others away. */
async function settle(loads: readonly (() => Promise<unknown> | unknown)[]): Promise<void> {
  await Promise.all(
    loads.map(async (load) => {
      try {
        await load();
      } catch (error) {
        messages.fail(error);
      }
    }),
  );
}

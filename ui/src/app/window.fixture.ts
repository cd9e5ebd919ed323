// For tests only: a small project behind the fake backend, and the few gestures that tests of the window's frame share.

import axe from 'axe-core';
import { flushSync, mount, unmount, type Component } from 'svelte';
import type { Change, DesktopState, Document, Highlight, Relation, Tag } from '../api/contract';
import { documents } from '../stores/documents.svelte';
import { fakeBackend, settled, type Fake, type Replies } from '../stores/fake.fixture';
import { linking } from '../stores/linking.svelte';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { relations } from '../stores/relations.svelte';
import { settings } from '../stores/settings.svelte';
import { sources } from '../stores/sources.svelte';
import { tags } from '../stores/tags.svelte';
import { views } from '../stores/views.svelte';

export const TAGS: Tag[] = [
  tag('t-mil', 'military', '#D55E00', 'm', 3),
  tag('t-eco', 'economic', '#00805D', 'e', 2),
  { ...tag('t-fuel', 'fuel', '#8A6A00', null, 0), parent: 't-eco' },
];

export const DOCUMENTS: Document[] = [
  document_('d-1', 'Two isolated capitals', 'Sample desk', [{ tag: 't-mil', count: 3 }]),
  document_('d-2', 'Fuel, rail and rouble', 'Kovář', []),
];

export const RELATIONS: Relation[] = [
  { id: 'r-sup', label: 'supports', inverse: 'supported by', symmetric: false, links: 0 },
  { id: 'r-con', label: 'contradicts', inverse: 'contradicted by', symmetric: false, links: 1 },
  { id: 'r-rel', label: 'related', inverse: 'related', symmetric: true, links: 0 },
];

export const HIGHLIGHTS: Highlight[] = [
  highlight('h-1', 'each found in the other a partner', 'Need, not affinity', 1_000),
  highlight('h-2', 'Freight trains crossed the Tumen', '', 3_000),
  highlight('h-3', 'Officials have denied every delivery', 'Who?', 2_000),
];

export const HISTORY: Change[] = [
  { id: 'c-3', at: Date.UTC(2026, 2, 14, 14, 2), label: 'Tagged “oil” economic', undone: true },
  { id: 'c-2', at: Date.UTC(2026, 2, 14, 14, 1), label: 'Wrote a note', undone: false },
];

export const STATE: DesktopState = {
  version: '0.1.0',
  project: { name: 'Eurasia desk', folder: 'Documents' },
  recent: [{ name: 'Arctic', folder: 'work' }],
  settings: { theme: 'system', wholeWords: true, singleKeys: true, watchSources: true },
};

/** The version of a document. */
function versionOf(id: string): string {
  return `${id}-v`;
}

/** Puts the project behind the stores and loads them. */
export async function openProject(replies: Replies = {}, texts: Record<string, string> = {}): Promise<Fake> {
  const known: Replies = {
    desktop_state: () => STATE,
    document_list: () => DOCUMENTS,
    tag_list: () => TAGS,
    relation_list: () => RELATIONS,
    history_list: () => HISTORY,
    version_list: () => [],
    source_state: () => null,
    highlight_list: ({ ids }) => HIGHLIGHTS.filter(({ id }) => !ids || ids.includes(id)),
    ...replies,
  };
  const fake = fakeBackend(known, Object.fromEntries(Object.entries(texts).map(([id, text]) => [versionOf(id), text])));
  await Promise.all([documents.reload(), tags.reload(), relations.reload()]);
  return fake;
}

const mounted: Record<string, unknown>[] = [];

/** Mounts a component into the page and lets it settle. */
export async function show<Props extends object>(
  component: Component<Props, object>,
  props: NoInfer<Props>,
): Promise<void> {
  mounted.push(mount(component as Component, { target: document.body, props }));
  await settled();
  flushSync();
}

/** Takes what was mounted off the page. */
export async function unmountAll(): Promise<void> {
  for (const component of mounted.splice(0)) await unmount(component);
}

/** Takes everything away again, as before the first test. */
export async function clear(fake?: Fake): Promise<void> {
  await unmountAll();
  fake?.restore();
  reading.close();
  linking.cancel();
  views.close();
  views.show('read');
  tags.filter.clear();
  sources.hear([]);
  messages.clear();
  settings.take(STATE.settings);
  document.body.replaceChildren();
}

/** What axe finds. Contrast needs a real screen and is proved by numbers in tokens.test.ts and colour.test.ts. */
export async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The one element with a role and a name; fails when there is none. */
export function find(selector: string, name?: string): HTMLElement {
  const all = [...document.querySelectorAll<HTMLElement>(selector)];
  const found = name === undefined ? all[0] : all.find((element) => nameOf(element) === name);
  if (!found) throw new Error(`no ${selector} named ${name ?? 'anything'} among: ${all.map(nameOf).join(' | ')}`);
  return found;
}

/** What a person would call an element: its label, or its text. */
export function nameOf(element: Element): string {
  const labelled = element.getAttribute('aria-labelledby');
  const text =
    element.getAttribute('aria-label') ??
    (labelled ? document.getElementById(labelled)?.textContent : null) ??
    element.textContent ??
    '';
  return text.replace(/\s+/g, ' ').trim();
}

/** The text field of a label. */
export function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((one) => nameOf(one) === label);
  const input = found && document.getElementById(found.htmlFor);
  if (!input) throw new Error(`no field labelled ${label}`);
  return input as HTMLInputElement;
}

/** Types into a field what a person would. */
export function type(into: HTMLInputElement, text: string): void {
  into.value = text;
  into.dispatchEvent(new Event('input', { bubbles: true }));
  into.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

/** Presses an element and lets what follows happen. */
export async function press(element: HTMLElement): Promise<void> {
  element.click();
  await settled();
  flushSync();
}

/** Presses a key on an element; answers whether something took it. */
export function key(name: string, on: EventTarget = document.body, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more });
  on.dispatchEvent(event);
  flushSync();
  return event.defaultPrevented;
}

function tag(id: string, name: string, colour: string, keyName: string | null, highlights: number): Tag {
  return { id, name, parent: null, colour, key: keyName, definition: '', highlights };
}

function document_(id: string, title: string, author: string, bars: Document['tags']): Document {
  return {
    id,
    title,
    author,
    publisher: '',
    published: '2026-03-14',
    url: '',
    accessed: '',
    language: 'en',
    kind: '',
    found: [],
    version: versionOf(id),
    format: 'text',
    imported: Date.UTC(2026, 2, 15),
    words: 1240,
    highlights: bars.reduce((sum, { count }) => sum + count, 0),
    tags: bars,
    sample: false,
    whole_page: false,
    page_words: 0,
  };
}

function highlight(id: string, quote: string, note: string, updated: number): Highlight {
  return {
    id,
    document: 'd-1',
    start: 0,
    end: quote.length,
    quote,
    tags: ['military'],
    tagIds: ['t-mil'],
    note,
    created: 0,
    updated,
    anchor: { method: 'made', score: 1, confirmed: true },
    title: 'Two isolated capitals',
    paragraph: 1,
    page: null,
  };
}

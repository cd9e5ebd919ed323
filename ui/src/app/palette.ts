// The offers of the command palette for a query, best first. Without a query: the commands in the order of the table, or
// everything that can be chosen.

import type { DesktopState, Document, Tag } from '../api/contract';
import { commands, type Choosing, type Command } from '../shared/keys';
import { score } from '../shared/matching';
import { words } from '../shared/words';

export type Offer =
  | { kind: 'command'; key: string; name: string; command: Command }
  | { kind: 'document'; key: string; name: string; document: Document }
  | { kind: 'tag'; key: string; name: string; tag: Tag }
  | { kind: 'figure'; key: string; name: string }
  /** `at`: its place in the list of recent projects. */
  | { kind: 'recent'; key: string; name: string; detail: string; at: number };

/** The things that can be offered beside commands. */
export type Stock = {
  documents: readonly Document[];
  tags: readonly Tag[];
  recent: DesktopState['recent'];
  /** Titles. */
  figures: readonly string[];
};

/** As many as anyone reads. */
const AT_MOST = 60;

/** The palette itself is not offered in the palette. */
const OFFERED = commands.filter((command) => command.id !== 'palette');

/** `choosing`: offers only what a command asks for. */
export function offers(query: string, stock: Stock, choosing: Choosing | null = null): Offer[] {
  const all = choosing ? choices(choosing, stock) : everything(query, stock);
  if (query.trim() === '') return choosing ? all.slice(0, 5 * AT_MOST) : all;
  return all
    .flatMap((offer) => {
      const worth = worthOf(offer, query, choosing !== null);
      return worth === null ? [] : [{ offer, worth }];
    })
    .sort((a, b) => b.worth - a.worth)
    .slice(0, AT_MOST)
    .map(({ offer }) => offer);
}

/** A tag answers to its own name first, or all of them would stand before the commands about tags. */
function worthOf(offer: Offer, query: string, chosen: boolean): number | null {
  if (offer.kind === 'command') return score(offer.name, offer.command.synonyms, query);
  if (offer.kind === 'tag' && !chosen) return score(offer.tag.name, words.app.palette.tag, query);
  return score(offer.name, '', query);
}

function everything(query: string, stock: Stock): Offer[] {
  const all: Offer[] = OFFERED.map((command) => ({
    kind: 'command',
    key: `command ${command.id}`,
    name: command.name,
    command,
  }));
  if (query.trim() === '') return all;
  for (const tag of stock.tags)
    all.push({ kind: 'tag', key: `tag ${tag.id}`, name: `${words.app.palette.tag} ${tag.name}`, tag });
  return [...all, ...choices('document', stock)];
}

function choices(choosing: Choosing, { documents, tags, recent, figures }: Stock): Offer[] {
  switch (choosing) {
    case 'tag':
      return tags.map((tag) => ({ kind: 'tag', key: `tag ${tag.id}`, name: tag.name, tag }));
    case 'document':
      return documents.map((document) => ({
        kind: 'document',
        key: `document ${document.id}`,
        name: document.title || words.app.untitled,
        document,
      }));
    case 'figure':
      return figures.map((name) => ({ kind: 'figure', key: `figure ${name}`, name }));
    case 'recent':
      return recent.map(({ name, folder }, at) => ({ kind: 'recent', key: `recent ${at}`, name, detail: folder, at }));
  }
}

// What the command palette offers for a query, best first. Without a query: the commands in the order of the table.

import type { Document, Tag } from '../api/contract';
import { commands, type Command } from '../shared/keys';
import { fuzzy } from '../shared/matching';
import { words } from '../shared/words';

export type Offer =
  | { kind: 'command'; key: string; name: string; command: Command }
  | { kind: 'document'; key: string; name: string; document: Document }
  | { kind: 'tag'; key: string; name: string; tag: Tag };

/** As many as anyone reads. */
const AT_MOST = 60;

/** The palette itself is not offered in the palette. */
const OFFERED = commands.filter((command) => command.id !== 'palette');

export function offers(query: string, documents: readonly Document[], tags: readonly Tag[]): Offer[] {
  const all: Offer[] = OFFERED.map((command) => ({
    kind: 'command',
    key: `command ${command.id}`,
    name: command.name,
    command,
  }));
  if (query.trim() === '') return all;
  for (const tag of tags)
    all.push({ kind: 'tag', key: `tag ${tag.id}`, name: `${words.app.palette.tag} ${tag.name}`, tag });
  for (const document of documents)
    all.push({
      kind: 'document',
      key: `document ${document.id}`,
      name: document.title || words.app.untitled,
      document,
    });
  return all
    .flatMap((offer) => {
      const score = fuzzy(offer.name, query);
      return score === null ? [] : [{ offer, score }];
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, AT_MOST)
    .map(({ offer }) => offer);
}

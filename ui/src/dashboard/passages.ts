// What a number of the dashboard stands for: which passages to list when it is selected. A number and its list are
// built side by side in the figures, so that what is counted is what is shown.

import { call } from '../api/call';
import type { Dashboard, DocumentId, Highlight, HighlightFilter, Link, Paragraph, RelationId } from '../api/contract';

export type PassageRequest =
  | { kind: 'highlights'; title: string; filter: HighlightFilter }
  /** `relations: null` means every link. */
  | { kind: 'links'; title: string; relations: RelationId[] | null }
  | { kind: 'paragraphs'; title: string; document: DocumentId; documentTitle: string }
  | { kind: 'documents'; title: string; rows: Dashboard['coverage'] };

export type PassageList =
  | { kind: 'highlights'; rows: Highlight[] }
  | { kind: 'links'; rows: Link[] }
  | { kind: 'paragraphs'; rows: Paragraph[] }
  | { kind: 'documents'; rows: Dashboard['coverage'] };

/** Opens the list behind a number. */
export type ShowPassages = (request: PassageRequest) => void;

/** How many passages are listed before "show more": several screens, drawn within a frame or two. */
export const PASSAGES_FIRST = 100;

/** Asks the core for what a request stands for; at most `limit` highlights. Rejects with an `ApiError`. */
export async function listPassages(request: PassageRequest, limit: number): Promise<PassageList> {
  switch (request.kind) {
    case 'highlights':
      return { kind: 'highlights', rows: await call('highlight_list', { ...request.filter, limit }) };
    case 'links':
      return { kind: 'links', rows: await listLinks(request.relations) };
    case 'paragraphs':
      return { kind: 'paragraphs', rows: await call('paragraphs_uncovered', { document: request.document }) };
    case 'documents':
      return { kind: 'documents', rows: request.rows };
  }
}

async function listLinks(relations: RelationId[] | null): Promise<Link[]> {
  if (relations === null) return call('link_list', {});
  const lists = await Promise.all(relations.map((relation) => call('link_list', { relation })));
  return lists.flat().sort((a, b) => b.created - a.created);
}

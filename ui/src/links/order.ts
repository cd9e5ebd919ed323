// Which links are listed, and in which order. Pure: a list of links and what the reader chose go in, a list comes out.

import type { Link } from '../api/contract';
import { plain } from '../shared/plain';

export const COLUMNS = ['relation', 'fromQuote', 'toQuote', 'fromTitle', 'toTitle', 'note', 'created'] as const;
export type Column = (typeof COLUMNS)[number];
export type Direction = 'ascending' | 'descending';
export type Order = { column: Column; direction: Direction };

/** Newest first: what was tied last is what is being worked on. */
export const NEWEST_FIRST: Order = { column: 'created', direction: 'descending' };

/** Links on a page: a few screens, drawn within a frame or two. */
export const PAGE = 100;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** Sorts a copy. Equal links stay newest first, and in one order whatever came in. */
export function sortLinks(links: readonly Link[], { column, direction }: Order): Link[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const compare = (a: Link, b: Link): number =>
    column === 'created' ? a.created - b.created : compareTexts(a[column], b[column], sign);
  return [...links].sort((a, b) => sign * compare(a, b) || b.created - a.created || (a.id < b.id ? -1 : 1));
}

/** Texts by the reader's alphabet; an empty text comes last in both directions. */
function compareTexts(a: string, b: string, sign: number): number {
  if (!a.trim() || !b.trim()) return sign * (Number(!a.trim()) - Number(!b.trim()));
  return collator.compare(a, b);
}

/** What a click on a column's head makes of the order: the same column turns round, another starts at its natural end. */
export function turn(order: Order, column: Column): Order {
  if (order.column === column)
    return { column, direction: order.direction === 'ascending' ? 'descending' : 'ascending' };
  return { column, direction: column === 'created' ? 'descending' : 'ascending' };
}

/** Case and diacritics folded away, as the search of texts does it. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Everything of a link that a filter looks into, folded. */
export function foldedLink(link: Link): string {
  return fold(
    [link.relation, link.inverse, link.fromQuote, link.toQuote, link.fromTitle, link.toTitle, plain(link.note)].join(
      '\n',
    ),
  );
}

/** Whether every word of the filter is somewhere in the folded text. */
export function matches(folded: string, filter: string): boolean {
  return fold(filter)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

// From the core's figures to the rows and cells that the dashboard shows. Pure: the counting itself was done in the
// core, and drawing is elsewhere. Tags that the window does not know (yet) are left out until the next answer.

import type { Dashboard, DocumentId, RelationId, Strip, Tag, TagId } from '../api/contract';
import { isContradiction } from '../shared/contradiction';

/** Documents shown in a table before "show all": what fits a screen, and keeps 1,000 documents quick to draw. */
export const DOCUMENTS_FIRST = 30;
/** Tags shown as columns before "show all": what fits a wide window beside the titles. */
export const TAGS_FIRST = 12;

export type TagCount = { tag: Tag; count: number; share: number };
export type HeatRow = { document: DocumentId; title: string; cells: number[] };
/** Rows by document, columns by tag, `cells[i]` belonging to `columns[i]`. */
export type Heat = { columns: Tag[]; rows: HeatRow[]; most: number };
export type PairCell = { count: number; /** more often than chance would give */ more: boolean } | null;
/** A square table over `tags`, symmetric; null on the diagonal. */
export type Together = { tags: Tag[]; rows: PairCell[][]; most: number };
export type RelationCount = { relation: RelationId; label: string; count: number; contradiction: boolean };
export type CoverageRow = Dashboard['coverage'][number];
/** Marks of a strip that fall together on the screen; `from` and `to` are fractions of the text. */
export type Mark = { highlights: string[]; from: number; to: number };

/** Tags with their counts, most used first; equal counts keep the order of the tag list. */
export function tagCounts(dashboard: Dashboard, tags: readonly Tag[]): TagCount[] {
  const counted = new Map(dashboard.tags.map((row) => [row.tag, row]));
  return tags
    .map((tag) => ({ tag, count: counted.get(tag.id)?.count ?? 0, share: counted.get(tag.id)?.share ?? 0 }))
    .sort((a, b) => b.count - a.count);
}

/** Documents with highlights first, most highlights first; then as the core lists them. */
export function documentsByHighlights(dashboard: Dashboard): CoverageRow[] {
  return [...dashboard.coverage].sort((a, b) => b.highlights - a.highlights);
}

/** Documents with the most paragraphs left first. */
export function documentsByUncovered(dashboard: Dashboard): CoverageRow[] {
  return [...dashboard.coverage].sort((a, b) => b.paragraphs - b.covered - (a.paragraphs - a.covered));
}

/** The heat map: one row a document, one column a tag in use. */
export function heat(dashboard: Dashboard, columns: readonly Tag[], documents: readonly CoverageRow[]): Heat {
  const column = new Map(columns.map((tag, at) => [tag.id, at]));
  const rows = new Map<DocumentId, HeatRow>(
    documents.map(({ document, title }) => [
      document,
      { document, title, cells: new Array<number>(columns.length).fill(0) },
    ]),
  );
  let most = 0;
  for (const { document, tag, count } of dashboard.cells) {
    most = Math.max(most, count);
    const row = rows.get(document);
    const at = column.get(tag);
    if (row && at !== undefined) row.cells[at] = count;
  }
  return { columns: [...columns], rows: [...rows.values()], most };
}

/** Which tags share highlights, and how much more often than chance. */
export function together(dashboard: Dashboard, tags: readonly Tag[]): Together {
  const at = new Map(tags.map((tag, index) => [tag.id, index]));
  const rows: PairCell[][] = tags.map((_, row) =>
    tags.map((_, cell) => (row === cell ? null : { count: 0, more: false })),
  );
  let most = 0;
  for (const { a, b, count, expected } of dashboard.pairs) {
    const i = at.get(a);
    const j = at.get(b);
    if (i === undefined || j === undefined || i === j) continue;
    most = Math.max(most, count);
    const cell = { count, more: count > expected };
    const first = rows[i];
    const second = rows[j];
    if (first) first[j] = cell;
    if (second) second[i] = cell;
  }
  return { tags: [...tags], rows, most };
}

/** Tags that share a highlight with any other, in the order given. */
export function tagsInPairs(dashboard: Dashboard, tags: readonly Tag[]): Tag[] {
  const paired = new Set<TagId>(dashboard.pairs.flatMap(({ a, b, count }) => (count > 0 ? [a, b] : [])));
  return tags.filter((tag) => paired.has(tag.id));
}

/** Relations with their links: contradictions first, then the most used. Unused relations are left out. */
export function relationCounts(dashboard: Dashboard): RelationCount[] {
  return dashboard.relations
    .filter((row) => row.count > 0)
    .map((row) => ({ ...row, contradiction: isContradiction(row) }))
    .sort((a, b) => Number(b.contradiction) - Number(a.contradiction) || b.count - a.count);
}

/** Marks that begin in the same share of the text are one: a strip is a few hundred pixels wide. */
export const MARK_GAP = 1 / 200;

/** Joins the marks of a strip that begin nearly together, so that ten thousand highlights are at most 200 buttons a tag. */
export function joinMarks(marks: Strip['marks'], gap = MARK_GAP): Mark[] {
  const joined: Mark[] = [];
  for (const { highlight, from, to } of [...marks].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1);
    if (last && from < last.from + gap) {
      last.highlights.push(highlight);
      last.to = Math.max(last.to, to);
    } else {
      joined.push({ highlights: [highlight], from, to });
    }
  }
  return joined;
}

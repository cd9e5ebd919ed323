/**
 * Why: a table is read down its columns, but each of its rows is a block of its own, with a tab between cells. All rows
 * of one table get the same columns, measured by the letters of its cells.
 *
 * Absent on purpose: the DOM, and header cells; the text does not say which they are.
 */
import type { Block, Source } from './text';

/** So many rows from the top tell how wide the columns are. */
const MEASURED = 200;
/** With more columns than this, none is wide enough to read; the cells then follow each other with tabs between. */
const MOST = 12;
/** Cells as long as this or longer wrap: they count the same. In letters. */
const LONG = 60;
/** No column is narrower, in letters. */
const SHORT = 4;
/** A table that needs no more letters than this in a line is not stretched. */
const LINE = 64;

type Table = { readonly from: number; readonly to: number; readonly columns: string | null };

const known = new WeakMap<readonly Block[], Table[]>();

/** The columns of the table that a row belongs to, for `grid-template-columns`; null when a grid would not help. */
export function columnsOf(source: Source, row: number): string | null {
  let tables = known.get(source.blocks);
  if (!tables) known.set(source.blocks, (tables = []));
  const here = tables.find(({ from, to }) => from <= row && row < to);
  if (here) return here.columns;
  const isRow = (index: number): boolean => source.blocks[index]?.[2] === 'row';
  let from = row;
  while (isRow(from - 1)) from -= 1;
  let to = row + 1;
  while (isRow(to)) to += 1;
  const columns = measure(source, from, Math.min(to, from + MEASURED));
  tables.push({ from, to, columns });
  return columns;
}

function measure({ text, blocks }: Source, from: number, to: number): string | null {
  const longest: number[] = [];
  for (const [start, end] of blocks.slice(from, to)) {
    text
      .slice(start, end)
      .split('\t')
      .forEach((cell, column) => {
        longest[column] = Math.max(longest[column] ?? SHORT, Math.min(LONG, breadth(cell)));
      });
  }
  if (longest.length < 2 || longest.length > MOST) return null;
  const all = longest.reduce((sum, letters) => sum + letters + 2, 0);
  const unit = all <= LINE ? (letters: number) => `${letters}ch` : (letters: number) => `minmax(0, ${letters}fr)`;
  return longest.map(unit).join(' ');
}

/** Letters of a cell; Han, kana and Hangul are twice as wide. */
function breadth(cell: string): number {
  const head = cell.trim().slice(0, LONG);
  return (
    head.length + (head.match(/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0)
  );
}

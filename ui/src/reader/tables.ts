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

/** What a column of longer cells gets at least, in letters: a date, a name. */
const LEAST = 14;
/** Cells of no more letters than this are a figure or a word, which breaks badly. */
const WORD = 10;
/** So many letters are in the line of a table in a small window, where columns of single words still keep their width. */
const ROOM = 46;
/** The columns share this much of the line, in per cent; the rest is between them. */
const SHARED = 80;
/** Columns of single words that would need more of it than this give way like the others. */
const MOST_KEPT = 56;
/** Letters that are written from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** `columns` is for `grid-template-columns`; the first letter of the table tells its direction. */
export type Grid = { readonly columns: string; readonly direction: 'ltr' | 'rtl' };

type Table = { readonly from: number; readonly to: number; readonly grid: Grid | null };

const known = new WeakMap<readonly Block[], Table[]>();

/** The grid of the table that a row belongs to; null when a grid would not help. */
export function gridOf(source: Source, row: number): Grid | null {
  let tables = known.get(source.blocks);
  if (!tables) known.set(source.blocks, (tables = []));
  const here = tables.find(({ from, to }) => from <= row && row < to);
  if (here) return here.grid;
  const isRow = (index: number): boolean => source.blocks[index]?.[2] === 'row';
  let from = row;
  while (isRow(from - 1)) from -= 1;
  let to = row + 1;
  while (isRow(to)) to += 1;
  const grid = measure(source, from, Math.min(to, from + MEASURED));
  tables.push({ from, to, grid });
  return grid;
}

function measure({ text, blocks }: Source, from: number, to: number): Grid | null {
  const longest: number[] = [];
  for (const [start, end] of blocks.slice(from, to)) {
    text
      .slice(start, end)
      .split('\t')
      .forEach((cell, column) => {
        longest[column] = Math.max(longest[column] ?? SHORT, Math.min(LONG, breadth(cell)));
      });
  }
  const count = longest.length;
  if (count < 2 || count > MOST) return null;
  const all = longest.reduce((sum, letters) => sum + letters + 2, 0);
  const least = Math.min(LEAST, Math.floor(LINE / count) - 2);
  const share = shares(longest);
  const column = (letters: number): string =>
    all <= LINE
      ? `minmax(0, ${letters}ch)`
      : `minmax(min(${letters > WORD ? Math.min(letters, least) : letters}ch, ${share(letters)}%), ${letters}fr)`;
  const first = /\p{L}/u.exec(text.slice(blocks[from]?.[0], blocks[to - 1]?.[1]))?.[0] ?? '';
  return { columns: longest.map(column).join(' '), direction: RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr' };
}

/** In a narrow window everything gives way, to this much of the line in per cent: evenly, but single words after the rest. */
function shares(columns: readonly number[]): (letters: number) => number {
  const kept = (letters: number): number => Math.ceil((letters / ROOM) * 100);
  const words = columns.filter((letters) => letters <= WORD);
  const sum = words.reduce((all, letters) => all + kept(letters), 0);
  const others = columns.length - words.length;
  if (others === 0 || sum > MOST_KEPT) return () => Math.floor(SHARED / columns.length);
  const rest = Math.floor((SHARED - sum) / others);
  return (letters) => (letters <= WORD ? kept(letters) : rest);
}

/** Letters of a cell; Han, kana and Hangul are twice as wide. */
function breadth(cell: string): number {
  const head = cell.trim().slice(0, LONG);
  return (
    head.length + (head.match(/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/g)?.length ?? 0)
  );
}

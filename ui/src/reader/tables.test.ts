import { expect, it } from 'vitest';
import { gridOf } from './tables';
import type { Block, Source } from './text';

const columnsOf = (source: Source, row: number): string | undefined => gridOf(source, row)?.columns;

function table(rows: string[], before = ''): Source {
  const blocks: Block[] = [];
  let text = before;
  if (before) blocks.push([0, before.length, 'paragraph', 0]);
  for (const row of rows) {
    if (text) text += '\n';
    blocks.push([text.length, text.length + row.length, 'row', 0]);
    text += row;
  }
  return { text, blocks, language: '' };
}

it('gives every row of a table the columns that its longest cells need', () => {
  const source = table(['Year\tBarrels', '2023\t120,000 or so', '24\t'], 'Before.');
  expect([1, 2, 3].map((row) => columnsOf(source, row))).toEqual(Array(3).fill('minmax(0, 4ch) minmax(0, 13ch)'));
});

it('shares the line among columns that are too long for it, and cells that wrap count the same', () => {
  const source = table([`a\t${'x'.repeat(30)}\t${'y '.repeat(400)}`]);
  expect(columnsOf(source, 0)).toBe(
    'minmax(min(4ch, 9%), 4fr) minmax(min(14ch, 35%), 30fr) minmax(min(14ch, 35%), 60fr)',
  );
});

it('lets single words give way last, unless there are too many of them', () => {
  const prose = 'y '.repeat(90);
  expect(columnsOf(table([`2021\ttwelve\t340,500\tPanama\t${prose}`]), 0)).toBe(
    'minmax(min(4ch, 9%), 4fr) minmax(min(6ch, 14%), 6fr) minmax(min(7ch, 16%), 7fr) minmax(min(6ch, 14%), 6fr) ' +
      'minmax(min(10ch, 27%), 60fr)',
  );
  expect(columnsOf(table([`${'123456789\t'.repeat(5)}${prose}`]), 0)).toContain('minmax(min(9ch, 13%), 9fr)');
});

it('counts Korean letters twice', () => {
  expect(columnsOf(table(['평양 관측통\tx']), 0)).toBe('minmax(0, 11ch) minmax(0, 4ch)');
});

it('keeps two tables apart', () => {
  const first = table(['aaaaaa\tb']);
  const source: Source = {
    ...first,
    text: `${first.text}\n\nThen.\n\nc\tdddddddd`,
    blocks: [...first.blocks, [10, 15, 'paragraph', 0], [17, 27, 'row', 0]],
  };
  expect(columnsOf(source, 0)).toBe('minmax(0, 6ch) minmax(0, 4ch)');
  expect(columnsOf(source, 2)).toBe('minmax(0, 4ch) minmax(0, 8ch)');
});

it('leaves one column, and more columns than can be read, as they are', () => {
  expect(columnsOf(table(['alone']), 0)).toBeUndefined();
  expect(columnsOf(table([Array(13).fill('x').join('\t')]), 0)).toBeUndefined();
});

it('runs a whole table in the direction of its first letter, also the rows that are only numbers', () => {
  const arabic = table(['2022\tالسنة', '2023\t120,000']);
  expect([0, 1].map((row) => gridOf(arabic, row)?.direction)).toEqual(['rtl', 'rtl']);
  expect(gridOf(table(['2022\tBarrels', 'السنة\t1']), 1)?.direction).toBe('ltr');
  expect(gridOf(table(['2022\t1']), 0)?.direction).toBe('ltr');
});

import { expect, it } from 'vitest';
import { columnsOf } from './tables';
import type { Block, Source } from './text';

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
  expect([1, 2, 3].map((row) => columnsOf(source, row))).toEqual(Array(3).fill('4ch 13ch'));
});

it('shares the line among columns that are too long for it, and cells that wrap count the same', () => {
  const source = table([`a\t${'x'.repeat(30)}\t${'y '.repeat(400)}`]);
  expect(columnsOf(source, 0)).toBe('minmax(0, 4fr) minmax(0, 30fr) minmax(0, 60fr)');
});

it('counts Korean letters twice', () => {
  expect(columnsOf(table(['평양 관측통\tx']), 0)).toBe('11ch 4ch');
});

it('keeps two tables apart', () => {
  const first = table(['aaaaaa\tb']);
  const source: Source = {
    ...first,
    text: `${first.text}\n\nThen.\n\nc\tdddddddd`,
    blocks: [...first.blocks, [10, 15, 'paragraph', 0], [17, 27, 'row', 0]],
  };
  expect(columnsOf(source, 0)).toBe('6ch 4ch');
  expect(columnsOf(source, 2)).toBe('4ch 8ch');
});

it('leaves one column, and more columns than can be read, as they are', () => {
  expect(columnsOf(table(['alone']), 0)).toBeNull();
  expect(columnsOf(table([Array(13).fill('x').join('\t')]), 0)).toBeNull();
});

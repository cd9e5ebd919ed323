import { expect, it } from 'vitest';
import type { HighlightRow } from '../api/contract';
import { packed } from './packed.fixture';
import { Packed, passagesOf } from './rows';

const id = (last: number): string => `0193a1b2-7c00-7000-8000-${last.toString(16).padStart(12, '0')}`;

it('reads what was packed as it reads a table', () => {
  const tags = [id(1), id(2), id(3)];
  const rows: HighlightRow[] = [
    [id(16), 0, 40, [], 0],
    [id(17), 5, 9, [0, 2], 1 | 4],
    [id(255), 5, 8, [1], 2],
    [id(18), 4_000_000_000, 4_000_000_001, [0, 2], 7],
  ];
  const table = new Packed(packed(tags, rows));
  expect(table.size).toBe(4);
  expect(Array.from({ length: table.size }, (_, row) => table.at(row))).toEqual(passagesOf({ tags, rows }));
});

it('reads a document without highlights', () => {
  expect(new Packed(packed([], [])).size).toBe(0);
});

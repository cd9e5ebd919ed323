import { describe, expect, it } from 'vitest';
import { segments } from './segments';
import type { Passage, Span } from './text';

const passage = (id: string, start: number, end: number): Passage => ({
  id,
  start,
  end,
  tags: [],
  noted: false,
  linked: false,
  doubtful: false,
});

/** "3-5 ab" for each segment. */
function check(block: [number, number], passages: Passage[], spans: Span[], expected: string[]): void {
  const found = segments({ start: block[0], end: block[1] }, passages, spans);
  expect(
    found.map(({ start, end, passages, spans }) =>
      `${start}-${end} ${passages.map(({ id }) => id).join('')}${spans.map(({ kind }) => `/${kind}`).join('')}`.trim(),
    ),
  ).toEqual(expected);
}

describe('segments', () => {
  it('are the block itself when nothing covers it', () => check([10, 20], [], [], ['10-20']));

  it('cut at every boundary, the earliest and longest outermost', () =>
    check(
      [0, 30],
      [passage('a', 2, 20), passage('b', 5, 10), passage('c', 8, 25)],
      [],
      ['0-2', '2-5 a', '5-8 ab', '8-10 abc', '10-20 ac', '20-25 c', '25-30'],
    ));

  it('keep to the block when a passage runs through several', () =>
    check([10, 20], [passage('a', 0, 100), passage('b', 15, 40)], [], ['10-15 a', '15-20 ab']));

  it('hold identical spans together', () =>
    check([0, 9], [passage('a', 2, 4), passage('b', 2, 4)], [], ['0-2', '2-4 ab', '4-9']));

  it('cross emphasis with passages', () =>
    check(
      [0, 10],
      [passage('a', 4, 8)],
      [{ start: 2, end: 6, kind: 'emphasis', target: null }],
      ['0-2', '2-4 /emphasis', '4-6 a/emphasis', '6-8 a', '8-10'],
    ));

  it('are none for an empty block', () => check([5, 5], [passage('a', 0, 9)], [], []));
});

import { describe, expect, it } from 'vitest';
import type { Dashboard } from '../api/contract';
import {
  documentsByHighlights,
  documentsByUncovered,
  heat,
  joinMarks,
  relationCounts,
  tagCounts,
  tagsInPairs,
  together,
} from './counts';
import { DASHBOARD, TAGS } from './example.fixture';

describe('tagCounts', () => {
  it('puts the most used tag first and keeps the order of the tag list among equals', () => {
    const equal: Dashboard = {
      ...DASHBOARD,
      tags: DASHBOARD.tags.map((row) => (row.tag === 't-dip' ? { ...row, count: 40 } : { ...row, count: 7 })),
    };
    expect(tagCounts(equal, TAGS).map((row) => row.tag.id)).toEqual(['t-dip', 't-mil', 't-eco', 't-own', 't-none']);
  });

  it('leaves out a tag that the window does not know and counts none for one that the figures lack', () => {
    const rows = tagCounts({ ...DASHBOARD, tags: [{ tag: 'elsewhere', count: 3, share: 0.1 }] }, TAGS.slice(0, 1));
    expect(rows).toEqual([{ tag: TAGS[0], count: 0, share: 0 }]);
  });
});

describe('heat', () => {
  it('puts each count into the row of its document and the column of its tag', () => {
    const map = heat(DASHBOARD, TAGS.slice(0, 2), documentsByHighlights(DASHBOARD));
    expect(map.rows.map((row) => [row.document, row.cells])).toEqual([
      ['d-1', [18, 11]],
      ['d-2', [10, 0]],
      ['d-3', [0, 15]],
    ]);
    expect(map.most).toBe(18);
  });

  it('scales by the whole project, so that showing fewer rows changes no tint', () => {
    expect(heat(DASHBOARD, TAGS, documentsByHighlights(DASHBOARD).slice(2)).most).toBe(18);
  });
});

describe('together', () => {
  it('is symmetric, empty on the diagonal, and says what is more often than chance', () => {
    const square = together(DASHBOARD, TAGS.slice(0, 3));
    expect(square.rows).toEqual([
      [null, { count: 9, more: true }, { count: 0, more: false }],
      [{ count: 9, more: true }, null, { count: 5, more: false }],
      [{ count: 0, more: false }, { count: 5, more: false }, null],
    ]);
  });

  it('knows which tags meet another at all', () => {
    expect(tagsInPairs(DASHBOARD, TAGS).map((tag) => tag.id)).toEqual(['t-mil', 't-eco', 't-dip']);
  });
});

it('lists contradictions first however few they are, and no relation without links', () => {
  expect(relationCounts(DASHBOARD).map((row) => [row.label, row.contradiction])).toEqual([
    ['contradicts', true],
    ['supports', false],
  ]);
});

it('orders documents by what is left to read', () => {
  expect(documentsByUncovered(DASHBOARD).map((row) => row.document)).toEqual(['d-2', 'd-3', 'd-1']);
});

describe('joinMarks', () => {
  it('joins marks that begin nearly together and keeps every highlight', () => {
    const marks = [
      { highlight: 'b', from: 0.102, to: 0.2 },
      { highlight: 'a', from: 0.1, to: 0.11 },
      { highlight: 'c', from: 0.15, to: 0.16 },
    ];
    expect(joinMarks(marks)).toEqual([
      { highlights: ['a', 'b'], from: 0.1, to: 0.2 },
      { highlights: ['c'], from: 0.15, to: 0.16 },
    ]);
  });

  it('keeps ten thousand marks to some two hundred, none of them lost', () => {
    const marks = Array.from({ length: 10_000 }, (_, at) => ({
      highlight: `h${at}`,
      from: at / 10_000,
      to: at / 10_000 + 0.001,
    }));
    const joined = joinMarks(marks);
    expect(joined.length).toBeLessThanOrEqual(201);
    expect(joined.length).toBeGreaterThan(150);
    expect(new Set(joined.flatMap((mark) => mark.highlights)).size).toBe(10_000);
  });
});

// For tests only: a small project in figures, in three scripts, with a title that is long, one that is missing, and a
// tag whose colour somebody chose.

import type { Dashboard, Highlight, Link, Strip, Tag } from '../api/contract';

export const TAGS: Tag[] = [
  tag('t-mil', 'military', '#d55e00', 31),
  tag('t-eco', 'economic', '#00805d', 27),
  tag('t-dip', 'diplomatic', '#0072b2', 19),
  tag('t-own', 'ينابيع النفط', '#000000', 6),
  tag('t-none', 'unused', '#a3447f', 0),
];

function tag(id: string, name: string, colour: string, highlights: number): Tag {
  return { id, name, parent: null, colour, key: null, definition: '', highlights };
}

export const LINK: Link = {
  id: 'l-1',
  from: 'h-1',
  to: 'h-2',
  relation: 'contradicts',
  inverse: 'contradicts',
  relationId: 'r-con',
  note: 'One source, not two.',
  created: Date.UTC(2026, 2, 14, 9, 41),
  fromQuote: 'Freight trains crossed the Tumen with sealed wagons',
  toQuote: 'Officials in Moscow have denied every delivery',
  fromDocument: 'd-1',
  toDocument: 'd-2',
  fromTitle: 'Two isolated capitals',
  toTitle: '러시아와 조선',
};

export const DASHBOARD: Dashboard = {
  documents: 3,
  highlights: 83,
  noted: 61,
  unnoted: 22,
  untagged: 7,
  lost: 0,
  unconfirmed: 0,
  links: 24,
  contradictions: 4,
  paragraphs: 120,
  covered: 58,
  tags: TAGS.map(({ id, highlights }) => ({ tag: id, count: highlights, share: highlights / 83 })),
  cells: [
    { document: 'd-1', tag: 't-mil', count: 18 },
    { document: 'd-1', tag: 't-eco', count: 11 },
    { document: 'd-2', tag: 't-mil', count: 10 },
    { document: 'd-2', tag: 't-own', count: 6 },
    { document: 'd-3', tag: 't-eco', count: 15 },
  ],
  pairs: [
    { a: 't-mil', b: 't-eco', count: 9, expected: 4.2 },
    { a: 't-eco', b: 't-dip', count: 5, expected: 6.2 },
  ],
  relations: [
    { relation: 'r-sup', label: 'supports', count: 20 },
    { relation: 'r-con', label: 'contradicts', count: 4 },
    { relation: 'r-ela', label: 'elaborates', count: 0 },
  ],
  coverage: [
    { document: 'd-3', title: '', highlights: 16, paragraphs: 30, covered: 10 },
    { document: 'd-1', title: 'Two isolated capitals', highlights: 40, paragraphs: 50, covered: 40 },
    { document: 'd-2', title: '러시아와 조선', highlights: 27, paragraphs: 40, covered: 8 },
  ],
  contradictory: [LINK],
};

export const STRIPS: Strip[] = [
  {
    tag: 't-mil',
    marks: [
      { highlight: 'h-1', from: 0.1, to: 0.12 },
      { highlight: 'h-2', from: 0.102, to: 0.11 },
      { highlight: 'h-3', from: 0.5, to: 0.51 },
    ],
  },
];

export const HIGHLIGHT: Highlight = {
  id: 'h-1',
  document: 'd-1',
  start: 10,
  end: 60,
  quote: 'Freight trains crossed the Tumen with sealed wagons',
  tags: ['military', 'economic'],
  tagIds: ['t-mil', 't-eco'],
  note: 'Observers believe: who?',
  created: 1,
  updated: 1,
  anchor: { method: 'made', score: 1, confirmed: true },
  title: 'Two isolated capitals',
  paragraph: 2,
  page: '12',
};

// For tests only: highlights that await review, in two documents.

import type { Review } from '../api/contract';

export const LOST: Review = {
  highlight: 'h-1',
  document: 'd-1',
  title: 'Two isolated capitals',
  quote: 'each found in the other a partner',
  prefix: 'everything else, and ',
  suffix: ' that had little left to lose',
  note: 'Need, *not* affinity',
  tags: ['military'],
  reason: 'lost',
  score: 0.41,
  place: null,
  candidates: [
    { start: 20, end: 48, quote: 'each saw in the other a partner', before: 'and ', after: ' with', score: 0.87 },
    { start: 90, end: 99, quote: 'a partner', before: 'as ', after: ' of old', score: 0.41 },
  ],
};

export const FOUND: Review = {
  ...LOST,
  highlight: 'h-2',
  quote: 'Freight trains crossed',
  note: '',
  tags: [],
  reason: 'approximate',
  score: 0.9,
  place: { start: 200, end: 227, quote: 'Freight trains have crossed' },
  candidates: [
    { start: 200, end: 227, quote: 'Freight trains have crossed', before: '', after: ' the Tumen', score: 0.9 },
  ],
};

export const FOUND_TOO: Review = { ...FOUND, highlight: 'h-3', quote: 'Freight trains' };

export const ELSEWHERE: Review = {
  ...LOST,
  highlight: 'h-9',
  document: 'd-2',
  title: 'Fuel, rail and rouble',
  quote: 'рубль и юань',
  candidates: [],
};

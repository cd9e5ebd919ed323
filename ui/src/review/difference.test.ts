import { describe, expect, it } from 'vitest';
import { difference, ends } from './difference';

/** Gone words in brackets, new ones in braces. */
const drawn = (before: string, now: string): string =>
  difference(before, now)
    .map(({ kind, text }) => (kind === 'gone' ? `[${text}]` : kind === 'added' ? `{${text}}` : text))
    .join('');

describe('difference', () => {
  it.each([
    ['the same words', 'the same words', 'the same words'],
    ['Freight trains crossed', 'Freight trains have crossed', 'Freight trains {have }crossed'],
    ['two sealed wagons', 'three sealed wagons', '[two]{three} sealed wagons'],
    ['', 'all new', '{all new}'],
    ['all gone', '', '[all gone]'],
    ['рубль и юань', 'рубль или юань', 'рубль [и]{или} юань'],
    ['a family 👩‍👩‍👧 here', 'a family 👨‍👩‍👧 here', 'a family [👩‍👩‍👧]{👨‍👩‍👧} here'],
  ])('%s → %s', (before, now, expected) => {
    expect(drawn(before, now)).toBe(expected);
  });

  it('gives both texts back whole, also for long passages without anything in common', () => {
    const before = Array.from({ length: 900 }, (_, at) => `a${at}`).join(' ');
    const now = Array.from({ length: 900 }, (_, at) => `b${at}`).join(' ');
    const parts = difference(before, now);
    expect(parts.flatMap(({ kind, text }) => (kind === 'added' ? [] : [text])).join('')).toBe(before);
    expect(parts.flatMap(({ kind, text }) => (kind === 'gone' ? [] : [text])).join('')).toBe(now);
  });
});

it('shortens a long passage to its ends, at whole characters', () => {
  expect(ends('a short one', 20)).toBe('a short one');
  expect(ends('👩‍👩‍👧 family of many words and a last one 👩‍👩‍👧', 20)).toBe('👩‍👩‍👧 f … e 👩‍👩‍👧');
});

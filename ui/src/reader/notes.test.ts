import { describe, expect, it } from 'vitest';
import { Notes } from './notes';
import type { Source, Span } from './text';

const text = 'Trains[1] and ships[2] moved.[1]\n\n[1] Two firms 👩‍👩‍👧 saw them.\n\n[2] None did.';
const sign = (kind: 'call' | 'mark', start: number, target: string): Span => ({ kind, start, end: start + 3, target });
const at = text.indexOf('[1] Two');
const spans: Span[] = [
  sign('call', 6, '1'),
  { kind: 'strong', start: 8, end: 12, target: null },
  sign('call', 19, '2'),
  sign('call', 29, '1'),
  sign('mark', at, '1'),
  sign('mark', text.indexOf('[2] None'), '2'),
];
const source: Source = {
  text,
  blocks: [
    [0, 32, 'paragraph', 0],
    [at, text.indexOf('\n\n[2] N'), 'note', 0],
    [text.indexOf('[2] None'), text.length, 'note', 0],
  ],
  language: 'en',
};
const notes = new Notes(spans);

describe('signs of footnotes', () => {
  it('lead from a call to the footnote, and back to the nearest call', () => {
    expect(notes.other(spans[0] as Span)).toBe(spans[4]);
    expect(notes.other(spans[3] as Span)).toBe(spans[4]);
    expect(notes.other(spans[4] as Span)).toBe(spans[3]);
    expect(notes.other(spans[5] as Span)).toBe(spans[2]);
  });

  it('lead to the footnote of their own chapter where labels come again', () => {
    const again = new Notes([
      sign('call', 0, '1'),
      sign('mark', 10, '1'),
      sign('call', 20, '1'),
      sign('mark', 30, '1'),
    ]);
    expect([0, 10, 20, 30].map((one) => again.other(again.signAt(one) as Span)?.start)).toEqual([10, 0, 30, 20]);
  });

  it('lead nowhere without the other', () => {
    expect(new Notes([sign('call', 0, '9')]).other(sign('call', 0, '9'))).toBeUndefined();
    expect(new Notes([sign('call', 0, '9')]).peek(sign('call', 0, '9'), source)).toBe('');
  });

  it('tell how a footnote begins', () => {
    expect(notes.peek(spans[0] as Span, source)).toBe('Two firms 👩‍👩‍👧 saw them.');
    const long = {
      ...source,
      text: text.slice(0, at + 4) + '👩'.repeat(400),
      blocks: [[at, at + 804, 'note', 0]] as const,
    };
    expect(notes.peek(spans[0] as Span, long)).toBe(`${'👩'.repeat(150)}…`);
  });
});

import { describe, expect, it } from 'vitest';
import { SentenceCursor } from './cursor';
import type { Block, Range } from './text';

const text = 'One is first. Two follows.\n\nThree stands alone.\n\n* * *\n\nFour is here. Five ends it.';
const starts = [0, 28, 49, 56];
const ends = [26, 47, 54, text.length];
const blocks = starts.map((start, at): Block => [start, ends[at] as number, at === 2 ? 'break' : 'paragraph', 0]);
const cursor = new SentenceCursor({ text, blocks, language: 'en' });
const say = (range: Range | null) => range && text.slice(range.start, range.end).replace(/\s+/g, ' ');
const of = (words: string): Range => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

describe('the sentence cursor', () => {
  it('walks down through blocks and over breaks', () => {
    const seen: (string | null)[] = [];
    for (let at: Range | null = cursor.next(null, 0); at; at = cursor.next(at, 0)) seen.push(say(at));
    expect(seen).toEqual(['One is first.', 'Two follows.', 'Three stands alone.', 'Four is here.', 'Five ends it.']);
  });

  it('walks up, and stops at the top', () => {
    expect(say(cursor.previous(of('Four is here.'), 0))).toBe('Three stands alone.');
    expect(say(cursor.previous(null, text.length))).toBe('Five ends it.');
    expect(cursor.previous(of('One is first.'), 0)).toBeNull();
  });

  it('begins with the sentence where the caret is', () => {
    expect(say(cursor.next(null, text.indexOf('follows')))).toBe('Two follows.');
    expect(say(cursor.next(null, 48))).toBe('Four is here.');
  });

  it('extends down and gives back', () => {
    const two = cursor.extend(of('One is first.'), false, 1);
    expect(say(two?.range ?? null)).toBe('One is first. Two follows.');
    const three = cursor.extend(two?.range as Range, false, 1);
    expect(say(three?.range ?? null)).toBe('One is first. Two follows. Three stands alone.');
    expect(say(cursor.extend(three?.range as Range, false, -1)?.range ?? null)).toBe('One is first. Two follows.');
  });

  it('extends up and gives back, keeping the end', () => {
    const up = cursor.extend(of('Three stands alone.'), false, -1);
    expect(say(up?.range ?? null)).toBe('Two follows. Three stands alone.');
    expect(up?.backward).toBe(true);
    const down = cursor.extend(up?.range as Range, true, 1);
    expect(say(down?.range ?? null)).toBe('Three stands alone.');
    expect(down?.backward).toBe(false);
  });

  it('stays when there is nothing more', () => {
    expect(cursor.extend(of('Five ends it.'), false, 1)).toBeNull();
    expect(new SentenceCursor({ text: '', blocks: [], language: '' }).next(null, 0)).toBeNull();
    expect(new SentenceCursor({ text: '', blocks: [], language: '' }).previous(null, 0)).toBeNull();
  });
});

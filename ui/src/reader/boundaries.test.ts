import { describe, expect, it } from 'vitest';
import { graphemeCeil, graphemeFloor, insideWord, sentences, snap, wordAt, wordEdge } from './boundaries';

const FAMILY = '👩‍👩‍👧';
const FLAGS = '🇰🇵🇷🇺';

/** What the text between the brackets becomes: "a[bc d]e" with the letters between [ and ]. */
function snapped(marked: string, wholeWords = false): string | null {
  const start = marked.indexOf('[');
  const text = marked.replace('[', '').replace(']', '');
  const range = snap(text, { start, end: marked.indexOf(']') - 1 }, { wholeWords });
  return range && text.slice(range.start, range.end);
}

describe('graphemes', () => {
  it('are not cut: emoji, flags, combining marks, Hangul', () => {
    for (const whole of [FAMILY, '🇰🇵', 'é', '각', 'ق\u0651']) {
      const text = `ab ${whole} cd`;
      for (let at = 3; at < 3 + whole.length; at++) expect(graphemeFloor(text, at)).toBe(3);
      for (let at = 4; at <= 3 + whole.length; at++) expect(graphemeCeil(text, at)).toBe(3 + whole.length);
    }
  });

  it('are found far into a long text', () => {
    const text = 'word '.repeat(5_000) + FAMILY;
    expect(graphemeFloor(text, 25_003)).toBe(25_000);
    expect(graphemeCeil(text, 25_003)).toBe(text.length);
    expect(graphemeFloor(FLAGS.repeat(200), 4 * 301 + 1)).toBe(4 * 301);
  });
});

describe('snapping', () => {
  it('sheds white space at the ends', () => {
    expect(snapped('one[ two \n]three')).toBe('two');
    expect(snapped('one[\u00a0\u3000둘 ]three')).toBe('둘');
    expect(snapped('one[   ]two')).toBeNull();
    expect(snapped('on[]e')).toBeNull();
  });

  it('takes whole graphemes', () => {
    expect(snap(`a${FAMILY}b`, { start: 2, end: 4 }, { wholeWords: false })).toEqual({
      start: 1,
      end: 1 + FAMILY.length,
    });
    expect(snap('cafe\u0301s', { start: 4, end: 6 }, { wholeWords: false })).toEqual({ start: 3, end: 6 });
  });

  it('takes whole words when asked to, in any script', () => {
    expect(snapped('the fre[ight tra]ins crossed', true)).toBe('freight trains');
    expect(snapped('the fre[ight tra]ins crossed', false)).toBe('ight tra');
    expect(snapped('관측[통들은 이를 신]중하게', true)).toBe('관측통들은 이를 신중하게');
    expect(snapped('дого[вор о всеобъем]лющем', true)).toBe('договор о всеобъемлющем');
    expect(snapped('نفى المس[ؤولون كل عم]لية تسليم', true)).toBe('المسؤولون كل عملية');
    expect(snapped('(dog[s) an]d', true)).toBe('dogs) and');
  });

  it('takes a range in either direction and within the text', () => {
    expect(snap('one two', { start: 7, end: 4 }, { wholeWords: false })).toEqual({ start: 4, end: 7 });
    expect(snap('one', { start: -4, end: 99 }, { wholeWords: false })).toEqual({ start: 0, end: 3 });
  });
});

describe('words', () => {
  it('are found, and spaces are none', () => {
    expect(wordAt('one two', 5)).toEqual({ start: 4, end: 7 });
    expect(wordAt('one two', 3)).toBeNull();
    expect(wordAt('one', 3)).toBeNull();
    expect([4, 5, 7].map((at) => insideWord('one two', at))).toEqual([false, true, false]);
  });

  it('have edges in both directions', () => {
    const text = 'One, two. Three';
    expect(wordEdge(text, 0, 1, 'end')).toBe(3);
    expect(wordEdge(text, 3, 1, 'end')).toBe(8);
    expect(wordEdge(text, 8, -1, 'end')).toBe(3);
    expect(wordEdge(text, 5, -1, 'start')).toBe(0);
    expect(wordEdge(text, 5, 1, 'start')).toBe(10);
    expect(wordEdge(text, 15, 1, 'end')).toBe(15);
    expect(wordEdge(text, 0, -1, 'start')).toBe(0);
  });

  it('are found across a long stretch without any', () => {
    const text = `one ${'. '.repeat(2_000)}two`;
    expect(wordEdge(text, 3, 1, 'end')).toBe(text.length);
    expect(wordEdge(text, text.length, -1, 'end')).toBe(3);
  });
});

describe('sentences', () => {
  function cut(text: string): string[] {
    return sentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));
  }

  it('end where they end, in any script', () => {
    expect(cut('Payment is harder to see. Refined fuel moved!  No table shows it?')).toEqual([
      'Payment is harder to see.',
      'Refined fuel moved!',
      'No table shows it?',
    ]);
    expect(cut('조약은 새로운 틀을 주었다. 관측통들은 신중하다.')).toEqual([
      '조약은 새로운 틀을 주었다.',
      '관측통들은 신중하다.',
    ]);
    expect(cut('هل تغيّر شيء؟ كانت الحاجة هي الدافع.')).toEqual(['هل تغيّر شيء؟', 'كانت الحاجة هي الدافع.']);
    expect(cut(`Flags ${FLAGS}. Family ${FAMILY}.`)).toEqual([`Flags ${FLAGS}.`, `Family ${FAMILY}.`]);
  });

  it('do not end at the line ends of a wrapped source', () => {
    expect(cut('One sentence\nover two lines. Another\none.')).toEqual([
      'One sentence\nover two lines.',
      'Another\none.',
    ]);
  });

  it('do not end at a title or an initial', () => {
    expect(cut('Gen. Smith of the U.S. Navy met Dr. Kim. They spoke.')).toEqual([
      'Gen. Smith of the U.S. Navy met Dr. Kim.',
      'They spoke.',
    ]);
  });

  it('count in the whole text, not in the block', () => {
    expect(sentences('xx One. Two.', { start: 3, end: 12 })).toEqual([
      { start: 3, end: 7 },
      { start: 8, end: 12 },
    ]);
  });
});

import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { plain, plainExcerpt } from './plain';

it('keeps the words of a note and drops its signs', () => {
  expect(plain('*Observers believe*: **who**?\nTwo firms.\n\n- one `x`\n- [two](http://a/b) ![map](http://c/d)')).toBe(
    'Observers believe: who? Two firms. one x two map',
  );
  expect(plain('1 < 2 & <b>3</b>')).toBe('1 < 2 & <b>3</b>');
  expect(plain('')).toBe('');
});

it.each([
  ['Need, not affinity', 'Need, not affinity'],
  ['two  lines\nof one\tparagraph', 'two lines of one paragraph'],
  ['Договор 2024 года — «рамка»', 'Договор 2024 года — «рамка»'],
  ['조약 제4조: 비교 필요!', '조약 제4조: 비교 필요!'],
  ['## Статья 4\n> сравнить с *1961*', 'Статья 4 сравнить с 1961'],
  ['1. first\n2) second', 'first second'],
  ['تقرير **مهم** جدا', 'تقرير مهم جدا'],
  ['5 * 3 = 15, snake_case', '5 * 3 = 15, snake_case'],
  ['R&amp;D and \\*literal\\*', 'R&D and *literal*'],
  ['- a\n- b', 'a b'],
])('of “%s” keeps the words', (note, words) => {
  expect(plain(note)).toBe(words);
});

it('parses whatever has a sign in it: the short way says nothing else', () => {
  const samples = ['a-b', 'x!', 'well - known', 'end.\n\nnext', '100 %', '(a) b', '3.5 million', 'a = b', 'q: "r"'];
  for (const sample of samples) {
    const words: string[] = [];
    const walk = (node: ReturnType<typeof fromMarkdown>['children'][number]): void => {
      if ('value' in node) words.push(node.value);
      if ('children' in node) node.children.forEach((child) => walk(child as never));
    };
    fromMarkdown(sample).children.forEach(walk);
    expect(plain(sample)).toBe(words.join(' ').replace(/\s+/g, ' ').trim());
  }
});

describe('an excerpt of a note', () => {
  const marked = (text: string, ...words: string[]): { text: string; hits: string[] } => {
    const marks = words.map((word): [number, number] => [text.indexOf(word), text.indexOf(word) + word.length]);
    const shown = plainExcerpt({ text, marks });
    return { text: shown.text, hits: shown.marks.map(([start, end]) => shown.text.slice(start, end)) };
  };

  it.each([
    ['it **helped to win** time', 'helped', 'it helped to win time'],
    ['…it **helped to w…', 'helped', '…it helped to w…'],
    ['…port workers** say *so*', 'workers', '…port workers say so'],
    ['см. **договор** и `код`', 'договор', 'см. договор и код'],
    ['비교: *제4조*와 1961', '제4조', '비교: 제4조와 1961'],
    ['a [table](http://x.org/a_b) of \\*fuel\\*', 'fuel', 'a table of *fuel*'],
    ['…rail](http://example.org/q and more', 'more', '…rail and more'],
    ['5 * 3 and snake_case stay', 'snake_case', '5 * 3 and snake_case stay'],
    ['🚢 **ships** 🚂', 'ships', '🚢 ships 🚂'],
  ])('“%s” keeps “%s” marked', (text, word, words) => {
    expect(marked(text, word)).toEqual({ text: words, hits: [word] });
  });

  it('keeps a mark that runs over signs whole', () => {
    const text = 'the **rail** traffic';
    const shown = plainExcerpt({ text, marks: [[4, text.length]] });
    expect(shown.marks.map(([start, end]) => shown.text.slice(start, end))).toEqual(['rail traffic']);
  });
});

import { afterEach, expect, it } from 'vitest';
import { Dragging } from './dragging';
import type { Reader } from './reader';
import type { Range } from './text';

let dragging: Dragging;
afterEach(() => dragging.destroy());

/** Drags from one offset of a text to another; a pixel stands for a code unit. Answers with each selection on the way. */
function drag(text: string, from: number, to: number, wholeWords: boolean): (string | null)[] {
  const page = document.body.appendChild(document.createElement('div'));
  const source = { text, blocks: [[0, text.length, 'paragraph', 0]], language: 'en' };
  const reader = { shown: { source }, offsetAt: (x: number) => x / 10 } as unknown as Reader;
  const selected: (Range | null)[] = [];
  dragging = new Dragging(reader, page, page, {
    wholeWords: () => wholeWords,
    selection: () => null,
    select: (range) => void selected.push(range),
    click: () => undefined,
  });
  const at = (offset: number, name: string, on: EventTarget): void => {
    const given = { clientX: offset * 10, clientY: 5, button: 0, isPrimary: true, pointerId: 1, bubbles: true };
    on.dispatchEvent(new PointerEvent(name, given));
  };
  at(from, 'pointerdown', page);
  at(to, 'pointermove', window);
  at(to, 'pointerup', window);
  return selected.map((range) => range && text.slice(range.start, range.end));
}

it.each([
  ['begins before a word and ends in one', 'Freight trains crossed the river', 8, 18, 'trains crossed'],
  ['begins in a word', 'Freight trains crossed the river', 10, 18, 'trains crossed'],
  ['runs backwards', 'Freight trains crossed the river', 18, 8, 'trains crossed'],
  ['ends behind a blank', 'Freight trains crossed the river', 8, 15, 'trains'],
  ['runs over Cyrillic words', 'Поезда пересекли реку ночью', 7, 19, 'пересекли реку'],
  ['runs over Korean words', '열차가 강을 건넜다 밤에', 4, 9, '강을 건넜다'],
  ['ends inside an emoji', 'boats 🚢🏽 left', 0, 7, 'boats 🚢🏽'],
])('a drag that %s has whole words when it is let go', (_, text, from, to, words) => {
  expect(drag(text, from, to, true).at(-1)).toBe(words);
});

it('keeps letters when whole words are not wished, but no half of a sign and no white space', () => {
  expect(drag('Freight trains crossed', 8, 18, false).at(-1)).toBe('trains cro');
  expect(drag('Freight trains crossed', 7, 15, false).at(-1)).toBe('trains');
  expect(drag('boats 🚢🏽 left', 0, 7, false).at(-1)).toBe('boats 🚢🏽');
});

it('follows the pointer by letters until it is let go, when it began between words', () => {
  expect(drag('Freight trains crossed', 8, 18, true)).toEqual(['trains cro', 'trains crossed']);
});

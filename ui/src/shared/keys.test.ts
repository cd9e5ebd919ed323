import { describe, expect, it } from 'vitest';
import { actions } from '../app/commands';
import { ariaOf, capsOf, chordOf, commands, isSingle, keyOf, taken, type Command } from './keys';

const meet = (a: Command, b: Command): boolean =>
  a.where === b.where || a.where === 'everywhere' || b.where === 'everywhere';

describe('the table of keys', () => {
  it('has no chord that means two things at one place', () => {
    const clashes = commands.flatMap((a, at) =>
      commands
        .slice(at + 1)
        .filter((b) => meet(a, b))
        .flatMap((b) => a.keys.filter((key) => b.keys.includes(key)).map((key) => `${key}: ${a.id}, ${b.id}`)),
    );
    expect(clashes).toEqual([]);
  });

  it('has no key that is also the first of two', () => {
    const leads = new Set(commands.flatMap(({ keys }) => keys.flatMap((key) => (key.includes(' ') ? key[0] : []))));
    expect(commands.filter(({ keys }) => keys.some((key) => leads.has(key)))).toEqual([]);
  });

  it('lists each command once, and each has an action', () => {
    const ids = commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(Object.keys(actions).sort());
  });

  it('leaves the keys of the shipped tags free', () => {
    expect(['m', 'e', 'd'].filter((key) => taken.has(key))).toEqual([]);
  });

  it('takes the letters that the core refuses as keys of tags', () => {
    expect(['n', 'x', 'j', 'k', 'g'].filter((key) => !taken.has(key))).toEqual([]);
  });

  it('writes every chord in the notation that key presses are given in', () => {
    const parts = commands.flatMap(({ keys }) => keys.flatMap((key) => key.split(' ')));
    const wrong = parts.filter((part) => !/^(Ctrl\+)?(Alt\+)?(Shift\+)?([a-z[\]/?]|[A-Z][A-Za-z]+|F\d+)$/.test(part));
    expect(wrong).toEqual([]);
  });
});

describe('chordOf', () => {
  const chord = (key: string, more: KeyboardEventInit = {}): string =>
    chordOf(new KeyboardEvent('keydown', { key, ...more }));

  it.each([
    ['j', {}, 'j'],
    ['J', { shiftKey: true }, 'Shift+j'],
    ['?', { shiftKey: true }, '?'],
    ['k', { ctrlKey: true }, 'Ctrl+k'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'Ctrl+Shift+z'],
    ['ArrowLeft', { altKey: true, shiftKey: true }, 'Alt+Shift+ArrowLeft'],
    ['Delete', {}, 'Delete'],
    ['Shift', { shiftKey: true }, ''],
  ])('%s %o is %s', (key, more, expected) => {
    expect(chord(key, more)).toBe(expected);
  });

  it('knows the Latin key under a letter of another script', () => {
    expect(chord('о', { code: 'KeyJ' })).toBe('j');
    expect(chord('я', { code: 'KeyZ', ctrlKey: true })).toBe('Ctrl+z');
    expect(chord('х', { code: 'BracketLeft' })).toBe('[');
    expect(chord('ㅓ', { code: 'KeyJ' })).toBe('j');
  });
});

it('tells bare characters from the rest', () => {
  expect(['j', 'Shift+j', '?', '한'].every(isSingle)).toBe(true);
  expect(['Ctrl+k', 'Enter', 'g r', 'Alt+ArrowLeft'].some(isSingle)).toBe(false);
});

it('shows chords as caps and names them for screen readers', () => {
  expect(capsOf('Ctrl+Shift+z')).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(capsOf('g r')).toEqual(['G', 'R']);
  expect(capsOf('Alt+ArrowLeft')).toEqual(['Alt', '←']);
  expect(ariaOf('Ctrl+k')).toBe('Control+k');
  expect(ariaOf('g r')).toBeNull();
  expect(keyOf('palette')).toBe('Ctrl+k');
  expect(keyOf('theme.dark')).toBeNull();
});

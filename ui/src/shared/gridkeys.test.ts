import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gridKeys } from './gridkeys';

let grid: HTMLElement;
let leave: () => void;

function row(...names: string[]): HTMLElement {
  const element = document.createElement('div');
  element.dataset['row'] = '';
  for (const name of names) {
    const cell = document.createElement('button');
    cell.dataset['cell'] = '';
    cell.textContent = name;
    element.append(cell);
  }
  return element;
}

const named = (name: string) =>
  [...grid.querySelectorAll<HTMLElement>('[data-cell]')].find((cell) => cell.textContent === name) as HTMLElement;
const focused = () => document.activeElement?.textContent;

function press(key: string, options: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options });
  document.activeElement?.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  grid = document.createElement('div');
  grid.append(row('a1', 'a2', 'a3'), row(), row('b1'), row('c1', 'c2', 'c3'));
  document.body.append(grid);
  leave = gridKeys(grid);
});

afterEach(() => {
  leave();
  grid.remove();
});

describe('gridKeys', () => {
  it('makes the grid one stop of the Tab key, which is where the focus was last', () => {
    const stops = () =>
      [...grid.querySelectorAll<HTMLElement>('[data-cell]')]
        .filter((cell) => cell.tabIndex === 0)
        .map((c) => c.textContent);
    expect(stops()).toEqual(['a1']);
    named('c2').focus();
    expect(stops()).toEqual(['c2']);
  });

  it('moves along a row and stops at its ends', () => {
    named('a1').focus();
    press('ArrowRight');
    expect(focused()).toBe('a2');
    press('End');
    expect(focused()).toBe('a3');
    press('ArrowRight');
    expect(focused()).toBe('a3');
    press('Home');
    expect(focused()).toBe('a1');
  });

  it('moves between rows, passes over empty ones and enters a shorter one at its end', () => {
    named('a3').focus();
    press('ArrowDown');
    expect(focused()).toBe('b1');
    press('ArrowDown');
    expect(focused()).toBe('c1');
    press('ArrowUp');
    press('ArrowUp');
    expect(focused()).toBe('a1');
    press('ArrowUp');
    expect(focused()).toBe('a1');
  });

  it('goes to the ends of the grid with Ctrl', () => {
    named('b1').focus();
    press('End', { ctrlKey: true });
    expect(focused()).toBe('c3');
    press('Home', { ctrlKey: true });
    expect(focused()).toBe('a1');
  });

  it('leaves other keys and Alt chords alone', () => {
    named('a1').focus();
    expect(press('Enter').defaultPrevented).toBe(false);
    expect(press('ArrowRight', { altKey: true }).defaultPrevented).toBe(false);
    expect(focused()).toBe('a1');
    expect(press('ArrowRight').defaultPrevented).toBe(true);
  });

  it('keeps exactly one stop when rows come and the stop goes', async () => {
    named('a1').focus();
    grid.firstElementChild?.remove();
    grid.append(row('d1'));
    await new Promise((resolve) => setTimeout(resolve, 0));
    const stops = [...grid.querySelectorAll<HTMLElement>('[data-cell]')].filter((cell) => cell.tabIndex === 0);
    expect(stops.map((cell) => cell.textContent)).toEqual(['b1']);
  });
});

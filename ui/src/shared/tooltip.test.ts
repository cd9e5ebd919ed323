import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOVER_MS, placed, tooltips } from './tooltip';

const VIEW = { width: 1000, height: 700 };
const SIZE = { width: 200, height: 30 };
const box = (left: number, top: number, width = 60, height = 24) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

let stop: () => void;
beforeEach(() => {
  vi.useFakeTimers({ now: 10_000 });
  Object.defineProperty(document.documentElement, 'clientWidth', { value: VIEW.width, configurable: true });
  Object.defineProperty(document.documentElement, 'clientHeight', { value: VIEW.height, configurable: true });
  stop = tooltips(document);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  document.body.replaceChildren();
});

const tip = (): HTMLElement | null => document.querySelector('[role="tooltip"]');

function put(html: string): HTMLElement[] {
  document.body.innerHTML = html;
  return [...document.body.querySelectorAll<HTMLElement>('[id]')].map((element) => {
    element.getBoundingClientRect = () => new DOMRect(300, 300, 60, 24);
    return element;
  });
}

function cut(element: HTMLElement): void {
  Object.defineProperty(element, 'clientWidth', { value: 50 });
  Object.defineProperty(element, 'scrollWidth', { value: 140 });
}

function point(at: Element): void {
  at.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
}

function press(key: string, on: Element = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  on.dispatchEvent(event);
  return event;
}

describe('a tooltip', () => {
  it('comes when the pointer has rested, and goes when it leaves', () => {
    const [button, other] = put('<button id="a" data-tip="Import documents…">+</button><p id="b">text</p>');
    point(button as Element);
    vi.advanceTimersByTime(HOVER_MS - 1);
    expect(tip()).toBeNull();
    vi.advanceTimersByTime(1);
    expect(tip()?.textContent).toBe('Import documents…');
    point(other as Element);
    vi.advanceTimersByTime(1000);
    expect(tip()).toBeNull();
  });

  it('stays while the pointer goes onto it', () => {
    const [button] = put('<button id="a" data-tip="Help">?</button>');
    point(button as Element);
    vi.advanceTimersByTime(HOVER_MS);
    point(tip() as Element);
    vi.advanceTimersByTime(1000);
    expect(tip()).not.toBeNull();
  });

  it('comes at once with a navigation key, and not when the focus was put there', () => {
    const [button] = put('<button id="a" data-tip="Command palette">K</button>');
    press('Enter');
    button?.focus();
    expect(tip()).toBeNull();
    button?.blur();
    press('Tab');
    button?.focus();
    expect(tip()?.textContent).toBe('Command palette');
    button?.blur();
    expect(tip()).toBeNull();
  });

  it('goes with Escape, which does nothing else the first time', () => {
    const [button] = put('<button id="a" data-tip="Close">x</button>');
    press('Tab');
    button?.focus();
    expect(press('Escape', button).defaultPrevented).toBe(true);
    expect(tip()).toBeNull();
    expect(press('Escape', button).defaultPrevented).toBe(false);
  });

  it('stays away from what was pressed until the pointer has been elsewhere', () => {
    const [button, other] = put('<button id="a" data-tip="Save">s</button><p id="b">text</p>');
    point(button as Element);
    button?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    point(button as Element);
    vi.advanceTimersByTime(2 * HOVER_MS);
    expect(tip()).toBeNull();
    point(other as Element);
    point(button as Element);
    vi.advanceTimersByTime(HOVER_MS);
    expect(tip()).not.toBeNull();
  });

  it('shows a name that is cut, and none that is whole', () => {
    const [long, short] = put(
      '<span id="a" class="clip">Двусторонние отношения</span><span id="b" class="clip">조약</span>',
    );
    cut(long as HTMLElement);
    point(short as Element);
    vi.advanceTimersByTime(HOVER_MS);
    expect(tip()).toBeNull();
    point(long as Element);
    vi.advanceTimersByTime(HOVER_MS);
    expect(tip()?.textContent).toBe('Двусторонние отношения');
  });

  it('shows all cut names of a row that is reached by key', () => {
    const [row, title, about] = put(
      '<button id="a"><strong id="b" data-cut>A long title</strong> <small id="c" class="clip">A long list of facts</small></button>',
    );
    cut(title as HTMLElement);
    cut(about as HTMLElement);
    press('ArrowDown');
    row?.focus();
    expect(tip()?.textContent).toBe('A long title\nA long list of facts');
  });

  it('shows what is cut in a control that is pointed at anywhere', () => {
    const [row, name] = put('<button id="a"><span id="b" class="clip">железнодорожный вопрос</span> 12</button>');
    cut(name as HTMLElement);
    point(row as Element);
    vi.advanceTimersByTime(HOVER_MS);
    expect(tip()?.textContent).toBe('железнодорожный вопрос');
  });

  it('goes when a dialog or a menu opens, and is inside the dialog that it belongs to', () => {
    const [button, , inside] = put(
      '<button id="a" data-tip="New tag">+</button><dialog id="d" open><button id="i" data-tip="Close">x</button></dialog>',
    );
    press('Tab');
    button?.focus();
    expect(tip()).not.toBeNull();
    document.getElementById('d')?.dispatchEvent(Object.assign(new Event('beforetoggle'), { newState: 'open' }));
    expect(tip()).toBeNull();
    inside?.focus();
    expect(tip()?.closest('dialog')?.id).toBe('d');
  });

  it('describes an element whose name does not say it, and leaves other descriptions alone', async () => {
    const [named, described] = put(
      '<button id="a" aria-label="Close" data-tip="Close">x</button>' +
        '<button id="b" data-tip="military: armed forces" aria-describedby="h">military</button><p id="h">Hint</p>',
    );
    press('Tab');
    named?.focus();
    expect(named?.hasAttribute('aria-describedby')).toBe(false);
    described?.focus();
    expect(described?.getAttribute('aria-describedby')).toBe('h tooltip');
    vi.useRealTimers();
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
    described?.blur();
    expect(described?.getAttribute('aria-describedby')).toBe('h');
  });
});

describe('its place', () => {
  it('is below, above at the lower edge, and within the window at the sides', () => {
    expect(placed(box(300, 300), SIZE, null, VIEW)).toEqual({ left: 300, top: 330 });
    expect(placed(box(300, 660), SIZE, null, VIEW)).toEqual({ left: 300, top: 624 });
    expect(placed(box(960, 300, 30), SIZE, null, VIEW)?.left).toBe(792);
  });

  it('never covers what has the focus', () => {
    // The field stands below, then above, then on all sides.
    expect(placed(box(300, 300), SIZE, box(280, 330, 300), VIEW)).toEqual({ left: 300, top: 264 });
    expect(placed(box(300, 300), SIZE, box(280, 200, 300, 90), VIEW)).toEqual({ left: 300, top: 330 });
    expect(placed(box(300, 300), SIZE, box(0, 0, 1000, 700), VIEW)).toBeNull();
  });
});

/**
 * Tooltips of the window's own, in place of the engine's: those stay above dialogs, follow no theme and never come with
 * the keyboard. One element serves the whole page. An element asks for a tooltip by markup alone:
 *
 * - `data-tip="words"`: the words are shown whenever it is pointed at or reached by a navigation key.
 * - `.clip` or `data-cut`: its own text is shown, when not all of it fits.
 *
 * A tooltip that says more than the element's accessible name describes the element while it is shown. Nothing here is
 * the only way to a piece of information: names are in `aria-label` or in the text.
 */
import './tooltip.css';

/** The pointer rests so long on an element before its tooltip comes, in milliseconds. */
export const HOVER_MS = 450;
/** A tooltip that went less than so long ago lets the next one come at once, in milliseconds. */
const NEXT_MS = 300;
/** The pointer may take so long from the element to its tooltip, in milliseconds. */
const CROSSING_MS = 120;
/** Room to the element and to the window's edge, in pixels. */
const GAP = 6;
const EDGE = 8;
/** An element higher than this has its tooltip beside the pointer, in pixels. */
const TALL = 90;
/** What has the focus is kept free, unless it fills so much of the window: then it is a surface, such as the text. */
const SURFACE = 0.2;

const CUT = '.clip, [data-cut]';
const NAVIGATION = new Set(['Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
type Size = { readonly width: number; readonly height: number };

/** Serves all elements of `page`; answers with what ends it. */
export function tooltips(page: Document): () => void {
  const tip = page.createElement('div');
  tip.className = 'tooltip';
  tip.id = 'tooltip';
  tip.setAttribute('role', 'tooltip');
  tip.setAttribute('popover', 'manual');

  let holder: HTMLElement | null = null;
  /** The element under the pointer whose tooltip was put away: it stays away until the pointer has left. */
  let dismissed: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = -Infinity;
  let byKey = false;
  let pointer = { x: 0, y: 0 };

  function show(on: HTMLElement, words: string, at: Box): void {
    hide();
    holder = on;
    tip.textContent = words;
    tip.dir = 'auto';
    // A modal dialog makes everything outside it inert, so the tooltip goes inside.
    (on.closest('dialog') ?? page.body).append(tip);
    tip.showPopover?.();
    const place = placed(at, tip.getBoundingClientRect(), focusBox(page, on), windowSize());
    if (!place) return hide();
    tip.style.left = `${place.left}px`;
    tip.style.top = `${place.top}px`;
    if (!saysAlready(on, words)) describe(on);
  }

  function hide(): void {
    clearTimeout(timer);
    if (!holder) return;
    undescribe(holder);
    holder = null;
    hiddenAt = performance.now();
    // Its dialog may be gone, and the tooltip with it.
    if (tip.isConnected) tip.hidePopover?.();
    tip.remove();
  }

  function later(work: () => void, delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(work, delay);
  }

  const over = (event: PointerEvent): void => {
    pointer = { x: event.clientX, y: event.clientY };
    const target = event.target as Element;
    if (event.pointerType === 'touch' || event.buttons !== 0) return;
    if (tip.contains(target)) return clearTimeout(timer);
    const found = pointed(target);
    if (found && found.on === holder) return clearTimeout(timer);
    if (found?.on !== dismissed) dismissed = null;
    if (holder) later(hide, CROSSING_MS);
    else clearTimeout(timer);
    if (!found || dismissed) return;
    const { on, words } = found;
    const quick = holder !== null || performance.now() - hiddenAt < NEXT_MS;
    later(() => on.isConnected && show(on, words, hoverBox(on)), quick ? CROSSING_MS : HOVER_MS);
  };

  function hoverBox(on: Element): Box {
    const box = on.getBoundingClientRect();
    if (box.height <= TALL) return box;
    return { left: pointer.x - 4, right: pointer.x + 4, top: pointer.y - 10, bottom: pointer.y + 10 };
  }

  const moved = (event: PointerEvent): void => void (pointer = { x: event.clientX, y: event.clientY });

  const left = (event: PointerEvent): void => {
    // The pointer has left the window.
    if (event.relatedTarget !== null) return;
    dismissed = null;
    later(hide, CROSSING_MS);
  };

  const pressed = (event: Event): void => {
    byKey = false;
    hide();
    dismissed = pointed(event.target as Element)?.on ?? null;
  };

  const focused = (event: FocusEvent): void => {
    hide();
    const target = event.target;
    if (!byKey || !(target instanceof HTMLElement)) return;
    const words = told(target);
    if (words) show(target, words, target.getBoundingClientRect());
  };

  const keyed = (event: KeyboardEvent): void => {
    byKey = NAVIGATION.has(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key !== 'Escape' || !holder) return void clearTimeout(timer);
    // The first Escape puts the tooltip away and does nothing else.
    event.preventDefault();
    event.stopPropagation();
    dismissed = holder;
    hide();
  };

  /** Another surface opens above everything: a dialog, a menu. */
  const opening = (event: Event): void => {
    if (event.target !== tip && (event as ToggleEvent).newState === 'open') hide();
  };

  const scrolled = (event: Event): void => {
    if (holder && event.target instanceof Node && event.target.contains(holder)) hide();
  };

  const capture = { capture: true } as const;
  const heard: readonly [EventTarget, string, (event: never) => void][] = [
    [page, 'pointerover', over],
    [page, 'pointermove', moved],
    [page, 'pointerout', left],
    [page, 'pointerdown', pressed],
    [page, 'focusin', focused],
    [page, 'focusout', hide],
    [page, 'beforetoggle', opening],
    [page, 'scroll', scrolled],
    [page.defaultView ?? page, 'keydown', keyed],
    [page.defaultView ?? page, 'blur', hide],
  ];
  for (const [on, name, handler] of heard) on.addEventListener(name, handler as EventListener, capture);
  return () => {
    hide();
    for (const [on, name, handler] of heard) on.removeEventListener(name, handler as EventListener, capture);
  };

  function windowSize(): Size {
    return { width: page.documentElement.clientWidth, height: page.documentElement.clientHeight };
  }

  function describe(on: Element): void {
    const others = on.getAttribute('aria-describedby');
    on.setAttribute('aria-describedby', others ? `${others} ${tip.id}` : tip.id);
  }

  function undescribe(on: Element): void {
    const others = (on.getAttribute('aria-describedby') ?? '').split(/\s+/).filter((id) => id && id !== tip.id);
    if (others.length > 0) on.setAttribute('aria-describedby', others.join(' '));
    else on.removeAttribute('aria-describedby');
  }
}

/** The element at or above `target` that has something to say to a pointer. */
function pointed(target: Element): { on: HTMLElement; words: string } | null {
  const on = target.closest?.<HTMLElement>(`[data-tip], ${CUT}`);
  const words = on && own(on);
  if (words) return { on, words };
  // What is cut stands inside something with words of its own.
  const outer = on?.parentElement?.closest<HTMLElement>('[data-tip]');
  if (outer?.dataset.tip) return { on: outer, words: outer.dataset.tip };
  const control = target.closest?.<HTMLElement>('button, a');
  const inside = control && told(control);
  return inside ? { on: control, words: inside } : null;
}

/** What an element that has the focus has to say: its own words, or whatever in it is cut. */
function told(target: HTMLElement): string {
  const words = own(target) || (target.closest<HTMLElement>('label[data-tip]')?.dataset.tip ?? '');
  if (words || !target.matches('button, a')) return words;
  return [...target.querySelectorAll<HTMLElement>(`[data-tip], ${CUT}`)].map(own).filter(Boolean).join('\n');
}

function own(element: HTMLElement): string {
  if (element.dataset.tip) return element.dataset.tip;
  return element.matches(CUT) && isCut(element) ? (element.textContent ?? '').replace(/\s+/g, ' ').trim() : '';
}

function isCut(element: HTMLElement): boolean {
  return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2;
}

/** A screen reader has heard the words already: they are in the element's name. */
function saysAlready(on: HTMLElement, words: string): boolean {
  const name = on.getAttribute('aria-label') ?? on.textContent ?? '';
  const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return tidy(name).includes(tidy(words));
}

function focusBox(page: Document, on: Element): Box | null {
  const focused = page.activeElement;
  if (!focused || focused === page.body || focused === on) return null;
  const box = focused.getBoundingClientRect();
  const view = page.documentElement;
  const typing = focused.matches('input, textarea, select');
  const share = (box.width * box.height) / Math.max(1, view.clientWidth * view.clientHeight);
  return typing || share < SURFACE ? box : null;
}

/** Where a tooltip of a size goes: below or above its element, or beside it; null where it would cover the focus. */
export function placed(on: Box, size: Size, keepFree: Box | null, view: Size): { left: number; top: number } | null {
  const clamp = (value: number, most: number): number => Math.max(EDGE, Math.min(value, most - EDGE));
  const along = clamp(on.left, view.width - size.width);
  const level = clamp(on.top, view.height - size.height);
  const wishes = [
    { left: along, top: on.bottom + GAP },
    { left: along, top: on.top - GAP - size.height },
    { left: on.right + GAP, top: level },
    { left: on.left - GAP - size.width, top: level },
  ];
  const fits = wishes.find(({ left, top }) => {
    const box = { left, top, right: left + size.width, bottom: top + size.height };
    const inside = left >= EDGE && top >= EDGE && box.right <= view.width - EDGE && box.bottom <= view.height - EDGE;
    return inside && !(keepFree && overlap(box, keepFree)) && !overlap(box, on);
  });
  return fits ?? null;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// From a key press to a command: where the focus is decides what a key may mean. Only this file listens to keys for the
// whole window; components handle the keys of their own controls and mark the event as handled.

import { chordOf, commands, isSingle, type Command, type CommandId } from '../shared/keys';

/** The second key of `g r` must follow within this many milliseconds. */
export const SEQUENCE_MS = 1_200;

/** What the handler asks of the window. */
export type Keyboard = {
  run: (id: CommandId) => void;
  /** Marks with the tag of this key; false when no tag has it. */
  tag: (key: string) => boolean;
  /** Whether keys without Ctrl or Alt act at all. */
  singleKeys: () => boolean;
  /** Whether the focus being nowhere means that the text has it. */
  readsByDefault: () => boolean;
};

/** Where the focus is, as far as keys care. */
export type Place = 'modal' | 'typing' | 'reading' | 'list' | 'elsewhere';

/** The place of an element, by the marks that the layout sets: `data-keys="reading"` and `data-keys="list"`. */
export function placeOf(target: EventTarget | null, readsByDefault: boolean): Place {
  if (document.querySelector('dialog[open]')) return 'modal';
  if (!(target instanceof Element) || target === document.body || target === document.documentElement)
    return readsByDefault ? 'reading' : 'list';
  if (target.closest('[role="menu"], [role="listbox"]')) return 'modal';
  if (isTyping(target)) return 'typing';
  const marked = target.closest<HTMLElement>('[data-keys]')?.dataset.keys;
  return marked === 'reading' || marked === 'list' ? marked : 'elsewhere';
}

/** A handler for the window's `keydown`. It keeps nothing but the first key of a sequence. */
export function handler(keyboard: Keyboard): (event: KeyboardEvent) => void {
  let first: { key: string; at: number } | null = null;

  return (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const chord = chordOf(event);
    if (!chord) return;
    const place = placeOf(event.target, keyboard.readsByDefault());
    const lead = first && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
    first = null;
    if (place === 'modal') return;

    if (lead) {
      const command = find(`${lead} ${chord}`, place, event, keyboard);
      if (command) return act(event, () => keyboard.run(command.id));
    }
    const command = find(chord, place, event, keyboard);
    if (command) return act(event, () => keyboard.run(command.id));
    if (!isSingle(chord) || !keyboard.singleKeys() || (place !== 'reading' && place !== 'list')) return;
    if (commands.some(({ keys }) => keys.some((key) => key.startsWith(`${chord} `)))) {
      first = { key: chord, at: event.timeStamp };
      return event.preventDefault();
    }
    // A tag's key may be of any script; the Latin one at the same place comes second.
    if (place === 'reading' && (keyboard.tag(event.key) || keyboard.tag(chord))) event.preventDefault();
  };
}

function act(event: KeyboardEvent, run: () => void): void {
  event.preventDefault();
  run();
}

function find(chord: string, place: Place, event: KeyboardEvent, keyboard: Keyboard): Command | undefined {
  return commands.find((command) => command.keys.includes(chord) && allowed(command, chord, place, event, keyboard));
}

function allowed(command: Command, chord: string, place: Place, event: KeyboardEvent, keyboard: Keyboard): boolean {
  const bare = isSingle(chord) || chord.includes(' ');
  if (bare && !keyboard.singleKeys()) return false;
  // A letter beside a button may be a slip; a sign such as `?` is not.
  if (bare && place === 'elsewhere' && /\p{L}/u.test(chord)) return false;
  if (place === 'typing') return command.where === 'everywhere' && command.whileTyping && !bare;
  if (command.where === 'lists') return place === 'list';
  if (command.where === 'reading') {
    // Enter, arrows and the like belong to a button or a link that has the focus; letters do not.
    return place === 'reading' && (isSingle(chord) || !operatesControl(event.target));
  }
  return true;
}

function operatesControl(target: EventTarget | null): boolean {
  const control = 'button, a[href], input, summary, [role="button"], [role="tab"], [role="slider"], [role="option"]';
  return target instanceof Element && target.closest(control) !== null;
}

function isTyping(target: Element): boolean {
  if (target instanceof HTMLInputElement)
    return !['button', 'checkbox', 'color', 'radio', 'range', 'reset', 'submit'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

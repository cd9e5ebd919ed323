// The one table of commands and their keys. The key handler, the palette, the list of shortcuts and every hint beside a
// button read it; a key that is not here does nothing. What a command does is in app/commands.ts; the keys of tags are
// the tags' own and come on top.
//
// A chord is written `Ctrl+Alt+Shift+key`, in that order; a letter is lower case; a character that itself needs Shift
// (`?`) is written without it; two keys one after the other are separated by a space (`g r`).

import { words } from './words';

/** Where a command's keys act: in the whole window, while the text or its margin has the focus, or while a list has it. */
export type Where = 'everywhere' | 'reading' | 'lists';
export type Group = 'reading' | 'marking' | 'going' | 'project' | 'window';
export type CommandId = keyof typeof words.app.commands;

export type Command = {
  readonly id: CommandId;
  readonly name: string;
  readonly keys: readonly string[];
  readonly where: Where;
  readonly group: Group;
  /** Its chord also acts while a text field has the focus. */
  readonly whileTyping: boolean;
};

type Row = readonly [id: CommandId, keys: readonly string[], where: Where, group: Group, traits?: Traits];
type Traits = { whileTyping?: true };

const whileTyping: Traits = { whileTyping: true };

const TABLE: readonly Row[] = [
  ['reading.nextSentence', ['j', 'ArrowDown'], 'reading', 'reading'],
  ['reading.previousSentence', ['k', 'ArrowUp'], 'reading', 'reading'],
  ['reading.extendNext', ['Shift+j', 'Shift+ArrowDown'], 'reading', 'reading'],
  ['reading.extendPrevious', ['Shift+k', 'Shift+ArrowUp'], 'reading', 'reading'],
  ['reading.endLater', ['Shift+ArrowRight'], 'reading', 'reading'],
  ['reading.endEarlier', ['Shift+ArrowLeft'], 'reading', 'reading'],
  ['reading.startLater', ['Alt+Shift+ArrowRight'], 'reading', 'reading'],
  ['reading.startEarlier', ['Alt+Shift+ArrowLeft'], 'reading', 'reading'],
  ['reading.nextHighlight', [']'], 'reading', 'reading'],
  ['reading.previousHighlight', ['['], 'reading', 'reading'],
  ['reading.pageDown', ['PageDown'], 'reading', 'reading'],
  ['reading.pageUp', ['PageUp'], 'reading', 'reading'],
  ['reading.home', ['Home'], 'reading', 'reading'],
  ['reading.end', ['End'], 'reading', 'reading'],
  ['reading.selectAll', ['Ctrl+a'], 'reading', 'reading'],
  ['reading.find', ['Ctrl+f'], 'everywhere', 'reading', whileTyping],
  ['reading.findNext', ['F3', 'Ctrl+g'], 'everywhere', 'reading', whileTyping],
  ['reading.findPrevious', ['Shift+F3', 'Ctrl+Shift+g'], 'everywhere', 'reading', whileTyping],

  ['marking.openCard', ['Enter'], 'reading', 'marking'],
  ['marking.note', ['n'], 'reading', 'marking'],
  ['marking.link', ['x'], 'reading', 'marking'],
  ['marking.remove', ['Delete'], 'reading', 'marking'],
  ['history.undo', ['Ctrl+z'], 'everywhere', 'marking'],
  ['history.redo', ['Ctrl+Shift+z', 'Ctrl+y'], 'everywhere', 'marking'],
  ['history.show', ['g h'], 'everywhere', 'marking'],

  ['view.read', ['g r'], 'everywhere', 'going'],
  ['view.dashboard', ['g d'], 'everywhere', 'going'],
  ['view.links', ['g l'], 'everywhere', 'going'],
  ['view.search', ['g s', '/'], 'everywhere', 'going'],
  ['review.show', ['g v'], 'everywhere', 'going'],
  ['view.outline', ['g o'], 'everywhere', 'going'],
  ['view.messages', ['F6'], 'everywhere', 'going', whileTyping],
  ['reading.back', ['Alt+ArrowLeft'], 'everywhere', 'going'],
  ['palette', ['Ctrl+k'], 'everywhere', 'going', whileTyping],

  ['documents.import', ['Ctrl+o'], 'everywhere', 'project', whileTyping],
  ['documents.importFolders', [], 'everywhere', 'project'],
  ['documents.importWhole', [], 'everywhere', 'project'],
  ['documents.original', [], 'everywhere', 'project'],
  ['documents.version', [], 'everywhere', 'project'],
  ['documents.wholePage', [], 'everywhere', 'project'],
  ['documents.fill', [], 'everywhere', 'project'],
  ['documents.paste', [], 'everywhere', 'project'],
  ['documents.correct', ['F2'], 'reading', 'project'],
  ['list.edit', ['F2'], 'lists', 'project'],
  ['list.remove', ['Delete'], 'lists', 'project'],
  ['tags.create', [], 'everywhere', 'project'],
  ['tags.clearFilter', [], 'everywhere', 'project'],
  ['documents.print', ['Ctrl+p'], 'everywhere', 'project', whileTyping],
  ['export', ['Ctrl+e'], 'everywhere', 'project', whileTyping],
  ['project.new', [], 'everywhere', 'project'],
  ['project.open', [], 'everywhere', 'project'],
  ['project.copy', [], 'everywhere', 'project'],
  ['project.check', [], 'everywhere', 'project'],
  ['project.compact', [], 'everywhere', 'project'],

  ['theme.system', [], 'everywhere', 'window'],
  ['theme.light', [], 'everywhere', 'window'],
  ['theme.dark', [], 'everywhere', 'window'],
  ['settings.wholeWords', [], 'everywhere', 'window'],
  ['settings.singleKeys', [], 'everywhere', 'window'],
  ['settings.watchSources', [], 'everywhere', 'window'],
  ['help', ['?', 'F1'], 'everywhere', 'window', whileTyping],
];

/** Every command of the window, in the order in which the list of shortcuts shows them. */
export const commands: readonly Command[] = TABLE.map(([id, keys, where, group, traits]) => ({
  id,
  name: words.app.commands[id],
  keys,
  where,
  group,
  whileTyping: traits?.whileTyping ?? false,
}));

/** All chords of a command. */
export function keysOf(id: CommandId): readonly string[] {
  return commands.find((command) => command.id === id)?.keys ?? [];
}

/** The first chord of a command, for a hint beside a button; null when it has none. */
export function keyOf(id: CommandId): string | null {
  return keysOf(id)[0] ?? null;
}

/** Single keys that a tag cannot have, because they mean something already where tag keys act. */
export const taken: ReadonlyMap<string, Command> = new Map(
  commands.flatMap((command) => command.keys.map((key) => [key.split(' ')[0] ?? key, command] as const)),
);

/** Whether a chord is a bare character, without Ctrl or Alt: those act only outside text fields and can be switched off. */
export function isSingle(chord: string): boolean {
  return [...chord.replace(/^Shift\+/, '')].length === 1;
}

/** What a key press is in the notation of the table. Empty while only a modifier is down. */
export function chordOf(event: KeyboardEvent): string {
  if (['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process'].includes(event.key)) return '';
  const key = keyName(event);
  const bare = [...key].length === 1;
  // AltGr writes a character on many keyboards, and is then no Ctrl and no Alt.
  const writes = bare && (event.getModifierState?.('AltGraph') ?? false);
  const shift = event.shiftKey && (!bare || /^[a-z]$/.test(key));
  return [
    (event.ctrlKey || event.metaKey) && !writes ? 'Ctrl+' : '',
    event.altKey && !writes ? 'Alt+' : '',
    shift ? 'Shift+' : '',
    key,
  ].join('');
}

/** The character in lower case; on a keyboard of another script, the Latin one at the same place. */
function keyName(event: KeyboardEvent): string {
  if ([...event.key].length > 1 || event.key <= '\u007f')
    return event.key.length > 1 ? event.key : event.key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  return letter?.toLowerCase() ?? LATIN[event.code] ?? event.key.toLowerCase();
}

const LATIN: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']', Slash: '/' };

/** A chord as a person reads it: `Ctrl+Shift+z` → `Ctrl Shift Z`, one part a key cap. */
export function capsOf(chord: string): string[] {
  return chord.split(' ').flatMap((part) => {
    const caps = part === '+' ? ['+'] : part.split('+');
    return caps.map((cap) => words.app.keyNames[cap] ?? (/^[a-z]$/.test(cap) ? cap.toUpperCase() : cap));
  });
}

/** A chord for `aria-keyshortcuts`, which wants W3C key names; sequences have no such notation and give null. */
export function ariaOf(chord: string): string | null {
  return chord.includes(' ') ? null : chord.replace('Ctrl+', 'Control+');
}

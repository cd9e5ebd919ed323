import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handler, placeOf, SEQUENCE_MS } from './keyboard';

let ran: string[];
let tagged: string[];
let single: boolean;
let reads: boolean;
let press: (event: KeyboardEvent) => void;

beforeEach(() => {
  ran = [];
  tagged = [];
  single = true;
  reads = true;
  press = handler({
    run: (id) => ran.push(id),
    tag: (key) => key === 'm' && tagged.push(key) > 0,
    singleKeys: () => single,
    readsByDefault: () => reads,
  });
  window.addEventListener('keydown', press);
  document.body.innerHTML = `
    <header><button id="button" type="button">x</button><input id="field"></header>
    <div data-keys="list"><button id="row" type="button">x</button></div>
    <div data-keys="reading">
      <main id="text" tabindex="-1"><span id="mark" tabindex="0">x</span></main>
      <button id="inText" type="button">x</button><textarea id="note"></textarea>
      <div role="menu"><button id="inMenu" type="button">x</button></div>
      <input id="switch" type="checkbox">
    </div>`;
});
afterEach(() => {
  window.removeEventListener('keydown', press);
  document.body.replaceChildren();
});

function hit(id: string, key: string, more: KeyboardEventInit & { at?: number } = {}): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  if (more.at !== undefined) Object.defineProperty(event, 'timeStamp', { value: more.at });
  (id ? document.getElementById(id) : document.body)?.dispatchEvent(event);
  return event.defaultPrevented;
}

it.each([
  ['field', 'typing'],
  ['note', 'typing'],
  ['switch', 'reading'],
  ['text', 'reading'],
  ['mark', 'reading'],
  ['row', 'list'],
  ['button', 'elsewhere'],
  ['inMenu', 'modal'],
])('the place of #%s is %s', (id, place) => {
  expect(placeOf(document.getElementById(id), true)).toBe(place);
});

describe('single letters', () => {
  it('act in the text', () => {
    expect(hit('text', 'n')).toBe(true);
    expect(hit('mark', 'x')).toBe(true);
    expect(ran).toEqual(['marking.note', 'marking.link']);
  });

  it.each(['field', 'note', 'button', 'row', 'inMenu'])('do not mark from #%s', (id) => {
    expect(hit(id, 'n')).toBe(false);
    expect(hit(id, 'm')).toBe(false);
    expect([ran, tagged]).toEqual([[], []]);
  });

  it('rest while a dialog is open', () => {
    document.body.append(Object.assign(document.createElement('dialog'), { open: true }));
    expect(hit('text', 'n')).toBe(false);
    expect(hit('text', 'k', { ctrlKey: true })).toBe(false);
  });

  it('can be switched off, tags and sequences with them, and the others stay', () => {
    single = false;
    for (const key of ['n', 'm', '?', ']', 'g', 'r', 'j']) expect(hit('text', key)).toBe(false);
    expect(hit('text', 'ArrowDown')).toBe(true);
    expect(hit('text', 'k', { ctrlKey: true })).toBe(true);
    expect([ran, tagged]).toEqual([['reading.nextSentence', 'palette'], []]);
  });

  it('rest while a word is being composed', () => {
    expect(hit('text', 'n', { isComposing: true })).toBe(false);
  });

  it('act on the text when nothing has the focus and the text is in front', () => {
    hit('', 'n');
    reads = false;
    hit('', 'n');
    expect(ran).toEqual(['marking.note']);
  });

  it('leave letters beside a button alone, but not a sign', () => {
    hit('button', 'g');
    hit('button', 'r');
    hit('button', '?');
    expect(ran).toEqual(['help']);
  });
});

describe('tag keys', () => {
  it('mark from the text, its margin and its toolbar', () => {
    expect(hit('text', 'm')).toBe(true);
    expect(hit('inText', 'm')).toBe(true);
    expect(tagged).toEqual(['m', 'm']);
  });

  it('let a key without a tag through', () => {
    expect(hit('text', 'q')).toBe(false);
  });

  it('work on a Cyrillic keyboard by the place of the key', () => {
    expect(hit('text', 'ь', { code: 'KeyM' })).toBe(true);
    expect(tagged).toEqual(['m']);
  });
});

describe('two keys one after the other', () => {
  it('are one command, from the text and from a list', () => {
    expect(hit('text', 'g')).toBe(true);
    hit('text', 'd');
    hit('row', 'g');
    hit('row', 's');
    expect(ran).toEqual(['view.dashboard', 'view.search']);
  });

  it('are two keys when the second comes too late', () => {
    hit('text', 'g', { at: 1000 });
    hit('text', 'm', { at: 1000 + SEQUENCE_MS });
    expect([ran, tagged]).toEqual([[], ['m']]);
  });

  it('give way to what the second key means by itself', () => {
    hit('text', 'g');
    hit('text', 'n');
    expect(ran).toEqual(['marking.note']);
  });
});

describe('keys that controls need', () => {
  it('stay with a button inside the text', () => {
    expect(hit('inText', 'Enter')).toBe(false);
    expect(hit('inText', 'ArrowDown')).toBe(false);
    expect(hit('mark', 'Enter')).toBe(true);
    expect(ran).toEqual(['marking.openCard']);
  });

  it('mean the list when a list has the focus', () => {
    hit('row', 'Delete');
    hit('text', 'Delete');
    expect(ran).toEqual(['list.remove', 'marking.remove']);
  });

  it('are left alone when a component took them', () => {
    document.getElementById('text')?.addEventListener('keydown', (event) => event.preventDefault());
    hit('text', 'j');
    expect(ran).toEqual([]);
  });
});

describe('while typing', () => {
  it('only what cannot be meant for the field acts', () => {
    for (const key of ['k', 'o', 'e', 'z', 'y', 'a']) hit('field', key, { ctrlKey: true });
    hit('field', 'ArrowLeft', { altKey: true });
    expect(ran).toEqual(['palette', 'documents.import', 'export']);
  });
});

import { expect, it } from 'vitest';
import { commands } from '../shared/keys';
import { synonyms } from '../shared/words/synonyms';
import { actions, withChosen } from './commands';
import { offers } from './palette';
import { DOCUMENTS, STATE, TAGS } from './window.fixture';

const STOCK = { documents: DOCUMENTS, tags: TAGS, recent: STATE.recent, figures: ['Highlights by tag'] };
const names = (query: string): string[] => offers(query, STOCK).map(({ name }) => name);

it('offers every command but itself before anything is typed', () => {
  expect(names('')).toHaveLength(commands.length - 1);
  expect(names('')).not.toContain('Command palette');
});

it('finds commands, tags and documents by a few letters', () => {
  expect(names('exno')[0]).toBe('Export notes…');
  expect(names('capitals')).toContain('Two isolated capitals');
  expect(names('military')).toContain('Tag with military');
  expect(names('qqqq')).toEqual([]);
});

it.each([
  ['dark theme', 'Theme: dark'],
  ['theme dark', 'Theme: dark'],
  ['night mode', 'Theme: dark'],
  ['merge', 'Edit tag → Merge tags…'],
  ['combine labels', 'Edit tag → Merge tags…'],
  ['rename tag', 'Edit tag…'],
  ['tag military', 'Tag with military'],
  ['metadata', 'Document details…'],
  ['shortcuts', 'Keyboard shortcuts'],
  ['notes export', 'Export notes…'],
  ['backup', 'Make a copy of the project…'],
  ['bibtex', 'Fill in the details of the open document from a file…'],
  ['toc', 'Outline of the document'],
  ['comment', 'Write a note'],
  ['delete document', 'Delete a document…'],
  ['recent', 'Open a recent project…'],
  ['rouble fuel', 'Fuel, rail and rouble'],
])('for “%s” offers “%s” first', (query, name) => {
  expect(names(query)[0]).toBe(name);
});

it('puts the commands about tags before the tags', () => {
  const found = names('tag');
  expect(found.indexOf('Edit tag…')).toBeLessThan(found.indexOf('Tag with military'));
  expect(found.indexOf('New tag…')).toBeLessThan(found.indexOf('Tag with military'));
});

it('puts what has the words before what only has their letters in order', () => {
  // "Make a copy of the project…" has the letters, too.
  const found = names('map');
  expect(found[0]).toBe('Dashboard');
  expect(found).toContain('Make a copy of the project…');
});

it('offers what a command asks for, and only that', () => {
  expect(offers('', STOCK, 'tag').map(({ name }) => name)).toEqual(['military', 'economic', 'fuel']);
  expect(offers('fu', STOCK, 'tag').map(({ name }) => name)).toEqual(['fuel']);
  expect(offers('kov', STOCK, 'document')).toEqual([]);
  expect(offers('', STOCK, 'document')).toHaveLength(2);
  expect(offers('', STOCK, 'figure').map(({ name }) => name)).toEqual(['Highlights by tag']);
  expect(offers('', STOCK, 'recent').map(({ name }) => name)).toEqual(['Arctic']);
});

it('has an action for each command, one for what was chosen, and synonyms for what has many names', () => {
  const asking = commands.filter(({ chooses }) => chooses !== null).map(({ id }) => id);
  expect(Object.keys(withChosen).sort()).toEqual([...asking].sort());
  expect(Object.keys(actions).sort()).toEqual(commands.map(({ id }) => id).sort());
  const known = Object.keys(synonyms);
  expect(
    commands
      .filter(({ id }) => id.startsWith('tags.') || id.startsWith('theme.'))
      .every(({ id }) => known.includes(id)),
  ).toBe(true);
});

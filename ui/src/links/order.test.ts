import { describe, expect, it } from 'vitest';
import type { Link } from '../api/contract';
import { COLUMNS, foldedLink, matches, NEWEST_FIRST, sortLinks, turn } from './order';

function link(id: string, over: Partial<Link> = {}): Link {
  return {
    id,
    from: 'a',
    to: 'b',
    relation: 'supports',
    inverse: 'supported by',
    relationId: 'r',
    note: '',
    created: 0,
    fromQuote: '',
    toQuote: '',
    fromDocument: 'd',
    toDocument: 'd',
    fromTitle: '',
    toTitle: '',
    ...over,
  };
}

const ids = (links: Link[]) => links.map((one) => one.id);

describe('sortLinks', () => {
  it('sorts texts by alphabet and number, not by code', () => {
    const links = [
      link('3', { fromTitle: 'Report 10' }),
      link('1', { fromTitle: 'Épuration' }),
      link('2', { fromTitle: 'report 2' }),
    ];
    expect(ids(sortLinks(links, { column: 'fromTitle', direction: 'ascending' }))).toEqual(['1', '2', '3']);
    expect(ids(sortLinks(links, { column: 'fromTitle', direction: 'descending' }))).toEqual(['3', '2', '1']);
  });

  it('puts links without a note last in both directions', () => {
    const links = [link('none'), link('b', { note: 'b' }), link('none2', { note: '  ' }), link('a', { note: 'a' })];
    expect(ids(sortLinks(links, { column: 'note', direction: 'ascending' }))).toEqual(['a', 'b', 'none', 'none2']);
    expect(ids(sortLinks(links, { column: 'note', direction: 'descending' }))).toEqual(['b', 'a', 'none', 'none2']);
  });

  it('keeps equal links newest first, then in one order whatever came in', () => {
    const links = [link('b', { created: 1 }), link('a', { created: 1 }), link('c', { created: 2 })];
    const order = { column: 'relation', direction: 'ascending' } as const;
    expect(ids(sortLinks(links, order))).toEqual(['c', 'a', 'b']);
    expect(ids(sortLinks([...links].reverse(), order))).toEqual(['c', 'a', 'b']);
  });

  it.each(COLUMNS)('leaves the list it was given alone (%s)', (column) => {
    const links = [link('b', { created: 1, note: 'b' }), link('a', { created: 2, note: 'a' })];
    sortLinks(links, { column, direction: 'ascending' });
    expect(ids(links)).toEqual(['b', 'a']);
  });
});

describe('turn', () => {
  it('turns the same column round and starts another at its natural end', () => {
    expect(turn(NEWEST_FIRST, 'created')).toEqual({ column: 'created', direction: 'ascending' });
    expect(turn(NEWEST_FIRST, 'note')).toEqual({ column: 'note', direction: 'ascending' });
    expect(turn({ column: 'note', direction: 'descending' }, 'created')).toEqual(NEWEST_FIRST);
  });
});

describe('matches', () => {
  const folded = foldedLink(
    link('1', {
      fromQuote: 'Грузовые поезда',
      toQuote: '러시아와 조선',
      note: 'Two façades, one Überblick',
      toTitle: 'Treaty',
    }),
  );

  it.each([
    ['', true],
    ['  ', true],
    ['facade uber', true],
    ['ГРУЗОВЫЕ', true],
    ['조선', true],
    ['treaty supported', true],
    ['treaty absent', false],
  ])('%j: %s', (filter, expected) => {
    expect(matches(folded, filter)).toBe(expected);
  });
});

it('finds the words of a note over the signs of its Markdown', () => {
  const folded = foldedLink(link('n', { note: 'it **helped** to _win_ время' }));
  expect(matches(folded, 'helped to win')).toBe(true);
  expect(matches(folded, '**')).toBe(false);
});

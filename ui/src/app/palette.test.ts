import { expect, it } from 'vitest';
import { commands } from '../shared/keys';
import { offers } from './palette';
import { DOCUMENTS, TAGS } from './window.fixture';

const names = (query: string): string[] => offers(query, DOCUMENTS, TAGS).map(({ name }) => name);

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

import { expect, it } from 'vitest';
import type { Tag } from '../api/contract';
import { branches, withDescendants } from './tree';

const tag = (id: string, parent: string | null = null): Tag => ({
  id,
  parent,
  name: id,
  colour: '#000000',
  key: null,
  definition: '',
  highlights: 0,
});
const drawn = (tags: Tag[]): string[] => branches(tags).map(({ tag: { id }, depth }) => '.'.repeat(depth) + id);

it('puts children below their parent, in the order they came', () => {
  expect(drawn([tag('a'), tag('b'), tag('a2', 'a'), tag('a1', 'a'), tag('deep', 'a1')])).toEqual([
    'a',
    '.a2',
    '.a1',
    '..deep',
    'b',
  ]);
});

it('loses no tag to a missing parent or a circle', () => {
  expect(drawn([tag('orphan', 'gone'), tag('x', 'y'), tag('y', 'x')])).toEqual(['orphan', 'x', 'y']);
});

it('knows what lies inside a tag', () => {
  const tags = [tag('deep', 'a1'), tag('a1', 'a'), tag('a'), tag('b')];
  expect([...withDescendants(tags, 'a')].sort()).toEqual(['a', 'a1', 'deep']);
});

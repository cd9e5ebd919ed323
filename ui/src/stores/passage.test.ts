import { expect, it, vi } from 'vitest';
import { openPassage, type Passage } from './passage';
import { reading } from './reading.svelte';
import { views } from './views.svelte';

it.each<[string, Passage, unknown[]]>([
  ['a highlight', { document: 'd', highlight: 'h', range: { start: 1, end: 2 } }, ['d', { highlight: 'h' }]],
  ['a range', { document: 'd', highlight: null, range: { start: 1, end: 2 } }, ['d', { offset: 1, range: [1, 2] }]],
  ['a document', { document: 'd', highlight: null, range: null }, ['d']],
])('%s opens in the Read view', (_, passage, asked) => {
  const go = vi.spyOn(reading, 'open').mockResolvedValue(undefined);
  views.show('links');
  openPassage(passage);
  expect(views.current).toBe('read');
  expect(go.mock.calls).toEqual([asked]);
});

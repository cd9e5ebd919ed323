import { describe, expect, it } from 'vitest';
import { Texts } from './texts';

describe('Texts', () => {
  it('keeps what was used last, within its room', () => {
    const texts = new Texts();
    const long = 'x'.repeat(7_000_000);
    texts.keep('one', long);
    texts.keep('two', long);
    expect(texts.get('one')).toBe(long);
    texts.keep('three', long);
    expect(['one', 'two', 'three'].map((version) => texts.get(version) !== undefined)).toEqual([true, false, true]);
    texts.clear();
    expect(texts.get('one')).toBeUndefined();
  });

  it('keeps a structure for as long as its text', () => {
    const texts = new Texts();
    const structure = { blocks: [], spans: [], pages: [], length: 1 };
    texts.keepStructure('one', structure);
    expect(texts.structure('one'), 'without a text').toBeUndefined();
    texts.keep('one', 'x'.repeat(9_000_000));
    texts.keepStructure('one', structure);
    expect(texts.structure('one')?.blocks).toBe(structure.blocks);
    texts.keepStructure('one', { ...structure, blocks: [] });
    expect(texts.structure('one')?.blocks, 'the first stays').toBe(structure.blocks);
    texts.keep('two', 'x'.repeat(9_000_000));
    expect(texts.structure('one')).toBeUndefined();
  });

  it('keeps nothing that is longer than all its room', () => {
    const texts = new Texts();
    texts.keep('one', 'short');
    texts.keep('two', 'x'.repeat(17_000_000));
    expect([texts.get('one'), texts.get('two')]).toEqual(['short', undefined]);
  });
});

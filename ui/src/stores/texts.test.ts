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

  it('keeps nothing that is longer than all its room', () => {
    const texts = new Texts();
    texts.keep('one', 'short');
    texts.keep('two', 'x'.repeat(17_000_000));
    expect([texts.get('one'), texts.get('two')]).toEqual(['short', undefined]);
  });
});

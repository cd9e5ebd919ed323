import { describe, expect, it } from 'vitest';
import { Passages } from './passages';
import type { Passage } from './text';

const passage = (id: string, start: number, end: number, tags: string[] = []): Passage => ({
  id,
  start,
  end,
  tags,
  noted: false,
  linked: false,
  doubtful: false,
});

describe('passages', () => {
  it('keeps all of several with the same span', () => {
    const passages = new Passages([passage('b', 3, 9), passage('a', 3, 9), passage('c', 3, 9)]);
    expect(passages.over(5).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    passages.remove('b');
    expect(passages.over(5).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('keeps the object of a passage that did not change, so that nothing is drawn again', () => {
    const first = passage('a', 3, 9, ['t']);
    const passages = new Passages([first]);
    expect(passages.put(passage('a', 3, 9, ['t']))).toBe(false);
    expect(passages.get('a')).toBe(first);
    expect(passages.put(passage('a', 3, 10, ['t']))).toBe(true);
    expect(passages.over(9)).toHaveLength(1);
    expect(passages.size).toBe(1);
  });

  it('walks in document order', () => {
    const passages = new Passages([passage('late', 50, 60), passage('inner', 3, 5), passage('outer', 3, 9)]);
    expect(passages.firstFrom(0)?.id).toBe('outer');
    expect(passages.after('outer')?.id).toBe('inner');
    expect(passages.after('late')).toBeUndefined();
    expect(passages.before('outer')).toBeUndefined();
    expect(passages.lastBefore(50)?.id).toBe('inner');
  });
});

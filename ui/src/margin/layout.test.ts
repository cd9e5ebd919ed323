import { describe, expect, it } from 'vitest';
import { COMPACT, seats, type Wish } from './layout';

const wish = (id: string, top: number, height = 80): Wish => ({ id, top, height });

/** No two cards may overlap. */
function apart(wishes: Wish[], active: string | null): ReturnType<typeof seats> {
  const found = seats(wishes, active);
  const height = new Map(wishes.map(({ id, height }) => [id, height]));
  for (let index = 1; index < found.length; index++) {
    const above = found[index - 1] as (typeof found)[number];
    const bottom = above.top + (above.compact ? COMPACT : (height.get(above.id) as number));
    expect(found[index]?.top).toBeGreaterThanOrEqual(bottom);
  }
  return found;
}

describe('cards in the margin', () => {
  it('sit on their lines when there is room', () => {
    expect(apart([wish('a', 0), wish('b', 100), wish('c', 300)], null).map(({ top }) => top)).toEqual([0, 100, 300]);
  });

  it('are pushed down by their neighbours', () => {
    expect(apart([wish('a', 0), wish('b', 30), wish('c', 400)], null).map(({ top }) => top)).toEqual([0, 88, 400]);
  });

  it('give way to the active one, up and down', () => {
    const found = apart([wish('a', 200), wish('b', 230), wish('c', 250)], 'b');
    expect(found.map(({ top }) => top)).toEqual([142, 230, 318]);
  });

  it('leave the window at the top for nobody', () => {
    const found = apart([wish('a', 10), wish('b', 20)], 'b');
    expect(found[0]?.top).toBe(0);
    expect(found[1]?.top).toBe(88);
  });

  it('shrink in a crowd, except the active one', () => {
    const crowd = Array.from({ length: 6 }, (_, at) => wish(`c${at}`, 100 + at * 10));
    const found = apart(crowd, 'c3');
    expect(found.find(({ id }) => id === 'c3')).toMatchObject({ compact: false, top: 130 });
    expect(found.filter(({ compact }) => compact).length).toBeGreaterThan(0);
    expect(apart([wish('far', 2000), ...[]], null)[0]?.compact).toBe(false);
  });

  it('shrink no more of a crowd than needed', () => {
    const found = apart([wish('alone', 0), wish('tall', 100, 150), wish('next', 110), wish('after', 600)], null);
    expect(found.map(({ compact }) => compact)).toEqual([false, true, false, false]);
  });

  it('are left out and counted where even lines have no room, and never lie far from their passage', () => {
    const crowd = Array.from({ length: 200 }, (_, at) => wish(`c${at}`, 100 + at));
    const found = apart(crowd, null);
    expect(found.length).toBeLessThan(40);
    expect(found.length + found.reduce((sum, { more }) => sum + more, 0)).toBe(200);
    for (const { id, top } of found) expect(top - (crowd.find((one) => one.id === id) as Wish).top).toBeLessThan(450);
    expect(apart(crowd, 'c150').find(({ id }) => id === 'c150')?.top).toBe(250);
  });
});

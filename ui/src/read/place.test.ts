import { describe, expect, it } from 'vitest';
import { beside } from './place';

const room = { left: 0, right: 800, top: 1000, bottom: 1600 };
const size = { width: 500, height: 40 };
const line = (top: number, left = 100, right = 700) => ({ left, right, top, bottom: top + 24 });

describe('what floats beside the text', () => {
  it('is where it was wished', () => {
    expect(beside([line(1200)], size, room, 'below')?.top).toBe(1233);
    expect(beside([line(1200)], size, room, 'above')?.top).toBe(1151);
  });

  it('goes to the other side when an edge is near', () => {
    expect(beside([line(1010)], size, room, 'above')?.top).toBe(1043);
    expect(beside([line(1570)], size, room, 'below')?.top).toBe(1521);
  });

  it('is whole even when the passage is taller than the window', () => {
    const place = beside([line(400), line(3000)], size, room, 'below');
    expect(place?.top).toBe(1552);
    expect(beside([line(1200, 780, 790)], size, room, 'below')?.left).toBe(292);
  });

  it('is nowhere when its passage is not drawn', () => expect(beside([], size, room, 'below')).toBeNull());
});

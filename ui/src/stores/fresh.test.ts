import { expect, it } from 'vitest';
import { freshId } from './fresh';

it('is a UUID of version 7 that begins with the time', () => {
  const id = freshId(Date.UTC(2026, 10, 23));
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 23));
  expect(freshId(0)).not.toBe(freshId(0));
});

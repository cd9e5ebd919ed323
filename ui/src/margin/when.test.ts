import { expect, it } from 'vitest';
import { when } from './when';

it('says as little of a time as tells it apart', () => {
  const now = new Date(2026, 10, 23, 15, 0).getTime();
  expect(when(new Date(2026, 10, 23, 9, 5).getTime(), now)).toBe('09:05');
  expect(when(new Date(2026, 10, 20, 9, 5).getTime(), now)).toBe('Fri');
  expect(when(new Date(2026, 2, 3, 9, 5).getTime(), now)).toBe('3 Mar');
  expect(when(new Date(2025, 2, 3, 9, 5).getTime(), now)).toBe('3 Mar 2025');
});

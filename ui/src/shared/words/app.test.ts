import { expect, it } from 'vitest';
import { counted, joined, moment, sourceDate } from './app';

it('counts in words', () => {
  expect([counted(0, 'word', 'words'), counted(1, 'word', 'words'), counted(1240, 'word', 'words')]).toEqual([
    '0 words',
    '1 word',
    '1,240 words',
  ]);
});

it.each([
  ['2026-03-14', '14 Mar 2026'],
  ['2026-03', 'Mar 2026'],
  ['2025', '2025'],
  ['spring 2024', 'spring 2024'],
  ['2026-13-40', '2026-13-40'],
  ['2026-02-31', '2026-02-31'],
  ['', ''],
])('writes the date of a source %s as %s', (given, expected) => {
  expect(sourceDate(given)).toBe(expected);
});

it('says a moment as briefly as it is clear', () => {
  const now = new Date(2026, 2, 14, 18, 0).getTime();
  expect(moment(new Date(2026, 2, 14, 14, 2).getTime(), now)).toBe('14:02');
  expect(moment(new Date(2026, 2, 12, 9, 41).getTime(), now)).toBe('Thu 09:41');
  expect(moment(new Date(2025, 2, 14, 9, 41).getTime(), now)).toBe('14 Mar 2025, 09:41');
});

it('keeps facts apart that run in different directions', () => {
  expect(joined(['Jane Doe', '', '19 Jun 2024'])).toBe('Jane Doe · 19 Jun 2024');
  expect(joined(['דנה כהן', '19 Jun 2024'])).toBe('\u2068דנה כהן\u2069 · \u206819 Jun 2024\u2069');
  expect(joined([])).toBe('');
});

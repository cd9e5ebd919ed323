/**
 * Why: a card has room for a few letters of time: the hour today, the weekday this week, the date before.
 *
 * Absent on purpose: time zones other than the machine's own.
 */
const DAY_MS = 24 * 60 * 60 * 1000;

// Made once: a screenful of cards asks for sixty times.
const HOUR = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DATE_AND_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** `at` and `now` in UTC milliseconds. */
export function when(at: number, now = Date.now()): string {
  const date = new Date(at);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return HOUR.format(date);
  if (at < now && now - at < 6 * DAY_MS) return WEEKDAY.format(date);
  return (date.getFullYear() === today.getFullYear() ? DATE : DATE_AND_YEAR).format(date);
}

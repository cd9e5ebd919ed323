import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { messages, REPORT_STAYS_MS } from './messages.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  messages.clear();
  vi.useRealTimers();
});

const texts = (): string[] => messages.list.map(({ text }) => text);
const refusal = (message: string) => ({ code: 'import_empty' as const, message, detail: null });

it('lets a report go by itself, a failure never', () => {
  messages.say('Imported 1 document');
  messages.fail(refusal('a.txt is empty.'));
  vi.advanceTimersByTime(REPORT_STAYS_MS * 10);
  expect(texts()).toEqual(['a.txt is empty.']);
});

it('puts the heading of the code over the sentence of the error', () => {
  messages.fail(refusal('a.txt is empty.'));
  expect(messages.list[0]).toMatchObject({ heading: 'The file is empty', text: 'a.txt is empty.', tone: 'failure' });
});

it('keeps a report while it is held, and starts its time anew when released', () => {
  messages.say('Held');
  const id = messages.list[0]?.id ?? 0;
  messages.hold(id);
  vi.advanceTimersByTime(REPORT_STAYS_MS * 2);
  expect(texts()).toEqual(['Held']);
  messages.release(id);
  vi.advanceTimersByTime(REPORT_STAYS_MS - 1);
  expect(texts()).toEqual(['Held']);
  vi.advanceTimersByTime(1);
  expect(texts()).toEqual([]);
});

it('says the same failure once', () => {
  messages.fail(refusal('a.txt is empty.'));
  messages.fail(refusal('a.txt is empty.'));
  expect(texts()).toEqual(['a.txt is empty.']);
});

it('says the same once, with what can be done about the last of them', () => {
  const undo = (): { label: string; run: () => void } => ({ label: 'Undo', run: vi.fn() });
  messages.say('There is no passage there.');
  messages.say('There is no passage there.');
  expect(texts()).toEqual(['There is no passage there.']);
  const last = undo();
  messages.say('Deleted 1 highlight', undo());
  messages.say('Deleted 1 highlight', last);
  expect(texts()).toEqual(['There is no passage there.', 'Deleted 1 highlight']);
  expect(messages.list[1]?.action).toBe(last);
});

it('gives up reports before failures when there are too many', () => {
  messages.fail(refusal('one'));
  messages.say('two');
  messages.fail(refusal('three'));
  messages.fail(refusal('four'));
  messages.fail(refusal('five'));
  expect(texts()).toEqual(['one', 'three', 'four', 'five']);
});

it('keeps a question until it is answered, whatever else there is to say', () => {
  const answer = { label: 'New version', run: vi.fn() };
  const id = messages.ask('Changed on disk.', answer, { label: 'Not now', run: vi.fn() });
  for (const sentence of ['one', 'two', 'three', 'four']) messages.fail(refusal(sentence));
  vi.advanceTimersByTime(REPORT_STAYS_MS * 10);
  expect(texts()).toEqual(['Changed on disk.', 'two', 'three', 'four']);
  messages.dismiss(id);
  expect(texts()).toEqual(['two', 'three', 'four']);
});

import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Change, Highlight, OpenDocument, Review } from '../api/contract';
import { clear, find, HIGHLIGHTS, HISTORY, key, openProject, press, show, violations } from '../app/window.fixture';
import { settled, type Fake, type Replies } from '../stores/fake.fixture';
import { messages } from '../stores/messages.svelte';
import { reading } from '../stores/reading.svelte';
import { views } from '../stores/views.svelte';
import { ELSEWHERE, FOUND, FOUND_TOO, LOST } from './review.fixture';
import PlaceBar from './PlaceBar.svelte';
import ReviewDialog from './ReviewDialog.svelte';

let fake: Fake;
let awaiting: Review[];
const onclose = vi.fn();
afterEach(() => {
  vi.restoreAllMocks();
  onclose.mockClear();
  return clear(fake);
});

async function open(reviews: Review[], replies: Replies = {}, document: string | null = null): Promise<void> {
  awaiting = reviews;
  const without = (ids: readonly string[]): void => {
    awaiting = awaiting.filter(({ highlight }) => !ids.includes(highlight));
  };
  fake = await openProject({
    review_list: ({ limit }) => awaiting.slice(0, limit),
    review_confirm: ({ highlights }) => (without(highlights), null),
    highlight_bounds: ({ highlight }) => (without([highlight]), HIGHLIGHTS[0] as Highlight),
    highlight_delete: ({ highlights }) => (without(highlights), null),
    ...replies,
  });
  await show(ReviewDialog, { document, onclose });
}

const items = (): (string | undefined)[] =>
  [...document.querySelectorAll<HTMLElement>('[data-review]')].map((item) => item.dataset.review);

describe('the dialog "Review"', () => {
  it('lists by document what awaits a person, and axe finds nothing', async () => {
    await open([LOST, FOUND, ELSEWHERE]);
    find('dialog', 'Review');
    expect([...document.querySelectorAll('h3')].map((one) => one.textContent)).toEqual([
      'Two isolated capitals',
      'Fuel, rail and rouble',
    ]);
    expect(items()).toEqual(['h-1', 'h-2', 'h-9']);
    const [lost, found, nowhere] = [...document.querySelectorAll('[data-review]')].map((one) => one.textContent ?? '');
    expect(lost).toContain('place lost');
    expect(lost).toContain('military');
    expect(lost).toContain('Need, not affinity');
    expect(lost).toContain('close match, 0.87');
    expect(lost).toContain('faint match, 0.41');
    expect(found).toContain('place not confirmed');
    expect(found).toContain('close match, 0.90 · its present place');
    expect(nowhere).toContain('Nothing like it was found');
    expect(await violations()).toEqual([]);
  });

  it('shows what is different at a place', async () => {
    await open([LOST]);
    expect(document.querySelector('del')?.textContent).toContain('found');
    expect(document.querySelector('ins')?.textContent).toContain('saw');
  });

  it('gives the highlight the place that is taken, and goes on to the next', async () => {
    await open([LOST, ELSEWHERE]);
    expect(document.activeElement).toBe(find('button', 'Take this place: each saw in the other a partner'));
    await press(find('button', 'Take this place: each saw in the other a partner'));
    expect(fake.argsOf('highlight_bounds')).toEqual([{ highlight: 'h-1', start: 20, end: 48, snap: true }]);
    expect(items()).toEqual(['h-9']);
    expect(document.activeElement).toBe(find('button', 'Mark its place: рубль и юань'));
    expect(messages.list[0]).toMatchObject({ text: 'The highlight has a place again', action: { label: 'Undo' } });
  });

  it('confirms one place, or all that are listed of a document in one step', async () => {
    await open([FOUND, FOUND_TOO, LOST, ELSEWHERE]);
    await press(find('button', 'Confirm all 2 listed places in Two isolated capitals'));
    expect(fake.argsOf('review_confirm')).toEqual([{ highlights: ['h-2', 'h-3'] }]);
    expect(items()).toEqual(['h-1', 'h-9']);
    expect(messages.list.map(({ text }) => text)).toEqual(['Confirmed 2 places']);
    awaiting = [FOUND];
    fake.emit('changed', { topics: ['highlights'], documents: ['d-1'], highlights: ['h-2'] });
    await settled();
    flushSync();
    await press(find('button', 'Confirm: Freight trains have crossed'));
    expect(fake.argsOf('review_confirm').at(-1)).toEqual({ highlights: ['h-2'] });
    expect(document.body.textContent).toContain('Nothing awaits review');
  });

  it('removes a highlight, and undo asks for the list again', async () => {
    await open([LOST], { undo: () => ((awaiting = [LOST]), HISTORY[1] as Change) });
    await press(find('button', 'Remove highlight: each found in the other a partner'));
    expect(fake.argsOf('highlight_delete')).toEqual([{ highlights: ['h-1'] }]);
    expect(items()).toEqual([]);
    key('z', window, { ctrlKey: true });
    await settled();
    flushSync();
    expect(items()).toEqual(['h-1']);
  });

  it('opens the document at the place', async () => {
    const go = vi.spyOn(reading, 'open').mockResolvedValue(undefined);
    await open([LOST]);
    await press(find('button', 'Show in text: a partner'));
    expect(onclose).toHaveBeenCalledOnce();
    expect(go.mock.calls[0]?.[1]?.range).toEqual([90, 99]);
    expect(views.current).toBe('read');
  });

  it('gives a highlight the place that a person marks, and comes back to the list', async () => {
    vi.spyOn(reading, 'open').mockResolvedValue(undefined);
    await open([ELSEWHERE], {}, 'd-2');
    await press(find('button', 'Mark its place: рубль и юань'));
    expect(onclose).toHaveBeenCalledOnce();
    views.close();
    await show(PlaceBar, {});
    expect(find('section', 'Mark a place').textContent).toContain('рубль и юань');
    expect(await violations()).toEqual([]);
    const take = find('button', 'This is its place Enter');
    expect(take).toHaveProperty('disabled', true);
    reading.document = { document: { id: 'd-2' } } as OpenDocument;
    reading.select({ start: 3, end: 9 });
    flushSync();
    expect(take).toHaveProperty('disabled', false);
    await press(take);
    expect(fake.argsOf('highlight_bounds')).toEqual([{ highlight: 'h-9', start: 3, end: 9, snap: true }]);
    expect(views.dialog).toEqual({ name: 'review', document: 'd-2' });
    expect(() => find('section', 'Mark a place')).toThrow();
    reading.close();
  });

  it('moves from item to item with the arrow keys', async () => {
    await open([LOST, FOUND]);
    const first = find('button', 'Take this place: each saw in the other a partner');
    first.focus();
    key('ArrowDown', first);
    expect(document.activeElement).toBe(find('button', 'Confirm: Freight trains have crossed'));
  });

  it('keeps what was refused in the list and says why', async () => {
    const refused = { code: 'place_lost' as const, message: 'It has no place.', detail: null };
    await open([FOUND], { review_confirm: () => Promise.reject(refused) });
    await press(find('button', 'Confirm: Freight trains have crossed'));
    expect(items()).toEqual(['h-2']);
    expect(messages.list[0]?.text).toBe('It has no place.');
  });

  it('lists forty at first and more when asked, of one document when told', async () => {
    await open(
      Array.from({ length: 90 }, (_, at) => ({ ...LOST, highlight: `h-${at}` })),
      {},
      'd-1',
    );
    expect(items()).toHaveLength(40);
    expect(fake.argsOf('review_list')).toEqual([{ document: 'd-1', limit: 41 }]);
    await press(find('button', 'Show 40 more'));
    expect(items()).toHaveLength(80);
    await press(find('button', 'All documents'));
    expect(views.dialog).toEqual({ name: 'review' });
  });

  it('says so when nothing awaits review', async () => {
    await open([]);
    expect(find('dialog').textContent).toContain('Nothing awaits review');
    expect(await violations()).toEqual([]);
  });
});

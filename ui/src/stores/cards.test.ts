import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Card } from '../api/contract';
import { cards } from './cards.svelte';
import { fakeBackend, pending, settled, type Fake } from './fake.fixture';

const card = (id: string): Card => ({ id }) as Card;
let fake: Fake;
const asked = () => fake.argsOf('highlight_cards').map(({ ids }) => ids);

beforeEach(() => cards.clear());
afterEach(() => {
  cards.clear();
  fake.restore();
});

describe('cards', () => {
  it('asks for what came near while others were on their way', async () => {
    const first = pending<Card[]>();
    fake = fakeBackend({
      highlight_cards: ({ ids }) => (ids.includes('one') ? first.promise : ids.map(card)),
    });
    cards.want(['one']);
    cards.want(['one', 'two']);
    expect(asked()).toEqual([['one']]);
    first.resolve([card('one')]);
    await vi.waitFor(() => expect(cards.get('two')).toBeDefined());
    expect(asked()).toEqual([['one'], ['two']]);
  });

  it('asks again for what changed meanwhile, and not for what the core does not know', async () => {
    const first = pending<Card[]>();
    let answers = 0;
    fake = fakeBackend({ highlight_cards: () => (++answers === 1 ? first.promise : [card('one')]) });
    cards.want(['one', 'gone']);
    cards.changed(['one']);
    first.resolve([card('one')]);
    await settled();
    await settled();
    expect(asked()).toEqual([['one', 'gone'], ['one']]);
  });
});

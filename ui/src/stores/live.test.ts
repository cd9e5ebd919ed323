import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeBackend, pending, settled, type Fake } from './fake.fixture';
import { Live } from './live.svelte';
import { messages } from './messages.svelte';

let fake: Fake;
afterEach(() => {
  fake.restore();
  messages.clear();
});

const changed = (topics: ('links' | 'history')[]) => fake.emit('changed', { topics, documents: [], highlights: null });

describe('Live', () => {
  it('asks again when something it depends on has changed, and not otherwise', async () => {
    fake = fakeBackend({});
    const ask = vi.fn(async () => ask.mock.calls.length);
    const live = new Live(['links'], ask);
    const stop = live.watch();
    await settled();
    expect(live.value).toBe(1);
    changed(['history']);
    await settled();
    expect(live.value).toBe(1);
    changed(['links']);
    await settled();
    expect(live.value).toBe(2);
    stop();
    changed(['links']);
    await settled();
    expect(ask).toHaveBeenCalledTimes(2);
    expect(fake.listeners('changed')).toBe(0);
  });

  it('keeps the old answer on screen until the new one is here', async () => {
    fake = fakeBackend({});
    const second = pending<string>();
    const answers = [Promise.resolve('old'), second.promise];
    const live = new Live(['links'], () => answers.shift() as Promise<string>);
    const stop = live.watch();
    await settled();
    changed(['links']);
    await settled();
    expect(live.value).toBe('old');
    second.resolve('new');
    await settled();
    expect(live.value).toBe('new');
    stop();
  });

  it('asks once more, not once a change, when changes come in a burst', async () => {
    fake = fakeBackend({});
    const ask = vi.fn(async () => settled());
    const live = new Live(['links'], ask);
    const stop = live.watch();
    for (let change = 0; change < 20; change += 1) changed(['links']);
    await settled();
    await settled();
    await settled();
    expect(ask.mock.calls.length).toBeLessThanOrEqual(3);
    stop();
  });

  it('drops an answer to a question that is no longer asked', async () => {
    fake = fakeBackend({});
    const first = pending<string>();
    const answers = [first.promise, Promise.resolve('about the second')];
    const live = new Live(['links'], () => answers.shift() as Promise<string>);
    void live.reload();
    void live.restart();
    first.resolve('about the first');
    await first.promise;
    await Promise.resolve();
    expect(live.value).not.toBe('about the first');
    await settled();
    expect(live.value).toBe('about the second');
  });

  it('says what was refused, keeps what it has, and recovers', async () => {
    fake = fakeBackend({});
    let refuse = false;
    const live = new Live(['links'], async () => {
      if (refuse) throw { code: 'storage', message: 'The project could not be read.', detail: null };
      return 'kept';
    });
    await live.reload();
    refuse = true;
    await live.reload();
    expect([live.value, live.failed]).toEqual(['kept', true]);
    expect(messages.list.map((message) => message.text)).toEqual(['The project could not be read.']);
    refuse = false;
    await live.reload();
    expect(live.failed).toBe(false);
  });
});

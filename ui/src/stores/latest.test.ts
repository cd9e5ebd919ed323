import { expect, it } from 'vitest';
import { pending } from './fake.fixture';
import { latest } from './latest';

it('runs once more, however often it is asked while running', async () => {
  const first = pending<void>();
  let runs = 0;
  const reload = latest(() => {
    runs += 1;
    return runs === 1 ? first.promise : Promise.resolve();
  });
  const asked = [reload(), reload(), reload()];
  expect(runs).toBe(1);
  first.resolve();
  await Promise.all(asked);
  expect(runs).toBe(2);
});

it('settles a caller only with a run that began after the call', async () => {
  const first = pending<void>();
  const second = pending<void>();
  const runs = [first, second];
  const reload = latest(() => runs.shift()?.promise ?? Promise.resolve());
  void reload();
  let done = false;
  const later = reload().then(() => (done = true));
  first.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(done).toBe(false);
  second.resolve();
  await later;
  expect(done).toBe(true);
});

it('passes a failure to the caller it belongs to and runs again afterwards', async () => {
  let runs = 0;
  const reload = latest(async () => {
    runs += 1;
    if (runs === 1) throw new Error('refused');
  });
  const failed = reload();
  const next = reload();
  await expect(failed).rejects.toThrow('refused');
  await expect(next).resolves.toBeUndefined();
  await reload();
  expect(runs).toBe(3);
});

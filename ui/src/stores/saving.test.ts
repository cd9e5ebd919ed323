import { expect, it } from 'vitest';
import { pending } from './fake.fixture';
import { saving } from './saving.svelte';

it('says saved only when every write was answered', async () => {
  const one = pending<string>();
  const two = pending<string>();
  const tracked = saving.track(one.promise);
  void saving.track(two.promise);
  expect(saving.state).toBe('saving');
  one.resolve('made');
  expect(await tracked).toBe('made');
  expect(saving.state).toBe('saving');
  two.resolve('made');
  await two.promise;
  expect(saving.state).toBe('saved');
});

it('keeps saying that something was not stored until a write succeeds', async () => {
  const refused = saving.track(Promise.reject({ code: 'disk_full', message: 'Full.', detail: null }));
  await expect(refused).rejects.toMatchObject({ code: 'disk_full' });
  expect(saving.state).toBe('failed');
  await saving.track(Promise.resolve());
  expect(saving.state).toBe('saved');
});

it('does not count a refusal as unsaved: nothing was lost', async () => {
  const refused = saving.track(Promise.reject({ code: 'tag_name_taken', message: 'Taken.', detail: null }));
  await expect(refused).rejects.toMatchObject({ code: 'tag_name_taken' });
  expect(saving.state).toBe('saved');
});

it('counts what is typed and not sent yet, once however often it ends', () => {
  const unsent = saving.begin();
  expect(saving.state).toBe('saving');
  expect(saving.typing).toBe(true);
  unsent.end();
  unsent.end();
  unsent.again();
  expect(saving.state).toBe('saved');
});

it('never says saved beside typed text that was refused, whatever else succeeds', async () => {
  const [one, other] = [saving.begin(), saving.begin()];
  one.refused();
  expect(saving.state).toBe('saving');
  other.end();
  expect(saving.state).toBe('failed');
  await saving.track(Promise.resolve());
  expect(saving.state).toBe('failed');
  one.again();
  expect(saving.state).toBe('saving');
  one.end();
  expect(saving.state).toBe('saved');
});

it('never says saved while nothing can be written, until another project is open', async () => {
  saving.trouble = true;
  expect(saving.state).toBe('failed');
  expect(saving.unsaved).toBe(false);
  await saving.track(Promise.resolve());
  expect(saving.state).toBe('failed');
  saving.renew();
  expect(saving.state).toBe('saved');
});

import { afterEach, expect, it } from 'vitest';
import { asApiError, call, versionText, on, useBackend } from './call';

let restore = (): void => undefined;
afterEach(() => restore());

function backend(part: Partial<Parameters<typeof useBackend>[0]>): void {
  restore = useBackend({
    call: async () => null,
    text: async () => new ArrayBuffer(0),
    highlights: async () => new ArrayBuffer(0),
    listen: async () => () => undefined,
    ...part,
  });
}

const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;

it('hands name and arguments on and the answer back', async () => {
  const asked: unknown[] = [];
  backend({
    call: async (name, args) => {
      asked.push([name, args]);
      return [];
    },
  });
  expect(await call('highlight_list', { document: 'd' })).toEqual([]);
  expect(asked).toEqual([['highlight_list', { document: 'd' }]]);
});

it('rejects with the error of the core as it came', async () => {
  const refused = { code: 'tag_name_taken', message: 'There is such a tag.', detail: { name: 'x' } };
  backend({ call: () => Promise.reject(refused) });
  await expect(call('tag_list', {})).rejects.toBe(refused);
});

it.each([
  ['an Error', new Error('lost the shell'), /lost the shell/],
  ['a string', 'no such command', /no such command/],
  ['null', null, /null/],
  ['an object of another shape', { code: 7, message: 'x' }, /object/],
])('makes a bug of %s', async (_, thrown, message) => {
  backend({ call: () => Promise.reject(thrown) });
  await expect(call('tag_list', {})).rejects.toMatchObject({ code: 'bug', message: expect.stringMatching(message) });
});

it('decodes a text whole, a leading U+FEFF included, for offsets count it', async () => {
  backend({ text: async () => bytes(0xef, 0xbb, 0xbf, 0xd0, 0xb4, 0xf0, 0x9f, 0x98, 0x80) });
  expect(await versionText('v')).toBe('\ufeffд😀');
});

it('refuses bytes that are no UTF-8 rather than show other characters', async () => {
  backend({ text: async () => bytes(0x61, 0xff) });
  await expect(versionText('v')).rejects.toMatchObject({ code: 'bug' });
});

it('hears events until told to stop', async () => {
  const handlers = new Set<(payload: unknown) => void>();
  backend({
    listen: async (_, handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  });
  const heard: boolean[] = [];
  const stop = await on('dragging', (over) => heard.push(over));
  for (const handler of handlers) handler(true);
  stop();
  for (const handler of handlers) handler(false);
  expect(heard).toEqual([true]);
});

it('says the same about an ApiError twice', () => {
  const error = asApiError('x');
  expect(asApiError(error)).toBe(error);
});

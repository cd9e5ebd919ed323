import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contrast, PALETTE } from './colour';

const css = readFileSync('src/shared/tokens.css', 'utf8');

function token(name: string): [light: string, dark: string] {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (!found?.[1] || !found[2]) throw new Error(`no pair of colours --${name}`);
  return [found[1], found[2]];
}

const SURFACES = ['paper', 'chrome', 'raised', 'hover'];

it.each([
  ['ink', 10],
  ['ink-2', 7],
  ['muted', 4.5],
  ['danger', 4.5],
  ['focus', 4.5],
] as const)('--%s reads at %d:1 on every surface of both themes', (name, wanted) => {
  for (const surface of SURFACES) {
    for (const theme of [0, 1] as const) {
      const measured = contrast(token(name)[theme], token(surface)[theme]);
      expect(measured, `${name} on ${surface}, ${theme ? 'dark' : 'light'}`).toBeGreaterThanOrEqual(wanted);
    }
  }
});

it('edges of controls and the sign for saved are seen at 3:1', () => {
  for (const name of ['edge', 'good'])
    for (const surface of ['paper', 'chrome', 'raised'])
      for (const theme of [0, 1] as const)
        expect(contrast(token(name)[theme], token(surface)[theme])).toBeGreaterThanOrEqual(3);
});

it('words on a strong ground read at 4.5:1', () => {
  for (const ground of ['focus', 'danger'])
    for (const theme of [0, 1] as const)
      expect(contrast(token('on-strong')[theme], token(ground)[theme])).toBeGreaterThanOrEqual(4.5);
});

it('has the colours of the tag family as colour.ts has them', () => {
  expect(PALETTE.map((_, at) => token(`tag-${at + 1}`))).toEqual(PALETTE.map(({ hex, dark }) => [hex, dark]));
});

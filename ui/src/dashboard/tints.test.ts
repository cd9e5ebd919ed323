import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contrast, mix, PALETTE, tagColour } from '../shared/colour';
import { isShipped, STRONGEST } from './tints';

const tokens = readFileSync('src/shared/tokens.css', 'utf8');
const cells = readFileSync('src/dashboard/CellTable.svelte', 'utf8');

/** The two values of a token, light then dark. */
function token(name: string): [string, string] {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  if (!found?.[1] || !found[2]) throw new Error(`no token --${name}`);
  return [found[1], found[2]];
}

/** The two values of a colour that a project stores. */
function twins(hex: string): [string, string] {
  const found = /light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/.exec(tagColour(hex));
  if (!found?.[1] || !found[2]) throw new Error(`no twins of ${hex}`);
  return [found[1], found[2]];
}

const [inkLight, inkDark] = token('ink');
const [groundLight, groundDark] = token('chrome');
const OTHERS = ['#000000', '#ffffff', '#123456', '#ffff00', '#00ff00', '#800000', '#7f7f7f'];

it.each([...PALETTE.map((colour) => colour.hex), ...OTHERS])(
  'a number can be read on the strongest tint of %s',
  (hex) => {
    const share = isShipped(hex) ? STRONGEST.shipped : STRONGEST.own;
    const [light, dark] = twins(hex);
    expect(contrast(inkLight, mix(groundLight, light, share.light))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(inkDark, mix(groundDark, dark, share.dark))).toBeGreaterThanOrEqual(4.5);
  },
);

it('the style sheet of the cells uses these shares', () => {
  const used = [...cells.matchAll(/var\(--c\) (\d+)%/g)].map((found) => Number(found[1]) / 100);
  expect(used).toEqual([STRONGEST.shipped.light, STRONGEST.shipped.dark, STRONGEST.own.light, STRONGEST.own.dark]);
});

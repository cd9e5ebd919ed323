import { describe, expect, it } from 'vitest';
import { contrast, isHex, mix, PALETTE, tagColour, tagInk } from './colour';

/** The surfaces of tokens.css, by theme. */
const LIGHT = ['#fdfcf9', '#f5f2ec', '#ffffff'];
const DARK = ['#1b1a18', '#232120', '#2b2927'];
const TRIED = [
  ...PALETTE.map(({ hex }) => hex),
  '#ffffff',
  '#000000',
  '#ffc0cb',
  '#ffff00',
  '#7f7f7f',
  '#00ff00',
  '#00007f',
  '#123456',
];

function pair(value: string): [light: string, dark: string] {
  const found = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(value);
  if (!found?.[1] || !found[2]) throw new Error(`not a pair: ${value}`);
  return [found[1], found[2]];
}

it('measures as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#ffffff', '#ffffff')).toBe(1);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

it('keeps the shipped colours and their twins', () => {
  expect(tagColour('#D55E00')).toBe('light-dark(#d55e00, #ff9a4d)');
  expect(tagColour('#0072b2')).toBe('light-dark(#0072b2, #5fb2e6)');
});

describe.each(TRIED)('%s', (hex) => {
  it('is seen as a line on every surface', () => {
    const [light, dark] = pair(tagColour(hex));
    for (const ground of LIGHT) expect(contrast(light, ground)).toBeGreaterThanOrEqual(3);
    for (const ground of DARK) expect(contrast(dark, ground)).toBeGreaterThanOrEqual(3);
  });

  it('can be read as text, plain and on its own tint', () => {
    const [light, dark] = pair(tagInk(hex));
    const [lightTint, darkTint] = pair(tagColour(hex));
    for (const ground of LIGHT) {
      expect(contrast(light, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(light, mix(ground, lightTint, 0.16))).toBeGreaterThanOrEqual(4.5);
    }
    for (const ground of DARK) {
      expect(contrast(dark, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, mix(ground, darkTint, 0.18))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

it('gives something that can be seen for what is no colour', () => {
  expect(isHex('red')).toBe(false);
  expect(() => pair(tagColour('red'))).not.toThrow();
});

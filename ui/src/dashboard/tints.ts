// How strong a tint of a tag's colour may become behind a number. The ink on it keeps 4.5:1 in both themes: for the
// colours that Gloss ships at a strong tint, for any other colour at a weaker one. CellTable.svelte uses the same shares.

import { PALETTE } from '../shared/colour';

/** Shares of the tag's colour in the strongest cell, by theme. */
export const STRONGEST = {
  shipped: { light: 0.62, dark: 0.42 },
  own: { light: 0.45, dark: 0.3 },
} as const;

/** Whether a tag's colour is one of those that Gloss ships. */
export function isShipped(hex: string): boolean {
  return PALETTE.some((colour) => colour.hex === hex.toLowerCase());
}

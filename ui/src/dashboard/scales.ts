// The scales of the figures: how much of a bar, how strong a tint. The window and the saved pictures use the same ones,
// so that both show the same thing. Colours are not here: the window takes them from its tokens, a picture from its paper.

import { scaleLinear, type ScaleLinear } from 'd3-scale';

/** A count to a length from 0 to 1 of the longest bar. */
export function lengthScale(most: number): ScaleLinear<number, number> {
  return scaleLinear()
    .domain([0, Math.max(1, most)])
    .range([0, 1])
    .clamp(true);
}

/** The weakest tint of a cell that is not empty, as a share of the strongest: one passage must be seen. */
const FAINTEST = 0.12;

/** A count to the strength of a cell's tint, 0 (none) to 1 (the most there is). */
export function strengthScale(most: number): (count: number) => number {
  const scale = scaleLinear()
    .domain([0, Math.max(1, most)])
    .range([0, 1])
    .clamp(true);
  return (count) => (count <= 0 ? 0 : Math.max(FAINTEST, scale(count)));
}

// One line a tag, with a mark wherever a highlight with it stands between the start and the end of a text.

import { axisBottom } from 'd3-axis';
import { scaleBand, scaleLinear } from 'd3-scale';
import { inkAxis } from './bars';
import { PAPER, SIZE, widthOf, words, type Drawing } from './sheet';

export type StripRow = { name: string; text: string; colour: string; marks: { from: number; to: number }[] };

const ROW = 28;
const NAMES_AT_MOST = 200;
/** A mark is never thinner than this many pixels. */
const THINNEST = 2.5;

/** `axis` names the scale, which runs from 0 to 1; `tick` writes its numbers. */
export function strips(rows: readonly StripRow[], axis: string, tick: (value: number) => string): Drawing {
  return (body, width) => {
    const names = Math.min(NAMES_AT_MOST, Math.max(40, ...rows.map((row) => widthOf(row.name, SIZE.text))));
    const height = rows.length * ROW;
    const x = scaleLinear().range([names + 14, width - 44]);
    const y = scaleBand<number>()
      .domain(rows.map((_, at) => at))
      .range([0, height])
      .padding(0.28);
    rows.forEach((row, at) => {
      const top = y(at) ?? 0;
      const base = top + y.bandwidth() / 2 + 4.5;
      words(body, row.name, { x: 0, y: base, within: names });
      body
        .append('rect')
        .attr('x', x(0))
        .attr('y', top)
        .attr('width', x(1) - x(0))
        .attr('height', y.bandwidth())
        .attr('rx', 3)
        .attr('fill', PAPER.empty);
      for (const { from, to } of row.marks)
        body
          .append('rect')
          .attr('x', Math.min(x(from), x(1) - THINNEST))
          .attr('y', top)
          .attr('width', Math.max(THINNEST, x(to) - x(from)))
          .attr('height', y.bandwidth())
          .attr('rx', 1)
          .attr('fill', row.colour);
      words(body, row.text, { x: width, y: base, anchor: 'end' });
    });
    const scale = body.append('g').attr('transform', `translate(0,${height + 2})`);
    scale.call(
      axisBottom(x)
        .ticks(5)
        .tickSizeOuter(0)
        .tickFormat((value) => tick(value.valueOf())),
    );
    inkAxis(scale);
    words(body, axis, { x: x(0), y: height + 38, size: SIZE.small, colour: PAPER.muted });
    return { width, height: height + 42 };
  };
}

// Bars with their number at the end: highlights by tag, links by relation, how far each document has been read.

import { axisBottom } from 'd3-axis';
import { scaleBand, scaleLinear } from 'd3-scale';
import { fit, PAPER, SANS, SIZE, widthOf, words, type Drawing, type Group } from './sheet';

export type Bar = {
  name: string;
  value: number;
  /** Written after the bar. */
  text: string;
  colour: string;
};

const ROW = 27;
const NAMES_AT_MOST = 240;

/** `axis` names what is counted; `most` is where the axis ends, by default the longest bar; `tick` writes its numbers. */
export function bars(rows: readonly Bar[], axis: string, tick: (value: number) => string, most?: number): Drawing {
  return (body, width) => {
    const names = Math.min(NAMES_AT_MOST, Math.max(40, ...rows.map((row) => widthOf(row.name, SIZE.text))));
    const numbers = Math.max(30, ...rows.map((row) => widthOf(row.text, SIZE.text)));
    const height = rows.length * ROW;
    const end = most ?? Math.max(1, ...rows.map((row) => row.value));
    const x = scaleLinear()
      .domain([0, end])
      .range([names + 14, width - numbers - 10]);
    const y = scaleBand<number>()
      .domain(rows.map((_, at) => at))
      .range([0, height])
      .padding(0.3);
    rows.forEach((row, at) => {
      const top = y(at) ?? 0;
      const base = top + y.bandwidth() / 2 + 4.5;
      words(body, row.name, { x: 0, y: base, within: names });
      body
        .append('rect')
        .attr('x', x(0))
        .attr('y', top)
        .attr('width', Math.max(0, x(row.value) - x(0)))
        .attr('height', y.bandwidth())
        .attr('rx', 3)
        .attr('fill', row.colour);
      words(body, row.text, { x: width, y: base, anchor: 'end' });
    });
    const ticks = x.ticks(Math.min(6, end)).filter((value) => end <= 1 || Number.isInteger(value));
    const scale = body.append('g').attr('transform', `translate(0,${height + 4})`);
    scale.call(
      axisBottom(x)
        .tickValues(ticks)
        .tickSizeOuter(0)
        .tickFormat((value) => tick(value.valueOf())),
    );
    inkAxis(scale);
    words(body, fit(axis, width, SIZE.small), { x: x(0), y: height + 40, size: SIZE.small, colour: PAPER.muted });
    return { width, height: height + 44 };
  };
}

/** Gives an axis the paper's colours and font, written on the elements themselves. */
export function inkAxis(axis: Group): void {
  axis.attr('font-family', SANS).attr('font-size', SIZE.small);
  axis.selectAll('path, line').attr('stroke', PAPER.line);
  axis.selectAll('text').attr('fill', PAPER.muted);
}

// A table of tinted cells: tags by document, tags that occur together.

import { scaleBand, scaleLinear } from 'd3-scale';
import { strengthScale } from '../scales';
import { PAPER, SIZE, widthOf, words, type Drawing } from './sheet';

export type GridCell = { count: number; text: string; colour: string; strong?: boolean } | null;
export type Grid = { columns: string[]; rows: { name: string; cells: GridCell[] }[]; most: number };

/** The strongest tint: ink on it keeps 4.5:1 with every tag colour that Gloss ships. */
const STRONGEST = 0.62;
const CELL = { width: 66, narrowest: 30, height: 28 };
const NAMES_AT_MOST = 230;
/** Column names that do not fit lie at this angle, in degrees. */
const TURN = -35;
const TURNED_AT_MOST = 150;

export function grid({ columns, rows, most }: Grid): Drawing {
  return (body, width) => {
    const names = Math.min(NAMES_AT_MOST, Math.max(60, ...rows.map((row) => widthOf(row.name, SIZE.text)))) + 12;
    const cell = Math.max(CELL.narrowest, Math.min(CELL.width, (width - names) / Math.max(1, columns.length)));
    const turned = columns.some((name) => widthOf(name, SIZE.small) > cell - 4);
    const longest = Math.min(TURNED_AT_MOST, Math.max(0, ...columns.map((name) => widthOf(name, SIZE.small))));
    const head = turned ? longest * Math.sin((-TURN * Math.PI) / 180) + 16 : 20;
    const x = scaleBand<number>()
      .domain(columns.map((_, at) => at))
      .range([names, names + cell * columns.length])
      .paddingInner(0.04);
    const y = scaleBand<number>()
      .domain(rows.map((_, at) => at))
      .range([head, head + rows.length * CELL.height])
      .paddingInner(0.08);
    const strength = strengthScale(most);
    columns.forEach((name, at) => {
      const middle = (x(at) ?? 0) + x.bandwidth() / 2;
      const style = { y: head - 8, size: SIZE.small, colour: PAPER.muted };
      if (turned) words(body, name, { ...style, x: middle - 4, within: TURNED_AT_MOST, turn: TURN });
      else words(body, name, { ...style, x: middle, anchor: 'middle' });
    });
    rows.forEach((row, at) => {
      const top = y(at) ?? 0;
      const base = top + y.bandwidth() / 2 + 4.5;
      words(body, row.name, { x: 0, y: base, within: names - 12 });
      row.cells.forEach((value, column) => {
        if (!value) return;
        const left = x(column) ?? 0;
        const tint = scaleLinear<string>().range([PAPER.empty, value.colour]);
        body
          .append('rect')
          .attr('x', left)
          .attr('y', top)
          .attr('width', x.bandwidth())
          .attr('height', y.bandwidth())
          .attr('rx', 4)
          .attr('fill', tint(strength(value.count) * STRONGEST));
        if (value.count > 0)
          words(body, value.text, {
            x: left + x.bandwidth() / 2,
            y: base,
            anchor: 'middle',
            weight: value.strong ? 700 : 400,
          });
      });
    });
    // The last turned name leans out to the right of its column.
    const lean = turned ? longest * Math.cos((-TURN * Math.PI) / 180) - cell / 2 : 0;
    return { width: names + cell * columns.length + Math.max(0, lean), height: head + rows.length * CELL.height };
  };
}

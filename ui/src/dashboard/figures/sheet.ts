// A saved figure: one SVG file that stands alone. It is drawn for paper, in one set of fixed colours whatever the theme
// of the window, with generic fonts, its own title and its own description. No scripts, no styles, no references.

import { create, type Selection } from 'd3-selection';

/** A piece of the picture that the drawing functions add to. */
export type Group = Selection<SVGGElement, undefined, null, undefined>;
/** Draws into `body`, in a column of `width` pixels if it can; answers with the pixels that it took. */
export type Drawing = (body: Group, width: number) => { width: number; height: number };
export type Figure = {
  title: string;
  about: string;
  /** The figures in words, for a reader who cannot see the picture. */
  description: string;
  draw: Drawing;
};

/** Ink on paper. Literal, because a saved file has no tokens to look them up in; the values are those of the light theme. */
export const PAPER = {
  sheet: '#ffffff',
  empty: '#f5f2ec',
  ink: '#211e1a',
  muted: '#6d665c',
  line: '#cfc8ba',
  pair: '#a3447f',
  plain: '#544e45',
  alert: '#b3261e',
} as const;
export const SANS = 'sans-serif';
export const SERIF = 'serif';
/** Type sizes in pixels: title, words, small print. */
export const SIZE = { title: 18, text: 13, small: 11 } as const;

/** Width of a saved figure in pixels, unless its columns need more: an A4 page at 96 dots an inch, margins taken off. */
const WIDTH = 720;
const MARGIN = 28;
/** Room for the title and the line below it. */
const HEAD = 58;

/** Draws the figure and writes it as a file's text: UTF-8 without a declaration, which is what XML means by default. */
export function drawSheet(figure: Figure, source: string): string {
  const svg = create<SVGSVGElement>('svg').attr('role', 'img');
  svg.append('title').text(xmlText(figure.title));
  svg.append('desc').text(xmlText(figure.description));
  const sheet = svg.append('rect').attr('fill', PAPER.sheet);
  const frame: Group = svg.append('g');
  words(frame, figure.title, { x: MARGIN, y: MARGIN + 14, size: SIZE.title, font: SERIF, weight: 600 });
  words(frame, figure.about, { x: MARGIN, y: MARGIN + 33, size: SIZE.small, colour: PAPER.muted });
  const body = svg.append('g').attr('transform', `translate(${MARGIN},${MARGIN + HEAD})`);
  const drawn = figure.draw(body, WIDTH - 2 * MARGIN);
  const width = Math.max(WIDTH, Math.ceil(drawn.width) + 2 * MARGIN);
  const end = Math.ceil(MARGIN + HEAD + drawn.height + MARGIN);
  words(frame, source, { x: width - MARGIN, y: end, size: SIZE.small, colour: PAPER.muted, anchor: 'end' });
  const height = end + MARGIN - 8;
  svg.attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`);
  sheet.attr('width', width).attr('height', height);
  const node = svg.node();
  if (!node) return '';
  return `${new XMLSerializer().serializeToString(node)}\n`;
}

export type WordStyle = {
  x: number;
  y: number;
  size?: number;
  colour?: string;
  weight?: number;
  font?: string;
  anchor?: 'start' | 'middle' | 'end';
  /** Cut to this many pixels, with an ellipsis; the whole text stays as a tooltip. */
  within?: number;
  /** Degrees, clockwise, about the start of the words. */
  turn?: number;
};

/** Writes words at a point; `y` is their baseline. */
export function words(parent: Group, text: string, style: WordStyle): void {
  const clean = xmlText(text);
  const shown = style.within === undefined ? clean : fit(clean, style.within, style.size ?? SIZE.text);
  const element = parent
    .append('text')
    .attr('x', style.x)
    .attr('y', style.y)
    .attr('fill', style.colour ?? PAPER.ink)
    .attr('font-family', style.font ?? SANS)
    .attr('font-size', style.size ?? SIZE.text)
    .attr('font-weight', style.weight ?? 400)
    .attr('text-anchor', style.anchor ?? 'start')
    .text(shown);
  if (style.turn !== undefined) element.attr('transform', `rotate(${style.turn},${style.x},${style.y})`);
  if (shown !== clean) element.append('title').text(clean);
}

/** Text without the characters that XML 1.0 forbids, which a serialiser writes as they are and a reader then refuses. */
export function xmlText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}

/** Scripts whose characters fill the square: Hangul, kana, Chinese, full-width forms, emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** About how many pixels wide a text is. A file is drawn without a screen to measure on, so this errs on the wide side. */
export function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += WIDE.test(character) ? 1 : 0.56;
  return ems * size;
}

/** As much of the text as fits, ending in an ellipsis when it does not; whole graphemes only. */
export function fit(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(kept + segment + '…', size) > width) break;
    kept += segment;
  }
  return kept.trimEnd() + '…';
}

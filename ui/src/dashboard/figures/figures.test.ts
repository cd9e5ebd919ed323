import { describe, expect, it } from 'vitest';
import { bars } from './bars';
import { grid } from './grid';
import { drawSheet, fit, widthOf, xmlText, type Drawing } from './sheet';
import { strips } from './strips';

const plain = (value: number) => String(value);

function draw(drawing: Drawing, title = 'Highlights by tag'): string {
  return drawSheet({ title, about: 'About <it> & more', description: 'military: 31', draw: drawing }, 'Gloss');
}

/** Reads a file the way a strict XML reader does: every tag closed in order, every attribute quoted, no stray markup. */
function wellFormed(xml: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const tagOrText = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|([^<>]+)/gy;
  let at = 0;
  for (let found = tagOrText.exec(xml); found; found = tagOrText.exec(xml)) {
    at = tagOrText.lastIndex;
    const [, closing, name, attributes, selfClosing, text] = found;
    const value = text ?? attributes ?? '';
    // eslint-disable-next-line no-control-regex -- XML 1.0 forbids exactly these
    expect(value).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    expect(value).not.toMatch(/&(?!(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-fA-F]+);)/);
    if (!name) continue;
    if (closing) expect(open.pop()).toBe(name);
    else {
      seen.push(name);
      if (!selfClosing) open.push(name);
    }
  }
  expect(xml.slice(at)).toBe('');
  expect(open).toEqual([]);
  return seen;
}

const BARS = bars(
  [
    { name: 'military', value: 31, text: '31', colour: '#d55e00' },
    { name: 'نفط <script>alert("x")</script> & \u0007', value: 0, text: '0', colour: '#00805d' },
  ],
  'highlights',
  plain,
);
const GRID = grid({
  columns: ['military', 'a tag with a remarkably long name that cannot fit'],
  rows: [
    {
      name: '러시아와 조선: 조약 이후의 전망',
      cells: [{ count: 3, text: '3', colour: '#d55e00', strong: true }, null],
    },
  ],
  most: 18,
});
const STRIPS = strips(
  [
    {
      name: 'military',
      text: '2',
      colour: '#d55e00',
      marks: [
        { from: 0, to: 0.01 },
        { from: 0.999, to: 1 },
      ],
    },
  ],
  'share of the text',
  plain,
);

describe.each([
  ['bars', BARS],
  ['grid', GRID],
  ['strips', STRIPS],
  ['bars of nothing', bars([], 'none', plain)],
])('a saved picture of %s', (_, drawing) => {
  const svg = draw(drawing, 'Tag "by" document <&> \u000b');

  it('is one well-formed SVG file', () => {
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg.endsWith('</svg>\n')).toBe(true);
    expect(wellFormed(svg).filter((name) => name === 'svg')).toHaveLength(1);
  });

  it('has a size, a title and a description of its own', () => {
    expect(svg).toMatch(/viewBox="0 0 720 \d+"/);
    expect(svg).toContain('<title>Tag "by" document &lt;&amp;&gt; \ufffd</title>');
    expect(svg).toContain('<desc>military: 31</desc>');
  });

  it('stands alone: literal colours, generic fonts, no script, style or reference', () => {
    expect(wellFormed(svg)).not.toEqual(expect.arrayContaining(['script']));
    expect(wellFormed(svg)).not.toEqual(expect.arrayContaining(['style']));
    expect(svg).not.toMatch(/var\(|currentColor|style=|href=|class="(?!domain|tick)/);
    const fonts = new Set([...svg.matchAll(/font-family="([^"]+)"/g)].map((found) => found[1]));
    expect([...fonts].every((font) => font === 'sans-serif' || font === 'serif')).toBe(true);
  });

  it('has no length that is not a number', () => {
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg).not.toMatch(/(?:width|height)="-/);
  });
});

it('a table of many columns makes the picture wider instead of leaving it', () => {
  const columns = Array.from({ length: 40 }, (_, at) => `topic number ${at}`);
  const row = { name: 'Report', cells: columns.map(() => ({ count: 1, text: '1', colour: '#d55e00' })) };
  const svg = draw(grid({ columns, rows: [row], most: 1 }));
  const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const ends = [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(
    (found) => Number(found[1]) + Number(found[2]),
  );
  expect(ends).toHaveLength(40);
  expect(Math.max(...ends)).toBeLessThan(width - 28);
});

it('a mark at the very end of a text stays on its strip', () => {
  const rects = [...draw(STRIPS).matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map((found) => ({
    end: Number(found[1]) + Number(found[2]),
  }));
  const [track, ...marks] = rects;
  expect(marks).toHaveLength(2);
  for (const mark of marks) expect(mark.end).toBeLessThanOrEqual((track?.end ?? 0) + 0.001);
});

describe('fit', () => {
  it('leaves alone what fits', () => {
    expect(fit('military', 100, 13)).toBe('military');
  });

  it('cuts between graphemes, never inside one', () => {
    const family = '👩‍👩‍👧‍👦';
    const cut = fit(family.repeat(12), 400, 13);
    expect(cut).toMatch(/…$/);
    expect(cut.slice(0, -1).length % family.length).toBe(0);
  });

  it('counts a Korean character as wider than a Latin one', () => {
    expect(widthOf('조선', 10)).toBeGreaterThan(widthOf('ab', 10));
  });
});

it('xmlText replaces what XML cannot hold and nothing else', () => {
  expect(xmlText('a\u0000b\ud800c\ttab\nline 👩‍👧 조선')).toBe('a\ufffdb\ufffdc\ttab\nline 👩‍👧 조선');
});

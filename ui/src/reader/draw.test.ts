import { describe, expect, it } from 'vitest';
import { drawBlock, offsetOf, pointOf, type Look } from './draw';
import type { Passage, Source, Span } from './text';

const text = '## Title\n\nCafé 👩‍👩‍👧 <b>raw</b> text.';
const source: Source = {
  text,
  blocks: [
    [0, 8, 'heading', 2],
    [10, text.length, 'paragraph', 0],
  ],
  language: 'en',
};
const look: Look = {
  describe: ({ tags }) => tags.join(', ') || 'no tag',
  number: (block) => String(block + 1),
  title: () => false,
  pages: () => [],
  sign: () => null,
};
const passage = (id: string, start: number, end: number, tags: string[] = ['t1']): Passage => ({
  id,
  start,
  end,
  tags,
  noted: false,
  linked: false,
  doubtful: false,
});

describe('a drawn block', () => {
  it('holds exactly its text, and markup stays text', () => {
    const { element } = drawBlock(source, 1, [passage('a', 12, 20), passage('b', 15, 30)], [], look);
    expect(element.textContent).toBe(text.slice(10));
    expect(element.querySelector('b')).toBeNull();
    expect(element.tagName).toBe('P');
    expect(element.getAttribute('dir')).toBe('auto');
  });

  it('nests one mark a highlight in each segment, and names the first one', () => {
    const { element } = drawBlock(source, 1, [passage('a', 12, 20, ['t1', 't2']), passage('b', 15, 30)], [], look);
    expect(element.querySelectorAll('mark[data-highlight="a"]')).toHaveLength(2);
    expect(element.querySelector('mark[data-highlight="a"] mark')?.getAttribute('data-highlight')).toBe('b');
    const stops = [...element.querySelectorAll('mark[tabindex="0"]')];
    expect(stops.map((mark) => mark.getAttribute('aria-label'))).toEqual(['t1, t2', 't1']);
  });

  it('names a highlight only in the block where it begins', () => {
    const { element } = drawBlock(source, 1, [passage('a', 2, 20)], [], look);
    expect(element.querySelector('mark')).not.toBeNull();
    expect(element.querySelector('mark[tabindex]')).toBeNull();
  });

  it('shows the address of a link and does not follow it', () => {
    const { element } = drawBlock(
      source,
      1,
      [],
      [{ start: 12, end: 14, kind: 'link', target: 'javascript:alert(1)' }],
      look,
    );
    expect(element.querySelector('a')).toBeNull();
    expect(element.querySelector<HTMLElement>('.address')?.dataset.tip).toBe('javascript:alert(1)');
  });

  it('has headings below the title of the document', () => {
    expect(drawBlock(source, 0, [], [], look).element.tagName).toBe('H3');
  });

  it('gives an item a bullet only where it brings no mark of its own', () => {
    const item = (words: string) =>
      drawBlock({ text: words, blocks: [[0, words.length, 'item', 1]], language: '' }, 0, [], [], look).element;
    expect(item('Fuel').classList.contains('bullet')).toBe(true);
    expect(item('1.1 Fuel').classList.contains('bullet')).toBe(false);
  });

  it('shows where a page begins without a letter of its own', () => {
    const pages = [
      { at: 10, short: 'p. 1', name: 'Page 1' },
      { at: 20, short: 'p. 2', name: 'Page 2' },
    ];
    const drawn = drawBlock(source, 1, [passage('a', 12, 22)], [], { ...look, pages: () => pages });
    expect(drawn.element.textContent).toBe(text.slice(10));
    const breaks = [...drawn.element.querySelectorAll<HTMLElement>('[role="doc-pagebreak"]')];
    expect(breaks.map((one) => [one.dataset.page, one.getAttribute('aria-description')])).toEqual([
      ['p. 1', 'Page 1'],
      ['p. 2', 'Page 2'],
    ]);
    expect(offsetOf(drawn, breaks[1] as HTMLElement, 0)).toBe(20);
    for (let offset = 10; offset <= text.length; offset++) {
      const { node, at } = pointOf(drawn, offset, 'after');
      expect(offsetOf(drawn, node, at)).toBe(offset);
    }
  });

  it('makes the signs of footnotes links for the keyboard, each once', () => {
    const call: Span = { start: 12, end: 15, kind: 'call', target: '3' };
    const { element } = drawBlock(source, 1, [passage('a', 13, 20)], [call], {
      ...look,
      sign: () => ({ name: 'Footnote 3', peek: 'Two firms.' }),
    });
    const signs = [...element.querySelectorAll<HTMLElement>('.note-call')];
    expect(signs.map(({ dataset }) => [dataset.at, dataset.tip])).toEqual(Array(2).fill(['12', 'Two firms.']));
    expect(signs.map((sign) => sign.getAttribute('role'))).toEqual(['link', null]);
    expect(signs[0]?.tabIndex).toBe(0);
    expect(signs[0]?.getAttribute('aria-label')).toBe('Footnote 3');
    const lone = drawBlock(source, 1, [], [call], look).element.querySelector('.note-call');
    expect(lone?.hasAttribute('tabindex')).toBe(false);
  });

  it('parts the cells of a row, and keeps its tabs', () => {
    const cells = 'Year\t\tمليون\t120,000';
    const table: Source = { text: cells, blocks: [[0, cells.length, 'row', 0]], language: '' };
    const drawn = drawBlock(table, 0, [passage('a', 2, 14)], [], look);
    expect(drawn.element.textContent).toBe(cells);
    expect([...drawn.element.children].map((cell) => cell.textContent)).toEqual(['Year\t', '\t', 'مليون\t', '120,000']);
    expect(drawn.element.style.getPropertyValue('--columns')).not.toBe('');
    expect(drawn.element.querySelectorAll('mark')).toHaveLength(4);
    expect(drawn.element.querySelectorAll('mark[tabindex]')).toHaveLength(1);
    for (let offset = 0; offset <= cells.length; offset++) {
      for (const lean of ['before', 'after'] as const) {
        const { node, at } = pointOf(drawn, offset, lean);
        expect(offsetOf(drawn, node, at)).toBe(offset);
      }
    }
  });

  it('turns every offset into a DOM position and back', () => {
    const drawn = drawBlock(source, 1, [passage('a', 12, 20), passage('b', 15, 30)], [], look);
    for (let offset = 10; offset <= text.length; offset++) {
      for (const lean of ['before', 'after'] as const) {
        const { node, at } = pointOf(drawn, offset, lean);
        expect(offsetOf(drawn, node, at)).toBe(offset);
      }
    }
    expect(offsetOf(drawn, drawn.element, 0)).toBe(10);
    expect(offsetOf(drawn, drawn.element, drawn.element.childNodes.length)).toBe(text.length);
    expect(offsetOf(drawn, drawn.element, 1)).toBe(12);
  });
});

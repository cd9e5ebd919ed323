import { describe, expect, it } from 'vitest';
import { drawBlock, offsetOf, pointOf, type Look } from './draw';
import type { Passage, Source } from './text';

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
    expect(element.querySelector<HTMLElement>('.address')?.title).toBe('javascript:alert(1)');
  });

  it('has headings below the title of the document', () => {
    expect(drawBlock(source, 0, [], [], look).element.tagName).toBe('H3');
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

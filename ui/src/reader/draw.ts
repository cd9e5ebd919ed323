/**
 * Why: one block of the text becomes one element. Each flat segment nests one `<mark>` per covering highlight, the
 * earliest and longest outermost, so that tints blend; each highlight keeps its own underline row along the block.
 *
 * Absent on purpose: layout, events, and every way to make markup out of a string. Text nodes hold exactly the text of
 * the block, so that an offset in the DOM is an offset in the document.
 */
import { labelled, LABELLED } from './labels';
import { lanes } from './lanes';
import { segments, type Segment } from './segments';
import { gridOf } from './tables';
import type { Block, Passage, Source, Span } from './text';

/** Marks nested in one segment. A thicker stack is unreadable and slow; the others are in the lanes and the margin. */
const DEEPEST = 10;
/** Tints that blend in one segment: with more of them the text on top loses its contrast. Deeper marks have only their line. */
const TINTS = 4;
/** The last of the underline rows that fit between two lines; deeper ones share it. */
const LAST_ROW = 2;
/** Tags of one highlight that get an underline of their own. */
export const COLOURS = 3;

/** What the reader asks about a passage. */
export type Look = {
  /** The accessible name of a highlight. */
  describe(passage: Passage): string;
  /** The name shown beside a paragraph; null for none. */
  number(block: number): string | null;
  /** Whether a block is the document's title, and so the page's first heading. */
  title(block: number): boolean;
  /** The pages of the source that begin in a block, in order; `short` is what stands in the gutter. */
  pages(block: number): readonly { readonly at: number; readonly short: string; readonly name: string }[];
  /** Where the sign of a footnote leads, in words, and how the footnote begins; null when it leads nowhere. */
  sign(span: Span): { readonly name: string; readonly peek: string } | null;
};

/** A block in the DOM, with what it was drawn from. */
export type Drawn = {
  readonly block: Block;
  readonly element: HTMLElement;
  readonly passages: readonly Passage[];
  /** Text nodes in order, and where each begins in the document. */
  readonly nodes: readonly Text[];
  readonly starts: readonly number[];
};

/** The custom property that holds a tag's colour; set by whoever knows colours, on an element around the text. */
export function tagProperty(tag: string): string {
  return `--tag-${tag}`;
}

/** Sets the colours of a passage on its mark, bracket or handle. A passage without tags has the neutral colour. */
export function paint(element: HTMLElement, tags: readonly string[]): void {
  const colours = tags.slice(0, COLOURS).map((tag) => `var(${tagProperty(tag)}, var(--untagged))`);
  const names = ['--c', '--d', '--e'] as const;
  names.forEach((name, index) => element.style.setProperty(name, colours[index] ?? colours[0] ?? 'var(--untagged)'));
  element.classList.add(`colours-${Math.max(1, colours.length)}`);
  if (tags.length === 0) element.classList.add('untagged');
}

export function drawBlock(
  source: Source,
  index: number,
  passages: readonly Passage[],
  spans: readonly Span[],
  look: Look,
): Drawn {
  const block = source.blocks[index] as Block;
  const [start, end] = block;
  const element = shell(source, block, { title: look.title(index), under: look.title(0) });
  const number = look.number(index);
  if (number !== null) element.dataset.number = number;
  element.dataset.block = String(index);

  const rows = underlineRows(passages);
  const named = new Set<unknown>();
  const nodes: Text[] = [];
  const starts: number[] = [];
  const pages = look.pages(index);
  const grid = block[2] === 'row' ? gridOf(source, index) : null;
  const cells = grid ? cellStarts(source.text, block) : [];
  if (grid) {
    element.classList.add('grid');
    element.style.setProperty('--columns', grid.columns);
    element.dir = grid.direction;
  }
  let into = element;
  for (const segment of segments({ start, end }, passages, spans, [...pages.map(({ at }) => at), ...cells])) {
    const page = pages.find(({ at }) => at === segment.start);
    const cell = cells.includes(segment.start);
    if (page) (cell ? element : into).append(pageBreak(page));
    if (cell) {
      into = document.createElement('span');
      into.className = 'cell';
      element.append(into);
    }
    const node = document.createTextNode(source.text.slice(segment.start, segment.end));
    nodes.push(node);
    starts.push(segment.start);
    into.append(wrap(node, segment, rows, named, start, look));
  }
  if (nodes.length === 0) {
    // An empty block still needs a place for the caret.
    const node = document.createTextNode('');
    nodes.push(node);
    starts.push(start);
    element.append(node);
  }
  return { block, element, passages, nodes, starts };
}

/** Where the cells of a row begin; the tab that ends a cell is its last letter. */
function cellStarts(text: string, [start, end]: Block): number[] {
  const starts = [start];
  for (let at = text.indexOf('\t', start); at >= 0 && at + 1 < end; at = text.indexOf('\t', at + 1))
    starts.push(at + 1);
  return starts;
}

/** Stands where a page begins, in the gutter of that line, and holds no text. */
function pageBreak({ short, name }: { short: string; name: string }): HTMLElement {
  const element = document.createElement('span');
  element.className = 'page-break';
  element.dataset.page = short;
  element.dataset.tip = name;
  // The role takes no name of its own.
  element.setAttribute('aria-description', name);
  element.setAttribute('role', 'doc-pagebreak');
  return element;
}

function shell(
  { text }: Source,
  [start, end, kind, level]: Block,
  place: { title: boolean; under: boolean },
): HTMLElement {
  // Where the text has its title in itself, its headings stand below that one; else below the title that is shown above.
  const rank = place.under ? Math.max(2, level) : Math.max(1, level) + 1;
  const element = document.createElement(place.title ? 'h1' : tagName(kind, rank));
  element.className = `block ${kind}`;
  if (kind === 'heading') element.classList.add(`level-${Math.min(6, Math.max(1, level))}`);
  element.dir = 'auto';
  if (kind === 'item' || kind === 'quote') {
    element.style.setProperty('--level', String(Math.max(1, level)));
    // A bullet only where the source has no mark of its own.
    if (kind === 'item' && !labelled(text.slice(start, Math.min(end, start + LABELLED))))
      element.classList.add('bullet');
  }
  if (kind === 'break') element.setAttribute('role', 'separator');
  return element;
}

function tagName(kind: Block[2], rank: number): string {
  switch (kind) {
    case 'heading':
      return `h${Math.min(6, rank)}`;
    case 'quote':
      return 'blockquote';
    case 'code':
      return 'pre';
    case 'break':
      return 'div';
    default:
      return 'p';
  }
}

/** Each highlight keeps one underline row through the block; one with several tags takes as many rows. */
function underlineRows(passages: readonly Passage[]): Map<string, number> {
  return lanes(
    passages.map(({ id, start, end, tags }) => ({
      id,
      from: start,
      to: end,
      breadth: Math.min(COLOURS, Math.max(1, tags.length)),
    })),
  );
}

function wrap(
  node: Text,
  segment: Segment,
  rows: Map<string, number>,
  named: Set<unknown>,
  blockStart: number,
  look: Look,
): Node {
  let inner: Node = node;
  for (const span of segment.spans.toReversed()) {
    const element = spanElement(span, look, !named.has(span));
    named.add(span);
    element.append(inner);
    inner = element;
  }
  for (const [depth, passage] of [...segment.passages.slice(0, DEEPEST).entries()].toReversed()) {
    const mark = document.createElement('mark');
    mark.dataset.highlight = passage.id;
    mark.classList.add(`row-${Math.min(LAST_ROW, rows.get(passage.id) ?? 0)}`);
    if (depth >= TINTS) mark.classList.add('bare');
    if (passage.doubtful) mark.classList.add('doubtful');
    paint(mark, passage.tags);
    // Only the first mark of a highlight in the whole text can be focused; the others are its continuation.
    if (!named.has(passage.id)) {
      named.add(passage.id);
      if (passage.start >= blockStart) {
        mark.tabIndex = 0;
        mark.setAttribute('aria-label', look.describe(passage));
      }
    }
    mark.append(inner);
    inner = mark;
  }
  return inner;
}

/** `first`: the others are the continuation of a span that was cut in pieces. */
function spanElement(span: Span, look: Look, first: boolean): HTMLElement {
  switch (span.kind) {
    case 'emphasis':
      return document.createElement('em');
    case 'strong':
      return document.createElement('strong');
    case 'code':
      return document.createElement('code');
    case 'link': {
      // Shown, never followed: the window loads nothing from the network.
      const element = document.createElement('span');
      element.className = 'address';
      if (span.target) element.dataset.tip = span.target;
      return element;
    }
    case 'call':
    case 'mark': {
      const element = document.createElement('span');
      element.className = `note-${span.kind}`;
      if (span.target) element.dataset.note = span.target;
      const sign = look.sign(span);
      if (!sign) return element;
      element.dataset.at = String(span.start);
      element.dataset.tip = sign.peek || sign.name;
      if (first) {
        element.tabIndex = 0;
        element.setAttribute('role', 'link');
        element.setAttribute('aria-label', sign.name);
      }
      return element;
    }
  }
}

/** The place of a document offset in a drawn block. `lean`: which side of a boundary between two nodes. */
export function pointOf(drawn: Drawn, offset: number, lean: 'before' | 'after'): { node: Text; at: number } {
  let index = 0;
  while (index + 1 < drawn.starts.length) {
    const next = drawn.starts[index + 1] as number;
    if (lean === 'after' ? next <= offset : next < offset) index++;
    else break;
  }
  const node = drawn.nodes[index] as Text;
  return { node, at: Math.max(0, Math.min(node.length, offset - (drawn.starts[index] as number))) };
}

/** The document offset of a DOM position inside a drawn block. */
export function offsetOf(drawn: Drawn, container: Node, at: number): number {
  if (container instanceof Text) {
    const index = drawn.nodes.indexOf(container);
    if (index >= 0) return (drawn.starts[index] as number) + Math.min(at, container.length);
  }
  // Between two children: the first text at or after the place.
  const following = container.childNodes[at];
  for (let index = 0; index < drawn.nodes.length; index++) {
    const node = drawn.nodes[index] as Text;
    const reached = following
      ? following === node ||
        following.contains(node) ||
        Boolean(following.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)
      : Boolean(container.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) &&
        !container.contains(node);
    if (reached) return drawn.starts[index] as number;
  }
  return drawn.block[1];
}

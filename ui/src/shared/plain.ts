/**
 * The plain words of a note: its Markdown without the signs, for every list in which a note is one line among others.
 * A note as it was written is drawn by Markdown.svelte; markup of any kind is deliberately absent here.
 */
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** Without any of these a text has no Markdown in it, and need not be parsed. */
const SIGNS = /[\\`*_[\]<>#~]|&[\w#]+;|^ {4}|\t|^\s*(?:[-+=]|\d+[.)])/mu;

/** The words of a note on one line. */
export function plain(markdown: string): string {
  return tidy(SIGNS.test(markdown) ? text(fromMarkdown(markdown)) : markdown);
}

function tidy(words: string): string {
  return words.replace(/\s+/g, ' ').trim();
}

function text(node: Nodes): string {
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  if (!('children' in node)) return ' ';
  const inline = node.type === 'paragraph' || node.type === 'heading';
  return node.children.map(text).join(inline || !holdsBlocks(node) ? '' : ' ');
}

function holdsBlocks(node: Nodes): boolean {
  return ['root', 'blockquote', 'list', 'listItem'].includes(node.type);
}

/** An excerpt with the ranges of it that are marked, in UTF-16, half open. */
export type Excerpt = { text: string; marks: readonly (readonly [number, number])[] };

/** Signs whose other half was cut off: emphasis, code and struck text at the edge of a word, and the rest of a link. */
const HALVES =
  /(?<![^\s\p{P}])(?:\*{1,3}|_{1,3}|~~|`+)(?=\S)|(?<=\S)(?:\*{1,3}|_{1,3}|~~|`+)(?![^\s\p{P}])|\]\([^)\s]*\)?/gu;

/** The plain words of a piece that was cut out of a note, with its marks where the words now are. */
export function plainExcerpt({ text, marks }: Excerpt): Excerpt {
  if (!SIGNS.test(text)) return { text, marks };
  const kept = leaves(fromMarkdown(text), text).flatMap((piece) => withoutHalves(piece));
  let words = '';
  /** Where each code unit of `words` stood. */
  const from: number[] = [];
  for (const { value, at } of kept) {
    if (words !== '' && at > (from.at(-1) ?? 0) + 1 && /\s/.test(text.slice((from.at(-1) ?? 0) + 1, at))) {
      words += ' ';
      from.push(at - 1);
    }
    for (let unit = 0; unit < value.length; unit += 1) from.push(at + unit);
    words += value;
  }
  const moved = marks.flatMap(([start, end]): [number, number][] => {
    const first = from.findIndex((at) => at >= start);
    const last = from.findLastIndex((at) => at < end);
    return first < 0 || last < first ? [] : [[first, last + 1]];
  });
  return { text: words, marks: moved };
}

/** `escaped`: a sign that the person meant as itself. */
type Piece = { value: string; at: number; escaped?: boolean };

/** What a reader sees of each leaf, as slices of the source, so that every code unit keeps its place. */
function leaves(node: Nodes, source: string): Piece[] {
  if ('children' in node) return node.children.flatMap((child) => leaves(child, source));
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? start;
  if ('value' in node && node.type !== 'text') {
    const at = source.indexOf(node.value, start);
    return at < 0 || at >= end ? [{ value: source.slice(start, end), at: start }] : [{ value: node.value, at }];
  }
  if (node.type !== 'text') return [];
  // A backslash before a sign is no part of the words.
  const pieces: Piece[] = [];
  let from = start;
  for (let at = start; at < end; at += 1) {
    if (source[at] !== '\\' || !/[!-/:-@[-`{-~]/.test(source[at + 1] ?? '')) continue;
    if (at > from) pieces.push({ value: source.slice(from, at), at: from });
    at += 1;
    pieces.push({ value: source.charAt(at), at, escaped: true });
    from = at + 1;
  }
  if (end > from) pieces.push({ value: source.slice(from, end), at: from });
  return pieces;
}

function withoutHalves(piece: Piece): Piece[] {
  if (piece.escaped) return [piece];
  const { value, at } = piece;
  const pieces: Piece[] = [];
  let from = 0;
  for (const half of value.matchAll(HALVES)) {
    if (half.index > from) pieces.push({ value: value.slice(from, half.index), at: at + from });
    from = half.index + half[0].length;
  }
  if (value.length > from) pieces.push({ value: value.slice(from), at: at + from });
  return pieces;
}

/**
 * Why: a card that shrank to one line shows the beginning of its note, without the signs of its Markdown.
 *
 * Absent on purpose: markup of any kind.
 */
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** The words of a note on one line. */
export function plain(markdown: string): string {
  return text(fromMarkdown(markdown)).replace(/\s+/g, ' ').trim();
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

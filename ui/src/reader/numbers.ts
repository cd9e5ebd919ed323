/**
 * Why: a reader who checks a quotation looks for its paragraph by number, in the gutter here and as "¶ 4" in an export.
 *
 * Absent on purpose: any other counting. The core counts in the same way: every block but a break.
 */
import type { Block } from './text';

/** The number of each block; null for a break. */
export function paragraphNumbers(blocks: readonly Block[]): (number | null)[] {
  let count = 0;
  return blocks.map(([, , kind]) => (kind === 'break' ? null : ++count));
}

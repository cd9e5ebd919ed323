// Which part of a table that scrolls inside its frame is seen, so that what is hidden is said.

/** Columns and rows of cells that are wholly seen, counted from 1, of how many; null for a direction that has them all. */
export type Seen = {
  columns: { from: number; to: number; of: number } | null;
  rows: { from: number; to: number; of: number } | null;
};

type Span = { start: number; end: number };

/** A Svelte attachment of the frame: tells the part that is seen now and whenever it changes; null when that is all. */
export function seenPart(tell: (seen: Seen | null) => void): (frame: HTMLElement) => () => void {
  return (frame) => {
    let due = 0;
    const look = (): void => {
      due ||= requestAnimationFrame(() => {
        due = 0;
        tell(measure(frame));
      });
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(frame);
    const table = frame.querySelector('table');
    if (table) sizes.observe(table);
    frame.addEventListener('scroll', look, { passive: true });
    return () => {
      cancelAnimationFrame(due);
      sizes.disconnect();
      frame.removeEventListener('scroll', look);
    };
  };
}

function measure(frame: HTMLElement): Seen | null {
  const wide = frame.scrollWidth > frame.clientWidth + 1;
  const high = frame.scrollHeight > frame.clientHeight + 1;
  const corner = frame.querySelector<HTMLElement>('thead th');
  if (!corner || !(wide || high)) return null;
  const box = frame.getBoundingClientRect();
  const head = corner.getBoundingClientRect();
  const heads = [...frame.querySelectorAll('thead th')].slice(1).map((cell): Span => {
    const { left, right } = cell.getBoundingClientRect();
    return { start: left, end: right };
  });
  const rows = [...frame.querySelectorAll('tbody tr')].map((row): Span => {
    const { top, bottom } = row.getBoundingClientRect();
    return { start: top, end: bottom };
  });
  const right = box.left + frame.clientLeft + frame.clientWidth;
  const bottom = box.top + frame.clientTop + frame.clientHeight;
  return {
    columns: wide ? within(heads, head.right, right) : null,
    rows: high ? within(rows, head.bottom, bottom) : null,
  };
}

/** A cell that lacks no more than this is seen; a few pixels of it are its gap. */
const NEARLY = 4;

/** The first and the last of the spans that lie between two edges, counted from 1. */
export function within(spans: readonly Span[], start: number, end: number): { from: number; to: number; of: number } {
  const seen = spans.map((span) => span.start >= start - NEARLY && span.end <= end + NEARLY);
  const first = seen.indexOf(true);
  return { from: first + 1, to: seen.lastIndexOf(true) + 1, of: spans.length };
}

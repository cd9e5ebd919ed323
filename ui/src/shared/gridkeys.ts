// Arrow keys in a table whose cells are buttons: the whole table is one stop of the Tab key, as the ARIA grid pattern
// asks. Works on markup alone: rows carry `data-row`, the buttons in them `data-cell`. It never changes what a key
// other than the movement keys does, and leaves every key with Alt or Meta alone.

const MOVES = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End']);

/** A Svelte attachment: `<table {@attach gridKeys}>`. Rows and cells may come and go. */
export function gridKeys(grid: HTMLElement): () => void {
  let stop: HTMLElement | null = null;

  const cells = () => grid.querySelectorAll<HTMLElement>('[data-row] [data-cell]');

  function moveStop(to: HTMLElement | null): void {
    if (stop && stop !== to) stop.tabIndex = -1;
    stop = to;
    if (stop) stop.tabIndex = 0;
  }

  function refresh(): void {
    const all = cells();
    for (const cell of all) if (cell !== stop) cell.tabIndex = -1;
    moveStop(stop && grid.contains(stop) && stop.matches('[data-cell]') ? stop : (all[0] ?? null));
  }

  function onFocus(event: FocusEvent): void {
    const cell = cellOf(event.target);
    if (cell) moveStop(cell);
  }

  function onKey(event: KeyboardEvent): void {
    if (!MOVES.has(event.key) || event.altKey || event.metaKey || event.shiftKey) return;
    const cell = cellOf(event.target);
    const row = cell?.closest<HTMLElement>('[data-row]');
    if (!cell || !row) return;
    const target = destination(event.key, event.ctrlKey, cell, row);
    event.preventDefault();
    if (!target) return;
    target.focus();
    target.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }

  function destination(key: string, far: boolean, cell: HTMLElement, row: HTMLElement): HTMLElement | undefined {
    const inRow = [...row.querySelectorAll<HTMLElement>('[data-cell]')];
    const column = inRow.indexOf(cell);
    if (key === 'ArrowLeft') return inRow[column - 1];
    if (key === 'ArrowRight') return inRow[column + 1];
    if (key === 'Home') return far ? cells()[0] : inRow[0];
    if (key === 'End') return far ? [...cells()].at(-1) : inRow.at(-1);
    const rows = [...grid.querySelectorAll<HTMLElement>('[data-row]')];
    const step = key === 'ArrowUp' ? -1 : 1;
    for (let at = rows.indexOf(row) + step; at >= 0 && at < rows.length; at += step) {
      const found = [...(rows[at]?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])];
      // Rows without a cell are passed over; a shorter row is entered at its end.
      if (found.length > 0) return found[Math.min(column, found.length - 1)];
    }
    return undefined;
  }

  function cellOf(target: EventTarget | null): HTMLElement | null {
    return target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
  }

  const changes = new MutationObserver(refresh);
  changes.observe(grid, { childList: true, subtree: true });
  grid.addEventListener('focusin', onFocus);
  grid.addEventListener('keydown', onKey);
  refresh();
  return () => {
    changes.disconnect();
    grid.removeEventListener('focusin', onFocus);
    grid.removeEventListener('keydown', onKey);
  };
}

// What the export dialog has chosen, and what that means for the core: an empty list means all, so "none chosen" must
// never be sent as one.

/** Everything, or just what is picked. */
export type Choice = { all: boolean; picked: ReadonlySet<string> };

/** The ids to send; null when nothing is chosen and there is nothing to export. */
export function idsOf({ all, picked }: Choice): string[] | null {
  if (all) return [];
  return picked.size > 0 ? [...picked] : null;
}

/** A choice after one thing was switched on or off. */
export function switched({ picked }: Choice, id: string, on: boolean): Choice {
  const next = new Set(picked);
  if (on) next.add(id);
  else next.delete(id);
  return { all: false, picked: next };
}

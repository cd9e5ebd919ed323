// An excerpt cut at the ranges that matched, so that a hit can be marked without markup ever being built from text.

/** A run of the excerpt; `hit` where it matched. */
export type Piece = { text: string; hit: boolean };

/** Cuts `excerpt` at `marks` (UTF-16, half open). Ranges that overlap are joined, and what lies outside is ignored. */
export function pieces(excerpt: string, marks: readonly (readonly [number, number])[]): Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const start = Math.max(at, from);
    const end = Math.min(excerpt.length, to);
    if (end <= start) continue;
    if (start > at) out.push({ text: excerpt.slice(at, start), hit: false });
    const last = out.at(-1);
    if (last?.hit) last.text += excerpt.slice(start, end);
    else out.push({ text: excerpt.slice(start, end), hit: true });
    at = end;
  }
  if (at < excerpt.length) out.push({ text: excerpt.slice(at), hit: false });
  return out;
}

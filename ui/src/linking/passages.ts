// The passages that a link can go to, for a search or, without one, the newest. A hit in a text or a title is no
// passage yet and is left out.

import { call } from '../api/call';
import type { Highlight, HighlightId } from '../api/contract';

/** As many as a person looks through; a longer list asks for a better search. */
export const AT_MOST = 40;
/** Hits asked for: several may fall on the same highlight, and those in plain text do not count. */
const HITS = 200;

/** Highlights whose quote or note has the words of `query`, best first; rejects with an `ApiError`. */
export async function passagesFor(query: string, except: HighlightId): Promise<Highlight[]> {
  if (query.trim() === '') {
    // One more, for the passage itself may be among them.
    const newest = await call('highlight_list', { newest: true, limit: AT_MOST + 1 });
    return newest.filter(({ id }) => id !== except).slice(0, AT_MOST);
  }
  const { groups } = await call('search', { query, limit: HITS, typing: true });
  const ids = new Set<HighlightId>();
  for (const { hits } of groups) for (const { highlight } of hits) if (highlight) ids.add(highlight);
  ids.delete(except);
  const wanted = [...ids].slice(0, AT_MOST);
  if (wanted.length === 0) return [];
  const byId = new Map((await call('highlight_list', { ids: wanted })).map((one) => [one.id, one]));
  return wanted.flatMap((id) => byId.get(id) ?? []);
}

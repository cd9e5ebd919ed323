// Tags as the list shows them: each below its parent, indented. A parent that is missing or that a circle leads back to
// is ignored, so that no tag can vanish from the list.

import type { Tag, TagId } from '../api/contract';

/** A tag with how deep it lies; 0 for one without a parent. */
export type Branch = { tag: Tag; depth: number };

/** All tags in reading order. The order among siblings is that of `tags`. */
export function branches(tags: readonly Tag[]): Branch[] {
  const known = new Set(tags.map((tag) => tag.id));
  const children = new Map<TagId | null, Tag[]>();
  for (const tag of tags) {
    const parent = tag.parent !== null && known.has(tag.parent) ? tag.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), tag]);
  }
  const found: Branch[] = [];
  const seen = new Set<TagId>();
  const walk = (parent: TagId | null, depth: number): void => {
    for (const tag of children.get(parent) ?? []) {
      if (seen.has(tag.id)) continue;
      seen.add(tag.id);
      found.push({ tag, depth });
      walk(tag.id, depth + 1);
    }
  };
  walk(null, 0);
  // Only members of a circle are left now.
  for (const tag of tags) if (!seen.has(tag.id)) found.push({ tag, depth: 0 });
  return found;
}

/** A tag and all below it: what it cannot be put inside of. */
export function withDescendants(tags: readonly Tag[], id: TagId): Set<TagId> {
  const inside = new Set([id]);
  let grew = true;
  while (grew) {
    grew = false;
    for (const tag of tags) {
      if (tag.parent !== null && inside.has(tag.parent) && !inside.has(tag.id)) {
        inside.add(tag.id);
        grew = true;
      }
    }
  }
  return inside;
}

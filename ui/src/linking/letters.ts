// The letter that picks each relation in the dialog: of its own label as far as there is a free one, so that it can be
// guessed, and never the same letter twice.

import type { Relation, RelationId } from '../api/contract';
import { fold } from '../shared/matching';

/** Letters that one key press writes; those of Korean, Chinese and Japanese are composed of several. */
const TYPED = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Nd}]$/u;
const SPARE = [...'abcdefghijklmnopqrstuvwxyz123456789'];

/** Letters in lower case by relation; a relation beyond all letters has none. They hang on the order of `relations`. */
export function relationLetters(relations: readonly Relation[]): ReadonlyMap<RelationId, string> {
  const letters = new Map<RelationId, string>();
  const taken = new Set<string>();
  const give = (relation: Relation, wanted: readonly string[]): void => {
    const free = letters.has(relation.id) ? undefined : wanted.find((letter) => !taken.has(letter));
    if (free === undefined) return;
    letters.set(relation.id, free);
    taken.add(free);
  };
  const own = ({ label }: Relation): string[] => [...fold(label)].filter((letter) => TYPED.test(letter));
  // First letters first, or an early relation would take one from inside its label that a later one begins with.
  for (const relation of relations) give(relation, own(relation).slice(0, 1));
  for (const relation of relations) give(relation, own(relation));
  for (const relation of relations) give(relation, SPARE);
  return letters;
}

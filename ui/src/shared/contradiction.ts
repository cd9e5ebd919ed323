// The one relation that the window treats apart. The core ships it, counts it by this label and lists it first.

import type { Link, Relation } from '../api/contract';

const LABEL = 'contradicts';

/** Whether a link, or a relation, says that two passages contradict each other. */
export function isContradiction(of: Pick<Link, 'relation'> | Pick<Relation, 'label'>): boolean {
  return ('label' in of ? of.label : of.relation) === LABEL;
}

// What was chosen in the list of links: order, filter, page. It stays chosen while the window is open, because opening
// a passage leaves the list and the reader comes back to it. It is not kept beyond that, and not part of the project.

import { NEWEST_FIRST, type Order } from './order';

type Chosen = {
  order: Order;
  /** an id, or empty for all */ relation: string;
  filter: string;
  /** from 0 */ page: number;
};

const nothing = (): Chosen => ({ order: NEWEST_FIRST, relation: '', filter: '', page: 0 });

export const chosen: Chosen = $state(nothing());

/** Back to everything, newest first, as another project starts. */
export function forget(): void {
  Object.assign(chosen, nothing());
}

// The relations that a link can have. Links themselves are not here: each view asks for the ones it shows.

import { call } from '../api/call';
import type { Relation, RelationId } from '../api/contract';
import { latest } from './latest';

class Relations {
  /** In the order of the project. */
  list = $state.raw<Relation[]>([]);

  #byId = $derived(new Map(this.list.map((relation) => [relation.id, relation])));

  byId(id: RelationId): Relation | undefined {
    return this.#byId.get(id);
  }

  /** Asks for the list again; rejects with an `ApiError`. */
  reload = latest(async () => {
    this.list = await call('relation_list', {});
  });
}

export const relations = new Relations();

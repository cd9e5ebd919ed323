// The tags of the project and which of them the reader is filtered by. The filter belongs to the window, not to the
// project: it is neither saved nor undone.

import { SvelteSet } from 'svelte/reactivity';
import { call } from '../api/call';
import type { Tag, TagId } from '../api/contract';
import { kept } from './kept';
import { latest } from './latest';
import { messages } from './messages.svelte';
import { saving } from './saving.svelte';

class Tags {
  /** In the order of the project: children follow their parent. */
  list = $state.raw<Tag[]>([]);
  /** Shown in the reader and the margin; empty means all. */
  readonly filter = new SvelteSet<TagId>();

  #byId = $derived(new Map(this.list.map((tag) => [tag.id, tag])));
  #byKey = $derived(new Map(this.list.flatMap((tag) => (tag.key ? [[tag.key.toLowerCase(), tag] as const] : []))));

  byId(id: TagId): Tag | undefined {
    return this.#byId.get(id);
  }

  /** The tag whose one-key shortcut is `key`, whatever its case. */
  byKey(key: string): Tag | undefined {
    return this.#byKey.get(key.toLowerCase());
  }

  toggleFilter(id: TagId): void {
    if (!this.filter.delete(id)) this.filter.add(id);
  }

  /** Makes a tag from a name alone and answers with its id; null when it was refused, with a message. */
  async make(name: string): Promise<TagId | null> {
    try {
      const tag = await saving.track(call('tag_create', { name }));
      await this.reload();
      return tag.id;
    } catch (error) {
      messages.fail(error);
      return null;
    }
  }

  /** Asks for the list again and drops filters of tags that are gone; rejects with an `ApiError`. */
  reload = latest(async () => {
    this.list = kept(this.list, await call('tag_list', {}));
    for (const id of [...this.filter]) if (!this.#byId.has(id)) this.filter.delete(id);
  });
}

export const tags = new Tags();

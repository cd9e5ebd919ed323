// A link in the making: from one passage, by a relation, to a passage that may be in another document. It outlives the
// dialog that starts it, because the other passage is picked by reading on. Nothing is written before both ends are known.

import { call } from '../api/call';
import type { Highlight, HighlightId, Link, RelationId } from '../api/contract';
import { words } from '../shared/words';
import { messages } from './messages.svelte';
import { saving } from './saving.svelte';

export type LinkInTheMaking = {
  from: HighlightId;
  /** The passage to link from, once it is known. */
  highlight: Highlight | null;
  /** Null until step one is done; from then on a click on a highlight picks it. */
  relation: RelationId | null;
  note: string;
  /** True while the window is left free for picking in a text. */
  aside: boolean;
};

class Linking {
  active = $state.raw<LinkInTheMaking | null>(null);
  /** The relation of the link that was made last; it is offered first. */
  lastRelation = $state<RelationId | null>(null);
  /** True while a click on a highlight means "link to this one". */
  picking = $derived(this.active !== null && this.active.relation !== null && this.active.aside);

  begin(from: HighlightId): void {
    this.active = { from, highlight: null, relation: null, note: '', aside: false };
    call('highlight_list', { ids: [from] }).then(
      ([highlight]) => {
        if (highlight && this.active?.from === from) this.change({ highlight });
      },
      (error: unknown) => {
        this.cancel();
        messages.fail(error);
      },
    );
  }

  /** Changes what is known so far. */
  change(part: Partial<Omit<LinkInTheMaking, 'from'>>): void {
    if (this.active) this.active = { ...this.active, ...part };
  }

  /** Makes the link to `to`, if a relation was chosen. Answers with the link, or null when nothing was made. */
  async pick(to: HighlightId): Promise<Link | null> {
    const link = this.active;
    if (!link?.relation) return null;
    if (to === link.from) {
      messages.say(words.app.linking.itself);
      return null;
    }
    try {
      const note = link.note.trim();
      const made = await saving.track(
        call('link_create', { from: link.from, to, relation: link.relation, ...(note ? { note } : {}) }),
      );
      this.lastRelation = link.relation;
      this.active = null;
      messages.say(words.app.linking.made(made.relation));
      return made;
    } catch (error) {
      messages.fail(error);
      return null;
    }
  }

  cancel(): void {
    this.active = null;
  }
}

export const linking = new Linking();

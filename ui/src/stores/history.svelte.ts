// Undo, redo and the list of what was done. Text that is still being typed is saved before anything is undone, so that
// the last thing done is the last thing undone. Steps run one after the other, however fast the keys come.

import { asApiError, call } from '../api/call';
import type { Change } from '../api/contract';
import { words } from '../shared/words';
import { messages } from './messages.svelte';
import { saving } from './saving.svelte';
import { latest } from './latest';

/** As many steps as the list shows; the journal itself has no end. */
const LISTED = 500;

class History {
  /** Newest first; undone steps stay until something new is done. */
  list = $state.raw<Change[]>([]);
  canUndo = $derived(this.list.some((change) => !change.undone));
  canRedo = $derived(this.list.some((change) => change.undone));

  #steps: Promise<void> = Promise.resolve();

  /** Asks for the list again; rejects with an `ApiError`. */
  reload = latest(async () => {
    this.list = await call('history_list', { limit: LISTED });
  });

  undo(): Promise<void> {
    return this.#step('undo', words.app.history.undid);
  }

  redo(): Promise<void> {
    return this.#step('redo', words.app.history.redid);
  }

  /** Reports a change that was just made, with a button that undoes it while nothing newer was done. */
  async report(text: string): Promise<void> {
    try {
      const made = await newest();
      messages.say(text, { label: words.app.actions.undo, run: () => void this.#undoIfNewest(made?.id ?? null) });
    } catch {
      messages.say(text);
    }
  }

  async #undoIfNewest(id: string | null): Promise<void> {
    try {
      await saving.flush();
      if ((await newest())?.id === id) await this.undo();
      else messages.say(words.app.history.newer);
    } catch (error) {
      messages.fail(error);
    }
  }

  #step(name: 'undo' | 'redo', said: (label: string) => string): Promise<void> {
    this.#steps = this.#steps.then(async () => {
      try {
        await saving.flush();
        const change = await saving.track(call(name, {}));
        messages.say(said(change.label));
      } catch (thrown) {
        const error = asApiError(thrown);
        if (error.code === 'nothing_to_undo' || error.code === 'nothing_to_redo')
          messages.say(words.errors[error.code]);
        else messages.fail(error);
      }
    });
    return this.#steps;
  }
}

/** The newest step that is not undone. */
async function newest(): Promise<Change | undefined> {
  return (await call('history_list', { limit: LISTED })).find((change) => !change.undone);
}

export const history = new History();

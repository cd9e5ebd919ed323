// How far an import of several files has come, as the shell tells it; null when none is under way.

import { call } from '../api/call';
import type { Progress } from '../api/contract';
import { messages } from './messages.svelte';

class Importing {
  now = $state.raw<Progress | null>(null);

  /** Stops after the file that is being read; what has been imported stays. */
  async cancel(): Promise<void> {
    try {
      await call('import_cancel', {});
    } catch (error) {
      messages.fail(error);
    }
  }
}

export const progress = new Importing();

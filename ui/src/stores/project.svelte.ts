// Which project this window has open, and the ones before it. The window never knows a path: folders are words to
// tell two projects apart.

import { call } from '../api/call';
import type { DesktopState } from '../api/contract';
import { settings } from './settings.svelte';

class Project {
  /** Null until the shell has answered. */
  state = $state.raw<DesktopState | null>(null);

  take(state: DesktopState): void {
    this.state = state;
    settings.take(state.settings);
  }

  /** Asks for the state again; rejects with an `ApiError`. */
  async reload(): Promise<void> {
    this.take(await call('desktop_state', {}));
  }
}

export const project = new Project();

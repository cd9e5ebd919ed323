// The person's own settings, kept by the shell beside the projects. The theme is applied here, to the root element,
// and nowhere else; what `system` means is left to the style sheet.

import { call } from '../api/call';
import type { Settings, Theme } from '../api/contract';

const DEFAULTS: Settings = { theme: 'system', wholeWords: true, singleKeys: true, watchSources: true };

class PersonalSettings {
  value = $state.raw<Settings>(DEFAULTS);

  /** Takes over what the shell keeps. */
  take(value: Settings): void {
    this.value = value;
    applyTheme(value.theme);
  }

  /** Changes some settings at once and keeps them; rejects with an `ApiError` and then has the former ones again. */
  async set(change: Partial<Settings>): Promise<void> {
    const former = this.value;
    this.take({ ...former, ...change });
    try {
      this.take(await call('settings_set', this.value));
    } catch (error) {
      this.take(former);
      throw error;
    }
  }
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export const settings = new PersonalSettings();

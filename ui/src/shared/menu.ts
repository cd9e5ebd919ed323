// What a menu consists of. Items are data, so that no menu forgets a key; Menu.svelte draws them.

export type MenuItem =
  | {
      label: string;
      run: () => void;
      /** Shown after the label: which one is meant. */
      detail?: string;
      /** A chord of the key table. */
      chord?: string | null;
      danger?: boolean;
      disabled?: boolean;
      /** Given for a choice; among several unless it is a switch. */
      checked?: boolean;
      toggles?: boolean;
    }
  | { heading: string }
  | 'line';

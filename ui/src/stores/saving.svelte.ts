// Whether what was written has been committed. `saved` is said only when every tracked write was answered, and a reply
// of the core means committed. A write that could not be stored stays visible until a later one succeeds; one that was
// refused, such as a name that is taken, leaves nothing unsaved.

import { asApiError } from '../api/call';
import type { ErrorCode } from '../api/contract';

/** Codes after which something that the person wrote is not on the disk. */
const UNSAVED: ReadonlySet<ErrorCode> = new Set([
  'bug',
  'storage',
  'disk_full',
  'commit_failed',
  'project_missing',
  'project_moved',
  'project_overwritten',
  'project_read_only',
  'project_locked',
  'project_damaged',
] satisfies ErrorCode[]);

/** Text that was typed, or an end that was moved, from the first key press until it is committed. */
export type Unsent = {
  /** The core refused it: it waits for another attempt. */
  refused(): void;
  /** It is typed on, or sent once more. */
  again(): void;
  /** It is committed, or taken back. */
  end(): void;
};

class Saving {
  #pending = $state(0);
  #typed = $state(0);
  #refused = $state(0);
  #failed = $state(false);

  /** Whether nothing can be written to the project as it is open now. */
  trouble = $state(false);

  /** Whether something that the person did is not on the disk and will not be by itself. */
  unsaved = $derived(this.#failed || this.#refused > 0);

  /** Whether there is text on the screen that has not been sent, or not been answered. */
  typing = $derived(this.#typed > 0);

  /** What the header says. */
  state = $derived<'saved' | 'saving' | 'failed'>(
    this.#pending + this.#typed > 0 ? 'saving' : this.unsaved || this.trouble ? 'failed' : 'saved',
  );

  /** Counts a write until it is answered, and hands it back unchanged. */
  track<T>(write: Promise<T>): Promise<T> {
    this.#pending += 1;
    write.then(
      () => {
        this.#pending -= 1;
        this.#failed = false;
      },
      (error: unknown) => {
        this.#pending -= 1;
        if (UNSAVED.has(asApiError(error).code)) this.#failed = true;
      },
    );
    return write;
  }

  readonly #owing = new Set<() => Promise<unknown>>();

  /** What holds something back, such as a note that is being typed, says here how it is committed; it never rejects. */
  owe(flush: () => Promise<unknown>): void {
    this.#owing.add(flush);
  }

  /** Resolves when everything typed, moved or done was committed, or refused with a message. */
  async flush(): Promise<void> {
    await Promise.all([...this.#owing].map((flush) => flush()));
  }

  /** Marks typed text that has not been sent yet, until it ends. */
  begin(): Unsent {
    let now: 'typed' | 'refused' | 'ended' = 'typed';
    const become = (next: typeof now): void => {
      if (now === 'ended') return;
      this.#typed += Number(next === 'typed') - Number(now === 'typed');
      this.#refused += Number(next === 'refused') - Number(now === 'refused');
      now = next;
    };
    this.#typed += 1;
    return { refused: () => become('refused'), again: () => become('typed'), end: () => become('ended') };
  }

  /** Another project is open: what could not be written to the former one says nothing about it. */
  renew(): void {
    this.#failed = false;
    this.trouble = false;
  }
}

export const saving = new Saving();

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
  'project_missing',
  'project_read_only',
  'project_locked',
  'project_damaged',
] satisfies ErrorCode[]);

class Saving {
  #pending = $state(0);
  #failed = $state(false);

  /** What the header says. */
  state = $derived<'saved' | 'saving' | 'failed'>(this.#pending > 0 ? 'saving' : this.#failed ? 'failed' : 'saved');

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

  /** Marks typed text that has not been sent yet, until the returned function is called. */
  begin(): () => void {
    let ended = false;
    this.#pending += 1;
    return () => {
      if (ended) return;
      ended = true;
      this.#pending -= 1;
    };
  }
}

export const saving = new Saving();

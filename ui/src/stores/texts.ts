/**
 * Why: a document that one comes back to is open at once. The text of a version never changes, so those read last are
 * kept here and need not cross the bridge again.
 *
 * Absent on purpose: the text that is open. That one is held by the reading store, whether it is kept here or not.
 */
import { versionText } from '../api/call';
import type { VersionId } from '../api/contract';

/** So much is kept in all, in UTF-16 code units: some long reports. At most 32 MB of memory. */
const ROOM = 16_000_000;

export class Texts {
  /** The one used last comes last. */
  readonly #kept = new Map<VersionId, string>();
  #size = 0;

  /** The text of a version if it is kept. */
  get(version: VersionId): string | undefined {
    const text = this.#kept.get(version);
    if (text !== undefined) {
      this.#kept.delete(version);
      this.#kept.set(version, text);
    }
    return text;
  }

  clear(): void {
    this.#kept.clear();
    this.#size = 0;
  }

  /** Keeps a text, and drops those that were used longest ago. */
  keep(version: VersionId, text: string): void {
    if (this.#kept.has(version) || text.length > ROOM) return;
    this.#kept.set(version, text);
    this.#size += text.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= ROOM) break;
      this.#kept.delete(oldest);
      this.#size -= length;
    }
  }
}

/** The ones of the window; emptied when a project is closed. */
export const texts = new Texts();

/** The text of a version; rejects with an `ApiError`. */
export async function textOf(version: VersionId): Promise<string> {
  const kept = texts.get(version);
  if (kept !== undefined) return kept;
  const text = await versionText(version);
  texts.keep(version, text);
  return text;
}

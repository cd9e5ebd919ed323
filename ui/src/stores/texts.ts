/**
 * Why: a document that one comes back to is open at once. The text of a version and its structure never change, so those
 * read last are kept here and need not cross the bridge again.
 *
 * Absent on purpose: the text that is open. That one is held by the reading store, whether it is kept here or not.
 */
import { versionText } from '../api/call';
import type { OpenDocument, VersionId } from '../api/contract';

/** Blocks, spans and pages of a version: the same objects each time, so that what was made of them can be kept, too. */
export type Structure = Pick<OpenDocument, 'blocks' | 'spans' | 'pages'>;

type Kept = { readonly text: string; structure?: Structure };

/** So much is kept in all, in UTF-16 code units: some long reports. At most 32 MB of memory. */
const ROOM = 16_000_000;

export class Texts {
  /** The one used last comes last. */
  readonly #kept = new Map<VersionId, Kept>();
  #size = 0;

  /** The text of a version if it is kept. */
  get(version: VersionId): string | undefined {
    const kept = this.#kept.get(version);
    if (kept !== undefined) {
      this.#kept.delete(version);
      this.#kept.set(version, kept);
    }
    return kept?.text;
  }

  /** The structure of a version if it is kept. */
  structure(version: VersionId): Structure | undefined {
    return this.#kept.get(version)?.structure;
  }

  /** Keeps a structure for as long as its text is. */
  keepStructure(version: VersionId, { blocks, spans, pages }: Structure): void {
    const kept = this.#kept.get(version);
    if (kept) kept.structure ??= { blocks, spans, pages };
  }

  clear(): void {
    this.#kept.clear();
    this.#size = 0;
  }

  /** Keeps a text, and drops those that were used longest ago. */
  keep(version: VersionId, text: string): void {
    if (this.#kept.has(version) || text.length > ROOM) return;
    this.#kept.set(version, { text });
    this.#size += text.length;
    for (const [oldest, { text }] of this.#kept) {
      if (this.#size <= ROOM) break;
      this.#kept.delete(oldest);
      this.#size -= text.length;
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

// The one door to the desktop shell, and the only file that imports @tauri-apps/*. It knows three things: run a
// command, hand over what is long as bytes, hear an event. No types of commands here: those are in contract.ts, applied by
// call.ts, so that a test can put a plain object in the shell's place.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';

export interface Backend {
  /** Runs one command. Resolves to its JSON result, rejects with an `ApiError`. */
  call(name: string, args: unknown): Promise<unknown>;
  /** The canonical text of a version, as UTF-8 bytes. */
  text(version: string): Promise<ArrayBuffer>;
  /** All highlights of a document, packed as `core/src/drawn.rs` says, positions in UTF-16. */
  highlights(document: string): Promise<ArrayBuffer>;
  /** Calls `handler` with each payload of `event` until the returned function is called. */
  listen(event: string, handler: (payload: unknown) => void): Promise<() => void>;
}

/** The shell that this window runs in. */
export const desktop: Backend = {
  call: (name, args) => invoke('call', { name, args }),
  text: (version) => invoke<ArrayBuffer>('version_text', { version }),
  highlights: (document) => invoke<ArrayBuffer>('document_highlights', { document }),
  listen: (event, handler) => listen(event, ({ payload }) => handler(payload)),
};

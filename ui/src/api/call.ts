// Typed calls over the backend. Nothing is cached, retried or translated here: a call is asked once, and what it
// answers is what the caller gets. Every rejection has the shape of an ApiError, whatever went wrong underneath.

import { desktop, type Backend } from './backend';
import type { ApiError, Commands, DesktopCommands, DocumentId, Events, VersionId } from './contract';

/** Every command that the window may run. */
export type AllCommands = Commands & DesktopCommands;
export type CommandName = keyof AllCommands;
export type Args<N extends CommandName> = AllCommands[N]['args'];
export type Result<N extends CommandName> = AllCommands[N]['result'];

let backend: Backend = desktop;

/** Puts another backend in the shell's place, for tests. Returns a function that puts the former one back. */
export function useBackend(other: Backend): () => void {
  const former = backend;
  backend = other;
  return () => {
    backend = former;
  };
}

/** Runs one command; rejects with an `ApiError`. */
export async function call<N extends CommandName>(name: N, args: Args<N>): Promise<Result<N>> {
  try {
    return (await backend.call(name, args)) as Result<N>;
  } catch (thrown) {
    throw asApiError(thrown);
  }
}

/** The canonical text of a version, whose UTF-16 offsets all ranges of the contract count; rejects with an `ApiError`. */
export async function versionText(version: VersionId): Promise<string> {
  try {
    // ignoreBOM: a U+FEFF that the core kept is a character of the text, and offsets count it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await backend.text(version));
  } catch (thrown) {
    throw asApiError(thrown);
  }
}

/** All highlights of a document, packed; rejects with an `ApiError`. */
export async function documentHighlights(document: DocumentId): Promise<ArrayBuffer> {
  try {
    return await backend.highlights(document);
  } catch (thrown) {
    throw asApiError(thrown);
  }
}

/** Hears an event of the shell until the returned function is called. */
export async function on<E extends keyof Events>(event: E, handler: (payload: Events[E]) => void): Promise<() => void> {
  try {
    return await backend.listen(event, (payload) => handler(payload as Events[E]));
  } catch (thrown) {
    throw asApiError(thrown);
  }
}

/** What was thrown, as an `ApiError`: itself if it is one, otherwise a `bug` that keeps the message. */
export function asApiError(thrown: unknown): ApiError {
  if (isApiError(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'bug', message: `Something went wrong inside Gloss: ${message}`, detail: null };
}

function isApiError(thrown: unknown): thrown is ApiError {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    // Errors of the platform may have a code of their own.
    !(thrown instanceof Error) &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    'message' in thrown &&
    typeof thrown.message === 'string'
  );
}

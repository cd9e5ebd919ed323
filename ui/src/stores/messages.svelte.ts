// What the window has to say: one list, shown in one live region. A report goes by itself after a while; a failure
// stays until it is dismissed, because it may be the only trace of what was refused; a question stays until it is
// answered or has become pointless.

import { asApiError } from '../api/call';
import type { ErrorCode } from '../api/contract';
import { words } from '../shared/words';

export type Action = { readonly label: string; readonly run: () => void };

export type Message = {
  readonly id: number;
  readonly tone: 'report' | 'failure' | 'question';
  /** A few words above the sentence; null for a plain report. */
  readonly heading: string | null;
  readonly text: string;
  readonly code: ErrorCode | null;
  /** One thing that can be done about it, such as undo. */
  readonly action: Action | null;
  /** The other answer to a question. */
  readonly otherwise: Action | null;
};

/** How long a report stays, in milliseconds: time to read two lines twice. */
export const REPORT_STAYS_MS = 7_000;
/** More than this many at once and the oldest report gives way, a question never. */
const AT_MOST = 4;

class Messages {
  list = $state.raw<Message[]>([]);
  /** Goes up by one each time the messages should take the focus. */
  focusWanted = $state(0);
  #next = 1;
  #remedies = new Map<ErrorCode, Action>();
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** Reports that something was done. */
  say(text: string, action: Action | null = null): void {
    const id = this.#add({ tone: 'report', heading: null, text, code: null, action, otherwise: null });
    this.#expire(id);
  }

  /** Asks something that is to be decided some time; answers with the message's id. */
  ask(text: string, action: Action, otherwise: Action): number {
    return this.#add({ tone: 'question', heading: null, text, code: null, action, otherwise });
  }

  /** Gives the messages the focus, if there are any. */
  focus(): void {
    this.focusWanted += 1;
  }

  /** Says that something was refused or went wrong: heading by code, then the error's own sentence. */
  fail(thrown: unknown): void {
    const error = asApiError(thrown);
    const heading = words.errors[error.code] ?? words.errors.bug;
    const action = this.#remedies.get(error.code) ?? null;
    // What lasts until something is done about it is said once.
    if (action && this.list.some(({ code }) => code === error.code)) return;
    this.#add({ tone: 'failure', heading, text: error.message, code: error.code, action, otherwise: null });
  }

  /** Says what can be done about failures of a code. */
  remedy(code: ErrorCode, action: Action): void {
    this.#remedies.set(code, action);
  }

  /** Takes back the failures of some codes: they have passed. */
  forget(codes: readonly ErrorCode[]): void {
    for (const { id, code } of this.list) if (code !== null && codes.includes(code)) this.dismiss(id);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.list = this.list.filter((message) => message.id !== id);
  }

  /** Keeps a report while the pointer or the focus is on it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Lets a held report go after its time. */
  release(id: number): void {
    if (this.list.some((message) => message.id === id && message.tone === 'report')) this.#expire(id);
  }

  clear(): void {
    for (const message of this.list) this.dismiss(message.id);
  }

  /** Shows a message, as the newest; one that says the same gives way to it, with what could be done about it. */
  #add(message: Omit<Message, 'id'>): number {
    const id = this.#next++;
    const same = this.list.find(
      ({ tone, code, text }) =>
        tone !== 'question' && tone === message.tone && code === message.code && text === message.text,
    );
    if (same) this.dismiss(same.id);
    const oldest =
      this.list.find(({ tone }) => tone === 'report') ??
      this.list.find(({ tone, action }) => tone === 'failure' && action === null);
    if (this.list.length >= AT_MOST && oldest) this.dismiss(oldest.id);
    this.list = [...this.list, { ...message, id }];
    return id;
  }

  #expire(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), REPORT_STAYS_MS),
    );
  }
}

export const messages = new Messages();

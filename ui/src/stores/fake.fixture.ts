// For tests only: a backend made of plain functions, put in the shell's place. It remembers what it was asked and lets a
// test send events. A command without a reply fails the call, so that no test passes on an answer nobody gave.

import { useBackend, type AllCommands, type Args, type CommandName, type Result } from '../api/call';
import type { Events } from '../api/contract';
import { packed } from './packed.fixture';

export type Replies = { [N in CommandName]?: (args: Args<N>) => Result<N> | Promise<Result<N>> };

export type Fake = {
  /** Every call so far, oldest first. */
  asked: { name: keyof AllCommands; args: unknown }[];
  /** The arguments of every call of one command. */
  argsOf<N extends CommandName>(name: N): Args<N>[];
  emit<E extends keyof Events>(event: E, payload: Events[E]): void;
  /** How many listeners an event has. */
  listeners(event: keyof Events): number;
  /** Puts the shell back. */
  restore(): void;
};

/** `texts`: the canonical texts by version; a version without one is empty. */
export function fakeBackend(replies: Replies, texts: Readonly<Record<string, string>> = {}): Fake {
  const asked: Fake['asked'] = [];
  const heard = new Map<string, Set<(payload: unknown) => void>>();
  const restore = useBackend({
    async call(name, args) {
      asked.push({ name: name as CommandName, args });
      const reply = replies[name as CommandName] as ((args: unknown) => unknown) | undefined;
      if (!reply) throw new Error(`the test has no reply to ${name}`);
      return reply(args);
    },
    text: async (version) => new TextEncoder().encode(texts[version] ?? '').buffer,
    highlights: async (document) => {
      const table = replies.document_open && (await replies.document_open({ document })).highlights;
      return packed(table?.tags ?? [], table?.rows ?? []);
    },
    async listen(event, handler) {
      const handlers = heard.get(event) ?? new Set();
      heard.set(event, handlers.add(handler));
      return () => handlers.delete(handler);
    },
  });
  return {
    asked,
    argsOf: (name) => asked.filter((one) => one.name === name).map((one) => one.args as never),
    emit: (event, payload) => heard.get(event)?.forEach((handler) => handler(payload)),
    listeners: (event) => heard.get(event)?.size ?? 0,
    restore,
  };
}

/** A promise that the test settles by hand, to let answers arrive in another order than they were asked for. */
export function pending<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets every answer that is already there arrive and be drawn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

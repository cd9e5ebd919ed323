// Reloading without a queue: stores are told to reload far more often than they need to (a bulk change is one event a
// command), and only the newest answer counts. There is no cache and no timer here.

/**
 * Wraps `load` so that at most one run is under way: asked again meanwhile, it runs exactly once more afterwards.
 * Every caller's promise settles with a run that began after the call.
 */
export function latest(load: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function start(): Promise<void> {
    const run = load().finally(() => {
      if (running === run) running = null;
    });
    running = run;
    return run;
  }

  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}

/** Why: what is not urgent waits until the person sees what was asked for. */

/** A frame that has not come after so many milliseconds will not come soon: the window is hidden. */
const FRAME = 100;

/** Resolves when everything that was written to the page has been painted. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const hidden = setTimeout(resolve, FRAME);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        clearTimeout(hidden);
        setTimeout(resolve);
      }),
    );
  });
}

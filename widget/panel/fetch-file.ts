const MOST_TRIES = 4;

let again = 0;

/**
 * A part of the panel in a file of its own. Tried again after 1, 2 and 4 seconds, and offline as soon as that has passed: a lift must
 * not cost the traveller the panel. A module that failed stays failed under its own address, so that another try has another one.
 * @returns null: it did not come, or nobody waits for it any more
 */
export async function fetchFile<T>(
  load: () => Promise<T>,
  loadFrom: (address: string) => Promise<T>,
  address: () => string,
  signal: AbortSignal,
  isFirst = true,
): Promise<T | null> {
  for (let tries = isFirst ? 1 : 2; !signal.aborted; tries++) {
    try {
      return await (tries === 1 ? load() : loadFrom(`${address()}${++again}`));
    } catch {
      if (tries >= MOST_TRIES && navigator.onLine) break;
      await new Promise((go) => {
        if (navigator.onLine) setTimeout(go, 500 * 2 ** tries);
        else window.addEventListener('online', go, { once: true, signal });
      });
    }
  }
  return null;
}

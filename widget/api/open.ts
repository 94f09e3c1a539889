import type { Answer, OpenCall, Opened } from '../../server/wire/panel.ts';

export type Opening = Promise<Response>;

/**
 * The opening call, as simple a request as `post` makes. The loader makes it in the same tick as the panel's `import()`
 * and hands the promise to the panel, which reads the answer and otherwise makes the call itself. It is part of the
 * loader, where each byte counts: so it shares nothing with `post`, judges no answer, and leaves `credentials` at its default,
 * which sends none to another origin.
 */
export function openBooking(api: string, call: Omit<OpenCall, 'v'>): Opening {
  return fetch(api.replace(/\/*$/, '/api/panel/open'), {
    method: 'POST',
    referrerPolicy: 'strict-origin',
    body: JSON.stringify({ v: 1, ...call }),
  });
}

/** Longer than the server's own limit for the airline's system, so that its answer (`gds_unavailable`) is heard, not cut off. */
export const OPEN_TIMEOUT_MS = 40_000;

/** The booking; null if it did not come, in time or at all. Why not is still there to be read (`replyTo`). */
export async function bookingOf(opening: Opening): Promise<Answer<Opened> | null> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, OPEN_TIMEOUT_MS));
  try {
    const said = (await Promise.race([opening.then((response) => response.clone().json()), late])) as Answer<Opened>;
    return said.success ? said : null;
  } catch {
    return null;
  }
}

import type { OpenCall } from '../../server/wire/panel.ts';

export type Opening = Promise<Response>;

/**
 * The opening call, as simple a request as `post` makes. The loader makes it in the same tick as the panel's `import()`
 * and hands the promise to the panel, which reads the answer and otherwise makes the call itself. It is part of the
 * loader, where each byte counts: so it shares nothing with `post` and judges no answer.
 */
export function openBooking(api: string, call: Omit<OpenCall, 'v'>): Opening {
  return fetch(api.replace(/\/+$/, '') + '/api/panel/open', {
    method: 'POST',
    credentials: 'omit',
    referrerPolicy: 'strict-origin',
    body: JSON.stringify({ v: 1, ...call }),
  });
}

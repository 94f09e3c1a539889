import type { EventRow } from '../../../server/domain/ports/store.ts';

/** An event whose body has spaces, letters beyond ASCII and an escape: what must not be changed on its way. */
export const event = (transaction: string, seq: number, more: Partial<EventRow> = {}): EventRow => ({
  id: `evt_${transaction}_${seq}`,
  brand: 'skyline',
  transaction,
  seq,
  type: 'transaction.created',
  about: `${seq}`,
  at: 1_765_000_000_000,
  body: `{"seq":${seq},  "name":"Ångström \\u0000"}`,
  ...more,
});

import type { PaymentState } from './transaction.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a write may still land at a vendor after its answer was lost. No look is made before. */
export const quietMs = 2 * MINUTE;
/** The traveller's time to pay, from the last press of pay. */
export const payMs = 15 * MINUTE;
/** An expiry that has to wait asks again after this. */
export const expireAgainMs = 5 * MINUTE;
/** How often one thing is asked for before it counts as refused. */
export const mostTries = 3;
/** The same for a refund, a removal, a capture or a close: nobody waits, somebody is owed. */
export const mostBackTries = 8;

/** Waits between planned looks at a payment, by its state. */
export const looksMs: Readonly<Record<Exclude<PaymentState, 'opening'>, readonly number[]>> = {
  open: [30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 5 * MINUTE, 10 * MINUTE, ...Array<number>(6).fill(15 * MINUTE)],
  pending: [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, DAY, DAY],
  authorised: [HOUR, HOUR, HOUR, 4 * HOUR, 12 * HOUR, DAY, DAY, DAY, DAY, DAY],
  capturing: [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, DAY],
  // the reconciliation: it finds refunds and disputes made by hand
  captured: [DAY, 3 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 60 * DAY],
  closing: [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY],
  // only where closing is soft: a challenge may still end in a hold
  closed: [HOUR, DAY],
  unsure: [quietMs, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY],
};
/** Waits between looks at a booking of which something is unsure. */
export const bookingLooksMs: readonly number[] = [quietMs, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR];
/** Where the end of the looks means that something is missing. */
export const overdueStates: readonly PaymentState[] = ['pending', 'capturing', 'closing', 'unsure'];

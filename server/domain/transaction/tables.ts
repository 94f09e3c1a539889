import type { PaymentState, Refund, ThingState } from './transaction.ts';
import type { PaymentWord, Reason, RefundWord, ThingWord } from './words.ts';

/**
 * What a word does to a payment, a seat, an EMD or a refund, by the state it meets. Total: every state knows every word, and a word
 * that says nothing new changes nothing, which is why a message may come late, twice, or never.
 */
export interface Cell<State extends string> {
  /** The next state; absent: the state stays. `as asked`: what the last asking makes of it. */
  next?: State;
  /** Of a payment: this money must end as nothing. */
  giveUp?: true;
  /** Of an item: it is not wanted any more. */
  drop?: true;
  attention?: Reason;
}

export type RefundState = Refund['state'];
export type PaymentTable = Readonly<
  Record<PaymentState, Readonly<Record<PaymentWord, Cell<PaymentState | 'as asked'>>>>
>;
export type ThingTable = Readonly<Record<ThingState, Readonly<Record<ThingWord, Cell<ThingState>>>>>;
export type RefundTable = Readonly<Record<RefundState, Readonly<Record<RefundWord, Cell<RefundState>>>>>;

/** Already so, or nothing that this state could learn from: every word that a row does not list. */
const same = {};

export const paymentTable: PaymentTable = (() => {
  const opening = { next: 'opening' } as const;
  const open = { next: 'open' } as const;
  const openNoMore = { next: 'open', giveUp: true } as const;
  const pending = { next: 'pending' } as const;
  const authorised = { next: 'authorised' } as const;
  const captured = { next: 'captured' } as const;
  const closed = { next: 'closed' } as const;
  const unsure = { next: 'unsure' } as const;
  const asAsked = { next: 'as asked' } as const;
  const captureFailed = { next: 'authorised', attention: 'capture_failed' } as const;
  const contradiction = { attention: 'contradiction' } as const;
  const outcomeMissing = { attention: 'payment_outcome_missing' } as const;
  const captureMissing = { attention: 'capture_outcome_missing' } as const;
  const rest = {
    opened: same,
    approved: same,
    pending: same,
    authorised: same,
    captured: same,
    declined: same,
    closed: same,
    accepted: same,
    not_done: same,
    capture_refused: same,
    unknown: same,
    overdue: same,
    mismatch: { attention: 'mismatch' },
    disputed: { attention: 'dispute' },
  } as const;
  const row = (cells: Partial<PaymentTable['open']>): PaymentTable['open'] => ({ ...rest, ...cells });
  return {
    opening: row({
      opened: open,
      pending,
      authorised,
      captured,
      declined: openNoMore,
      closed,
      not_done: closed,
      capture_refused: contradiction,
      unknown: unsure,
      overdue: outcomeMissing,
    }),
    open: row({
      approved: opening,
      pending,
      authorised,
      captured,
      declined: openNoMore,
      closed,
      capture_refused: contradiction,
      unknown: unsure,
    }),
    pending: row({
      opened: open,
      approved: opening,
      authorised,
      captured,
      declined: openNoMore,
      closed,
      capture_refused: contradiction,
      unknown: unsure,
      overdue: outcomeMissing,
    }),
    // a callback may overtake the answer of our own call, hence a lost answer is heard here, too
    authorised: row({ captured, closed, unknown: unsure }),
    capturing: row({
      captured,
      closed,
      not_done: authorised,
      capture_refused: captureFailed,
      unknown: unsure,
      overdue: captureMissing,
    }),
    captured: row({ closed: contradiction, capture_refused: captureFailed }),
    closing: row({ pending, authorised, captured, closed, unknown: unsure, overdue: outcomeMissing }),
    // late money: the payment is given up, so what comes now will be let go or paid back
    closed: row({ pending, authorised, captured }),
    unsure: row({
      opened: open,
      approved: opening,
      pending,
      authorised,
      captured,
      declined: openNoMore,
      closed,
      accepted: asAsked,
      capture_refused: captureFailed,
      overdue: outcomeMissing,
    }),
  };
})();

export const seatTable: ThingTable = thingTable('seat_not_given_back');
export const emdTable: ThingTable = thingTable('emd_not_given_back');

/** Seats and EMDs live by one table: `absent` and `present` mean what the item's want makes of them. */
function thingTable(notGivenBack: Reason): ThingTable {
  const present = { next: 'present' } as const;
  const absent = { next: 'absent' } as const;
  const unsure = { next: 'unsure' } as const;
  const refused = { next: 'absent', drop: true } as const;
  const stays = { next: 'present', attention: notGivenBack } as const;
  const outcomeMissing = { attention: 'gds_outcome_missing' } as const;
  return {
    absent: { present, absent: same, refused: same, unknown: same, overdue: same },
    adding: { present, absent, refused, unknown: unsure, overdue: refused },
    // what the airline's desk does to a seat after it was confirmed is not fought over
    present: { present: same, absent: same, refused: same, unknown: same, overdue: same },
    removing: { present, absent, refused: stays, unknown: unsure, overdue: stays },
    unsure: { present, absent, refused, unknown: same, overdue: outcomeMissing },
  };
}

export const refundTable: RefundTable = (() => {
  const present = { next: 'present' } as const;
  const absent = { next: 'absent' } as const;
  const adding = { next: 'adding' } as const;
  const unsure = { next: 'unsure' } as const;
  const failed = { next: 'absent', attention: 'refund_failed' } as const;
  const missing = { attention: 'refund_failed' } as const;
  return {
    absent: { present, absent: same, accepted: same, refused: same, unknown: same, overdue: same },
    adding: { present, absent, accepted: same, refused: failed, unknown: unsure, overdue: missing },
    present: { present: same, absent: same, accepted: same, refused: failed, unknown: same, overdue: same },
    unsure: { present, absent, accepted: adding, refused: failed, unknown: same, overdue: missing },
  };
})();

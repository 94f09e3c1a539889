import type { MachineEvent } from './event.ts';
import type { Payment } from './transaction.ts';
import type { PaymentWord } from './words.ts';

/** What a gateway that cannot be read says of a payment by itself. Such facts come late, twice and in any order. */
export interface CallbackFact {
  word: PaymentWord;
  /**
   * How far the payment had come: 1 pending; 2 authorised, declined; 3 closed; 4 captured; 5 capture refused.
   * 0: closed for now, while the bank's challenge may still end in a hold.
   */
  rank: number;
  /** The gateway's reference. An authorisation and its cancellation share one; each further try and each capture has its own. */
  about: string;
  capturedMinor?: number;
}

/**
 * The machine's event for a fact. Only callbacks are judged by rank: the answer to a call of ours is news even where it says what
 * was heard before, since it ends a doubt.
 * @returns null where it is not above what was heard of the same reference
 */
export function eventOfFact(payment: Payment, fact: CallbackFact, at: number): MachineEvent | null {
  const { word, rank, about, capturedMinor } = fact;
  const old = rank > 0 ? rank <= (payment.ranks[about] ?? 0) : payment.heard > 0;
  if (old) return null;
  const facts = { rank, about, ...(capturedMinor !== undefined && { capturedMinor }) };
  return { type: 'payment', at, payment: payment.id, word, facts };
}

import type { ItemInput } from './transaction.ts';
import type { PaymentWord, RefundWord, SeatRefusal, ThingWord } from './words.ts';

/** What a payment's word brings with it. */
export interface PaymentFacts {
  capturedMinor?: number;
  gatewayRef?: string;
  step?: 'card' | 'action';
  means?: { brand: string; last4: string };
  end?: string;
  /** Of gateways that cannot be read: the fact's rank, and the reference it is about. */
  rank?: number;
  about?: string;
  /** Every refund the gateway knows of this payment; `ours` is our refund's id. */
  refunds?: readonly { ref: string; ours?: string; amountMinor: number; failed?: boolean }[];
  dispute?: { ref: string; amountMinor: number; dueAt?: string; outcome?: 'won' | 'lost' };
}

export interface ThingFact {
  item: string;
  thing: 'seat' | 'emd';
  word: ThingWord;
  reason?: SeatRefusal;
  /** With an EMD that is present. */
  number?: string;
}

/** Everything that can happen to a purchase. `at` is the machine's only clock; `answered`: the ask whose outcome is now known. */
export type MachineEvent = { at: number; answered?: string } & (
  | { type: 'reprice'; items: readonly ItemInput[] }
  | { type: 'pay'; quote: number }
  | { type: 'cancel' }
  | { type: 'expire' }
  | { type: 'refund'; scope: 'whole' }
  | { type: 'refund'; scope: 'item'; item: string }
  | { type: 'refund'; scope: 'amount'; amountMinor: number }
  | { type: 'hint'; payment: string; sessionResult?: string }
  | { type: 'payment'; payment: string; word: PaymentWord; facts?: PaymentFacts }
  | { type: 'refund_word'; refund: string; word: RefundWord; rank?: number; gatewayRef?: string }
  | { type: 'refund_found'; payment: string; ref: string; amountMinor: number }
  | { type: 'things'; list: readonly ThingFact[] }
  | { type: 'operator'; action: 'retry' | 'reverse'; target: string; by: string; note: string }
  | {
      type: 'operator';
      action: 'solved';
      target: string;
      by: string;
      note: string;
      tookMinor?: number;
      held?: boolean;
      made?: boolean;
    }
  | { type: 'tick' }
);

/** What became of a caller's wish. */
export type Answer = 'joined' | 'reconfirm' | 'gone' | 'ignored' | null;

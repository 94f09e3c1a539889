import { randomInt } from 'node:crypto';
import type { CardBehaviour, Decline } from './cards.ts';

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled';

/** A card as it is kept: never its number or its code. */
export interface PaymentMethod {
  id: string;
  created: number;
  behaviour: CardBehaviour;
  last4: string;
  expMonth: number;
  expYear: number;
}

/** One try to take money from a card. Times are seconds since the epoch, amounts minor units. */
export interface Charge {
  id: string;
  intent: Intent;
  created: number;
  amount: number;
  captured: number;
  method: PaymentMethod;
  status: 'succeeded' | 'failed';
  decline?: Decline;
  /** Until when it can be captured. */
  captureBefore: number;
  authenticated: boolean;
  refunds: Refund[];
  dispute?: Dispute;
}

export interface Refund {
  id: string;
  charge: Charge;
  created: number;
  amount: number;
  reason: string | null;
  metadata: Record<string, string>;
}

export interface Dispute {
  id: string;
  charge: Charge;
  created: number;
  amount: number;
  dueBy: number;
}

export interface IntentError {
  code: string;
  message: string;
  type: 'card_error' | 'invalid_request_error';
  declineCode?: string;
  advice?: string;
  charge?: string;
  method?: PaymentMethod;
}

export interface Intent {
  id: string;
  clientSecret: string;
  created: number;
  amount: number;
  currency: string;
  captureMethod: 'automatic' | 'automatic_async' | 'manual';
  /** null: not told. */
  allowedTypes: string[] | null;
  excludedTypes: string[] | null;
  automaticMethods: { enabled: boolean; allow_redirects: string } | null;
  threeDSecure: 'any' | 'automatic' | 'challenge';
  metadata: Record<string, string>;
  description: string | null;
  receiptEmail: string | null;
  statementSuffix: string | null;
  transferGroup: string | null;
  status: IntentStatus;
  method?: PaymentMethod;
  /** What the bank's page is asked for by. */
  challenge?: string;
  lastError?: IntentError;
  charges: Charge[];
  canceledAt: number | null;
  cancellationReason: string | null;
}

export const refundedOf = (charge: Charge): number => charge.refunds.reduce((sum, { amount }) => sum + amount, 0);

/** The charge that holds or took the money. */
export const goodCharge = ({ charges }: Intent): Charge | undefined =>
  charges.find(({ status }) => status === 'succeeded');

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A name that cannot be guessed, in the vendor's look: `pi_3Kd…`. */
export function newId(prefix: string, length = 24): string {
  return `${prefix}_${Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
}

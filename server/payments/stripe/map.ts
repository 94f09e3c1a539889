import type Stripe from 'stripe';
import { minorDigits } from '../../domain/money.ts';
import type { Dispute, Reading } from '../../domain/ports/payments.ts';

/** Under these names our ids travel in an object's metadata, and come back in callbacks. */
export const METADATA = { transaction: 'transaction_id', payment: 'payment_id', refund: 'refund_id' } as const;

/**
 * An amount as Stripe wants it: integers, but not always of the currency's own minor unit.
 * @returns null for a currency that Stripe does not take, or an amount that it cannot express
 */
export function toStripeAmount(amountMinor: number, currency: string): number | null {
  if (!CURRENCIES.has(currency)) return null;
  const amount = (amountMinor * 10 ** digits(currency)) / 10 ** minorDigits(currency);
  // Three decimals are sent, and the last of them must be 0.
  return Number.isSafeInteger(amount) && !(digits(currency) === 3 && amount % 10 !== 0) ? amount : null;
}

/** Minor units of an amount that Stripe names, the currency in either case. */
export function fromStripeAmount(amount: number, currency: string): number {
  const code = currency.toUpperCase();
  return Math.round((amount * 10 ** minorDigits(code)) / 10 ** digits(code));
}

/** Wallets are no methods of their own here but ways to bring a card. Empty: cards. */
export function methodTypes(methods: readonly string[]): ['card'] | null {
  return methods.every((method) => METHODS.has(method)) ? ['card'] : null;
}

export interface Seen {
  intent: Stripe.PaymentIntent;
  refunds?: readonly Stripe.Refund[];
  dispute?: Stripe.Dispute | undefined;
}

/** What Stripe says of a payment. null: what came is no PaymentIntent. */
export function readingOf({ intent, refunds, dispute }: Seen): Reading | null {
  if (intent.object !== 'payment_intent' || typeof intent.amount !== 'number' || !intent.currency) return null;
  const { currency } = intent;
  const word = wordOf(intent);
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const card = charge?.payment_method_details?.card;
  return {
    word,
    gatewayRef: intent.id,
    amountMinor: fromStripeAmount(intent.amount, currency),
    ...(word === 'captured' && { capturedMinor: fromStripeAmount(intent.amount_received, currency) }),
    ...(refunds && { refunds: refunds.map(refundOf) }),
    ...(dispute && { dispute: disputeOf(dispute) }),
    ...(card?.brand && card.last4 && { means: { brand: card.brand, last4: card.last4 } }),
    live: intent.livemode,
    currency: currency.toUpperCase(),
    ...(word === 'opened' && { step: intent.status === 'requires_action' ? 'action' : 'card' }),
    ...(word === 'opened' && intent.client_secret && { client: { client_secret: intent.client_secret } }),
  };
}

function wordOf({ status, last_payment_error }: Stripe.PaymentIntent): Reading['word'] {
  // A decline leaves the intent open for another card; a new try is a new payment here, so this one is given up.
  if (status === 'requires_payment_method') return last_payment_error ? 'declined' : 'opened';
  return WORDS[status] ?? 'pending';
}

/** `failed`: the money did not arrive, and is the merchant's again. */
const refundOf = (refund: Stripe.Refund): NonNullable<Reading['refunds']>[number] => ({
  ref: refund.id,
  ...(refund.metadata?.[METADATA.refund] && { ours: refund.metadata[METADATA.refund] }),
  amountMinor: fromStripeAmount(refund.amount, refund.currency),
  ...(isFailed(refund) && { failed: true }),
});

export const isFailed = ({ status }: Stripe.Refund): boolean => status === 'failed' || status === 'canceled';

export function disputeOf({ id, amount, currency, status, evidence_details }: Stripe.Dispute): Dispute {
  const outcome = OUTCOMES[status];
  return {
    ref: id,
    amountMinor: fromStripeAmount(amount, currency),
    ...(evidence_details?.due_by && { dueAt: new Date(evidence_details.due_by * 1000).toISOString() }),
    ...(outcome && { outcome }),
  };
}

/** How many decimals of the major unit an amount at Stripe has. */
const digits = (currency: string): number => DIGITS.get(currency) ?? 2;

const METHODS: ReadonlySet<string> = new Set(['card', 'apple_pay', 'google_pay']);

/** PaymentIntent.status [payments.md 2.1]; `requires_payment_method` stands above. */
const WORDS: Readonly<Record<string, Reading['word']>> = {
  requires_confirmation: 'opened',
  requires_action: 'opened',
  processing: 'pending',
  requires_capture: 'authorised',
  succeeded: 'captured',
  canceled: 'closed',
};

/** Dispute.status of those that have ended. An inquiry that was closed, or prevented, cost nothing. */
const OUTCOMES: Readonly<Record<string, 'won' | 'lost'>> = {
  won: 'won',
  warning_closed: 'won',
  prevented: 'won',
  lost: 'lost',
};

/**
 * Where Stripe counts otherwise than in hundredths [payments.md 2.6, docs.stripe.com/currencies]. ISK and UGX have no decimals and
 * are sent with two; MGA is sent without.
 */
const DIGITS: ReadonlyMap<string, number> = new Map(
  [
    [0, 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'] as const,
    [3, 'BHD JOD KWD OMR TND'] as const,
  ].flatMap(([count, codes]) => codes.split(' ').map((code) => [code, count] as const)),
);

/** What Stripe charges in [docs.stripe.com/currencies, from general knowledge]. One that is missing is refused, never guessed. */
const CURRENCIES: ReadonlySet<string> = new Set([
  ...DIGITS.keys(),
  ...(
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC CVE CZK DKK DOP ' +
    'DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL MAD ' +
    'MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD SAR SBD SCR SEK SGD SHP ' +
    'SLE SOS SRD STD SZL THB TJS TOP TRY TTD TWD TZS UAH UGX USD UYU UZS WST XCD YER ZAR ZMW'
  ).split(' '),
]);

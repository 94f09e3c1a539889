import Stripe from 'stripe';
import { CallbackRefused, type GatewayCallback } from '../../domain/ports/payments.ts';
import { disputeOf, fromStripeAmount, METADATA } from './map.ts';

/** Older than this a callback is refused, however well it is signed [payments.md 3.4]. */
const TOLERANCE_SECONDS = 300;

type Headers = Record<string, string | string[] | undefined>;

/**
 * Verifies a callback on its raw bytes and reads it. Any of the secrets may have signed it; an event of another account or brand has
 * none of them.
 * @param now milliseconds
 * @throws CallbackRefused forged, damaged, older than five minutes, or no event of Stripe's
 */
export function readCallback(
  raw: Uint8Array,
  headers: Headers,
  now: number,
  secrets: readonly string[],
): GatewayCallback {
  const event: Stripe.Event | null = verified(raw, signatureOf(headers), now, secrets);
  if (event?.object !== 'event' || typeof event.id !== 'string' || !event.data?.object) {
    throw new CallbackRefused('signed, and no event');
  }
  return {
    eventId: event.id,
    live: event.livemode,
    ...about(event.data.object as unknown as About),
  };
}

function verified(raw: Uint8Array, signature: string, now: number, secrets: readonly string[]): Stripe.Event {
  for (const secret of secrets) {
    try {
      return Stripe.webhooks.constructEvent(Buffer.from(raw), signature, secret, TOLERANCE_SECONDS, undefined, now);
    } catch {
      // Whatever is thrown is a no: the SDK throws plain errors too, and says nothing that may be passed on.
    }
  }
  throw new CallbackRefused('not signed with a secret of this brand, or too old');
}

function signatureOf(headers: Headers): string {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'stripe-signature')?.[1];
  if (typeof found !== 'string') throw new CallbackRefused('not signed');
  return found;
}

/** The objects that our payments' events carry. */
type About = Stripe.PaymentIntent | Stripe.Charge | Stripe.Refund | Stripe.Dispute | { object: 'other' };

/** Which payment of ours, where the object tells. Amount and currency only of the payment itself: a part's say nothing of it. */
function about(
  object: About,
): Pick<GatewayCallback, 'paymentId' | 'gatewayRef' | 'amountMinor' | 'currency' | 'dispute'> {
  switch (object.object) {
    case 'payment_intent':
      return {
        gatewayRef: object.id,
        amountMinor: fromStripeAmount(object.amount, object.currency),
        currency: object.currency.toUpperCase(),
        ...paymentIdOf(object),
      };
    case 'charge':
    case 'refund':
      return { ...intentOf(object), ...paymentIdOf(object) };
    case 'dispute':
      return { ...intentOf(object), dispute: disputeOf(object) };
    default:
      return {};
  }
}

function paymentIdOf({ metadata }: { metadata: Stripe.Metadata | null }): { paymentId?: string } {
  const paymentId = metadata?.[METADATA.payment];
  return paymentId ? { paymentId } : {};
}

function intentOf({ payment_intent: intent }: Stripe.Charge | Stripe.Refund | Stripe.Dispute): { gatewayRef?: string } {
  const id = typeof intent === 'string' ? intent : intent?.id;
  return id ? { gatewayRef: id } : {};
}

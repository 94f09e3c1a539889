import type Stripe from 'stripe';
import type { Clock } from '../../domain/ports/clock.ts';
import type { Log } from '../../domain/ports/log.ts';
import type { Outbound } from '../../domain/ports/outbound.ts';
import type { Outcome } from '../../domain/ports/outcome.ts';
import type { Asked, PaymentPort, PaymentRef, Reading } from '../../domain/ports/payments.ts';
import { readCallback } from './callback.ts';
import { createStripeClient, type Answer, type StripeClient, type StripeSettings } from './client.ts';
import { again, type Fault, outcomeOfRead, outcomeOfWrite } from './fault.ts';
import { isFailed, METADATA, methodTypes, readingOf, type Seen, toStripeAmount } from './map.ts';

export interface StripeParts {
  outbound: Outbound;
  clock: Clock;
  log?: Log;
  settings: StripeSettings;
}

/**
 * Stripe: one PaymentIntent for each payment, opened to authorise and captured by us. The traveller confirms it in the browser with
 * Stripe's own script; we learn what came of it by reading. Sources: payments.md 2 and 3, API 2026-10-28.endive.
 */
export function createStripe({ outbound, clock, log, settings }: StripeParts): PaymentPort {
  const client = createStripeClient(settings, outbound);
  const look = lookingThrough(client);

  /** A write's fault, told where nobody else would see that it is ours. */
  function failed<T>(fault: Fault): Outcome<T> {
    if (fault.kind === 'key_reused') {
      log?.error({ call: fault.call, request: fault.requestId }, 'an idempotency key was sent with another request');
    }
    return outcomeOfWrite(fault, clock.now());
  }

  /** A write whose answer is the intent as it is now. */
  const told = (answer: Answer<Stripe.PaymentIntent>): Outcome<Reading> | Fault =>
    'fault' in answer ? answer.fault : read({ intent: answer.value });

  return {
    can: { read: true, keys: true, hardClose: true, refundBeforeSettlement: 'any', threeDS: true },

    async open({ ref, transactionId, amountMinor, currency, methods }, signal) {
      const amount = toStripeAmount(amountMinor, currency);
      if (amount === null) return cannotExpress(currency);
      const types = methodTypes(methods);
      if (!types) return { is: 'refused_by_configuration', detail: 'Stripe is asked for a method that is not built' };
      const answer = await client.ask('open', signal, (stripe) =>
        stripe.paymentIntents.create(
          {
            amount,
            currency: currency.toLowerCase(),
            capture_method: 'manual',
            allowed_payment_method_types: types,
            metadata: { [METADATA.transaction]: transactionId, [METADATA.payment]: ref.paymentId },
          },
          { idempotencyKey: ref.key },
        ),
      );
      const outcome = told(answer);
      if ('is' in outcome) return outcome;
      // Nothing exists yet whose state could be read: what Stripe does not like is our request.
      return failed(outcome.kind === 'state' ? { ...outcome, kind: 'invalid' } : outcome);
    },

    async confirm() {
      return { is: 'unsupported' };
    },

    async capture(ref, amountMinor, signal) {
      const id = ref.gatewayRef;
      if (!id) return { is: 'unknown' };
      const amount = toStripeAmount(amountMinor, ref.currency);
      if (amount === null) return { is: 'declined', reason: 'amount_not_expressible' };
      const outcome = told(
        await client.ask('capture', signal, (stripe) =>
          stripe.paymentIntents.capture(id, { amount_to_capture: amount }, { idempotencyKey: ref.key }),
        ),
      );
      if ('is' in outcome) return outcome;
      if (outcome.kind !== 'state' && outcome.kind !== 'declined') return failed(outcome);
      const now = await look.reading(id, signal);
      if (!now) return { is: 'unknown' };
      // Still held, or lost with a decline: Stripe said no to the capture itself.
      const refused = now.word !== 'captured' && now.word !== 'closed' && now.word !== 'pending';
      return refused ? { is: 'declined', reason: outcome.code ?? 'capture_refused' } : { is: 'done', value: now };
    },

    async close(ref, _held, signal) {
      const id = ref.gatewayRef;
      if (!id) return { is: 'unknown' };
      const outcome = told(
        await client.ask('close', signal, (stripe) =>
          stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' }, { idempotencyKey: ref.key }),
        ),
      );
      if ('is' in outcome) return outcome;
      if (outcome.kind !== 'state') return failed(outcome);
      const now = await look.reading(id, signal);
      if (!now) return { is: 'unknown' };
      const ended = now.word === 'captured' || now.word === 'closed' || now.word === 'pending';
      // It changed between the refusal and the look, into something that can be closed.
      return ended ? { is: 'done', value: now } : again({}, clock.now());
    },

    async refund(ref, { id: refundId, amountMinor }, signal) {
      const intent = ref.gatewayRef;
      if (!intent) return { is: 'unknown' };
      const amount = toStripeAmount(amountMinor, ref.currency);
      if (amount === null) return { is: 'declined', reason: 'amount_not_expressible' };
      const answer = await client.ask('refund', signal, (stripe) =>
        stripe.refunds.create(
          {
            payment_intent: intent,
            amount,
            reason: 'requested_by_customer',
            metadata: { [METADATA.payment]: ref.paymentId, [METADATA.refund]: refundId },
          },
          { idempotencyKey: ref.key },
        ),
      );
      if ('value' in answer) return refunded(answer.value);
      if (answer.fault.kind !== 'state' && answer.fault.kind !== 'declined') return failed(answer.fault);
      const listed = await look.refunds(intent, signal);
      if ('fault' in listed) return { is: 'unknown' };
      const ours = listed.value.find((one) => one.metadata?.[METADATA.refund] === refundId && !isFailed(one));
      return ours ? refunded(ours) : { is: 'declined', reason: answer.fault.code ?? 'refund_refused' };
    },

    async inspect(ref, asked, signal) {
      const id = ref.gatewayRef ?? (await look.find(ref, asked, signal));
      if (id === null) return { is: 'done', value: neverOpened(ref, settings) };
      const seen = typeof id === 'string' ? await look.see(id, signal) : id;
      if ('fault' in seen) return outcomeOfRead(seen.fault, clock.now());
      const outcome = read(seen.value);
      return outcome.is === 'unknown' ? again({}, clock.now()) : outcome;
    },

    callback: (raw, headers, now) => readCallback(raw, headers, now, settings.webhookSecrets),
  };
}

/** Newest first: that many objects of the account are looked through for one whose name was lost. */
const LOOKED_THROUGH_MAX = 1000;
const HOUR_MS = 3_600_000;

/** Everything that only reads. */
function lookingThrough(client: StripeClient) {
  const refunds = (intent: string, signal: AbortSignal): Promise<Answer<Stripe.Refund[]>> =>
    client.ask('refunds', signal, (stripe) =>
      stripe.refunds.list({ payment_intent: intent, limit: 100 }).autoPagingToArray({ limit: LOOKED_THROUGH_MAX }),
    );

  const retrieve = (id: string, signal: AbortSignal): Promise<Answer<Stripe.PaymentIntent>> =>
    client.ask('inspect', signal, (stripe) => stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }));

  /** The payment with what hangs on its money: refunds, also those made in the dashboard or failed later, and a dispute. */
  async function see(id: string, signal: AbortSignal): Promise<Answer<Seen>> {
    const retrieved = await retrieve(id, signal);
    if ('fault' in retrieved) return retrieved;
    const intent = retrieved.value;
    if (intent.status !== 'succeeded') return { value: { intent } };
    const listed = await refunds(id, signal);
    if ('fault' in listed) return listed;
    const charge = intent.latest_charge;
    if (!charge || typeof charge === 'string' || !charge.disputed) return { value: { intent, refunds: listed.value } };
    const disputes = await client.ask('disputes', signal, (stripe) =>
      stripe.disputes.list({ payment_intent: id, limit: 1 }),
    );
    if ('fault' in disputes) return disputes;
    return { value: { intent, refunds: listed.value, dispute: disputes.value.data[0] } };
  }

  /** How it is now; null: it cannot be said. */
  async function reading(id: string, signal: AbortSignal): Promise<Reading | null> {
    const retrieved = await retrieve(id, signal);
    return 'fault' in retrieved ? null : readingOf({ intent: retrieved.value });
  }

  /**
   * The id of an object that was asked for and whose answer was lost, by our own id in its metadata. Through the list, which shows
   * what was just written; Stripe's search does not.
   */
  async function find(ref: PaymentRef, asked: Asked, signal: AbortSignal): Promise<string | null | { fault: Fault }> {
    const since = Math.floor((Date.parse(asked.expiresAt) - HOUR_MS) / 1000);
    const found = await client.ask('find', signal, async (stripe) => {
      let seen = 0;
      for await (const intent of stripe.paymentIntents.list({ created: { gte: since }, limit: 100 })) {
        if (intent.metadata[METADATA.payment] === ref.paymentId) return intent.id;
        if (++seen === LOOKED_THROUGH_MAX) break;
      }
      return null;
    });
    return 'fault' in found ? found : found.value;
  }

  return { refunds, see, reading, find };
}

/** What came is no PaymentIntent: the request left, and its answer says nothing. */
function read(seen: Seen): Outcome<Reading> {
  const value = readingOf(seen);
  return value ? { is: 'done', value } : { is: 'unknown' };
}

function refunded(refund: Stripe.Refund): Outcome<{ gatewayRef: string }> {
  if (isFailed(refund)) return { is: 'declined', reason: refund.failure_reason ?? 'refund_failed' };
  // A pending one is on its way; should it fail, a later look shows it.
  return refund.status === 'requires_action' ? { is: 'accepted' } : { is: 'done', value: { gatewayRef: refund.id } };
}

/** No such object: nobody was ever given its client secret, so nothing is held and nothing can be. */
const neverOpened = ({ currency }: PaymentRef, { mode }: StripeSettings): Reading => ({
  word: 'closed',
  live: mode === 'live',
  currency,
});

const cannotExpress = (currency: string): Outcome<never> => ({
  is: 'refused_by_configuration',
  detail: `Stripe cannot charge this amount in ${currency}: check payment.settings.currency`,
});

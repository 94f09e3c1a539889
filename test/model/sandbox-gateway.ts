import { stripeDemoCredentials, type StripePayment } from '../../demo/sandboxes/payments/stripe.ts';
import type { PaymentPort, PaymentRef } from '../../server/domain/ports/payments.ts';
import { paymentFactories } from '../../server/payments/registry.ts';
import { DEADLINE_MS } from '../../server/services/carry-out-effect.ts';
import type { RealPayment } from '../support/world-gateway.ts';
import type { VendorCall } from '../support/world.ts';
import type { Configuration } from './configuration.ts';
import { SANDBOXES, type SandboxWorld } from './sandbox-world.ts';
import type { Act, GatewaySide } from './sides.ts';
import type { Passage } from './wire.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const { secretKey, publishableKey, signingSecret } = stripeDemoCredentials;
const CARDS = { ok: '4242424242424242', decline: '4000000000000002', challenged: '4000002500003155' };

/** As far as it is read here. */
interface Refund {
  payment_intent: string;
  amount: number;
  metadata: Record<string, string>;
}

/** Our adapter for Stripe before Stripe's sandbox. */
export class StripeSide implements GatewaySide {
  readonly #sandbox: SandboxWorld;
  readonly #captureFails: number;
  #intents: StripePayment[] = [];
  #refunds: Refund[] = [];
  #seen = { touched: -1, at: 0 };

  constructor(sandbox: SandboxWorld, configuration: Configuration) {
    this.#sandbox = sandbox;
    this.#captureFails = configuration.captureFails;
  }

  port(passage?: Passage): PaymentPort {
    const { world, wire } = this.#sandbox;
    const door = this.#sandbox.door(passage);
    const stripe = paymentFactories.stripe({
      outbound: async (request) => {
        // The bank lets a hold go before its time, or the account is short of money.
        const refusable = request.label === 'stripe.capture' || request.label === 'stripe.refund';
        if (passage && refusable && wire.faulty && world.chance(this.#captureFails))
          await this.#sandbox.stand('stripe', request.label.slice('stripe.'.length), 'refuse', 1);
        return door.outbound(request);
      },
      clock: world.clock,
      settings: { secretKey, webhookSecrets: [signingSecret], mode: 'test', baseUrl: `${SANDBOXES}/stripe` },
    });
    const call = (kind: VendorCall['kind'], ref: PaymentRef, amountMinor?: number): VendorCall => ({
      kind,
      lane: ref.paymentId,
      key: ref.key,
      ...(amountMinor !== undefined && { amountMinor }),
    });
    const limit = DEADLINE_MS.other;
    return {
      ...stripe,
      open: (asked, signal) =>
        door.call(call('open_payment', asked.ref, asked.amountMinor), limit, () => stripe.open(asked, signal)),
      capture: (ref, amountMinor, signal) =>
        door.call(call('capture_payment', ref, amountMinor), limit, () => stripe.capture(ref, amountMinor, signal)),
      close: (ref, held, signal) => door.call(call('close_payment', ref), limit, () => stripe.close(ref, held, signal)),
      refund: (ref, refund, signal) =>
        door.call(call('refund_payment', ref, refund.amountMinor), limit, () => stripe.refund(ref, refund, signal)),
      inspect: (ref, asked, signal) =>
        door.call(call('inspect_payment', ref), limit, () => stripe.inspect(ref, asked, signal)),
    };
  }

  async look(): Promise<void> {
    const { touched, world } = this.#sandbox;
    // By itself only a hold runs out, after days.
    if (this.#seen.touched === touched && world.now - this.#seen.at < HOUR) return;
    this.#seen = { touched, at: world.now };
    const { body } = await this.#sandbox.ask('GET', '/payments/stripe/payments');
    this.#intents = body as unknown as StripePayment[];
    if (this.#intents.every(({ refunded }) => refunded === 0)) return;
    const listed = await this.#sandbox.ask('GET', '/stripe/v1/refunds?limit=100', undefined, secretKey);
    this.#refunds = listed.body!['data'] as Refund[];
  }

  /** Should two objects have been opened for one payment, all that happened to both is its. */
  payments(): RealPayment[] {
    const ids = [...new Set(this.#intents.map(({ metadata }) => metadata['payment_id']!))];
    return ids.map((id) => {
      const mine = this.#intents.filter(({ metadata }) => metadata['payment_id'] === id);
      const sum = (of: (one: StripePayment) => number) => mine.reduce((total, one) => total + of(one), 0);
      return {
        id,
        heldMinor: sum(({ held }) => held),
        capturedMinor: sum(({ captured }) => captured),
        captures: sum((one) => this.#sandbox.taken.get(one.id) ?? 0),
        refunds: this.#refunds
          .filter((refund) => mine.some((one) => one.id === refund.payment_intent))
          .map(({ amount, metadata }) => ({
            amountMinor: amount,
            ...(metadata['refund_id'] && { ours: metadata['refund_id'] }),
          })),
      };
    });
  }

  async act(_payment: string, what: Act, field: Record<string, unknown> | undefined): Promise<boolean> {
    const secret = field?.['client_secret'];
    if (typeof secret !== 'string') return false;
    const { world } = this.#sandbox;
    const number = CARDS[what === 'slow' || what === 'pending' ? 'challenged' : what];
    const { status, body } = await this.#sandbox.ask(
      'POST',
      `/stripe/v1/payment_intents/${secret.split('_secret_')[0]}/confirm`,
      new URLSearchParams({
        key: publishableKey,
        client_secret: secret,
        'payment_method_data[type]': 'card',
        'payment_method_data[card][number]': number,
        'payment_method_data[card][exp_month]': '12',
        'payment_method_data[card][exp_year]': '34',
        'payment_method_data[card][cvc]': '123',
      }),
    );
    if (status === 200 && body!['status'] === 'requires_action') {
      const { use_stripe_sdk: action } = body!['next_action'] as { use_stripe_sdk: { source: string } };
      const waits = (60 + world.below(what === 'slow' ? 2400 : 20_000)) * SECOND;
      const approved = what === 'slow' || world.chance(0.6);
      // The bank's page is open as long as nobody answered it.
      this.#sandbox.later(waits, () => this.#sandbox.ask('POST', `/stripe/challenge/${action.source}`, { approved }));
    }
    return status === 200 || status === 402;
  }

  async byHand(payment: string, what: 'refund' | 'void'): Promise<void> {
    const { world } = this.#sandbox;
    await this.look();
    const mine = this.#intents.filter(({ metadata }) => metadata['payment_id'] === payment);
    for (const { id, captured, refunded, held } of mine) {
      const net = captured - refunded;
      if (what === 'void' && held) await this.#dashboard(`/payment_intents/${id}/cancel`);
      if (what === 'refund' && net > 0) {
        const amount = world.chance(0.5) ? net : Math.ceil(net / 2);
        await this.#dashboard('/refunds', { payment_intent: id, amount: String(amount) });
      }
    }
  }

  async dispute(payment: string): Promise<boolean> {
    await this.look();
    const intent = this.#intents.find(({ metadata }) => metadata['payment_id'] === payment);
    if (!intent) return false;
    return (await this.#sandbox.ask('POST', `/payments/stripe/payments/${intent.id}/dispute`)).status === 204;
  }

  #dashboard(path: string, form: Record<string, string> = {}) {
    return this.#sandbox.ask('POST', `/stripe/v1${path}`, new URLSearchParams(form), secretKey);
  }
}

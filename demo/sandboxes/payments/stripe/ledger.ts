import type { CardBehaviour, Decline } from './cards.ts';
import { noSuch, notAllowed, Refused } from './errors.ts';
import { describeCharge, describeDispute, describeIntent, describeRefund } from './objects.ts';
import type { Wire } from './objects.ts';
import { goodCharge, newId, refundedOf } from './records.ts';
import type { Charge, Dispute, Intent, IntentStatus, PaymentMethod, Refund } from './records.ts';

const DAY_SECONDS = 86_400;
const HOLD_DAYS = 7;
const EVIDENCE_DAYS = 7;

const CONFIRMABLE: readonly IntentStatus[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const CANCELABLE: readonly IntentStatus[] = [...CONFIRMABLE, 'requires_capture'];

/** Types of the events that the ledger tells. */
export type EventType =
  | 'payment_intent.created'
  | 'payment_intent.requires_action'
  | 'payment_intent.amount_capturable_updated'
  | 'payment_intent.succeeded'
  | 'payment_intent.payment_failed'
  | 'payment_intent.canceled'
  | 'refund.created'
  | 'charge.refunded'
  | 'charge.dispute.created';

export interface LedgerOptions {
  /** Milliseconds since the epoch. */
  now(): number;
  tell(type: EventType, object: Wire): void;
  /** Work for when the clock has come to `at`, milliseconds since the epoch. */
  later(at: number, run: () => void): void;
}

export type NewIntent = Pick<
  Intent,
  | 'amount'
  | 'currency'
  | 'captureMethod'
  | 'allowedTypes'
  | 'excludedTypes'
  | 'automaticMethods'
  | 'threeDSecure'
  | 'metadata'
  | 'description'
  | 'receiptEmail'
  | 'statementSuffix'
  | 'transferGroup'
>;

/** What stands at the vendor: the money, and the rules by which it moves. All `throws` are of `Refused`. */
export class Ledger {
  readonly intents: Intent[] = [];
  readonly methods: PaymentMethod[] = [];

  constructor(private readonly options: LedgerOptions) {}

  get charges(): Charge[] {
    return this.intents.flatMap((intent) => intent.charges);
  }

  get refunds(): Refund[] {
    return this.charges.flatMap((charge) => charge.refunds);
  }

  get disputes(): Dispute[] {
    return this.charges.flatMap(({ dispute }) => dispute ?? []);
  }

  intent(id: string, param = 'intent'): Intent {
    const found = this.intents.find((one) => one.id === id);
    if (!found) throw noSuch('payment_intent', id, param);
    return found;
  }

  charge(id: string, param = 'id'): Charge {
    const found = this.charges.find((one) => one.id === id);
    if (!found) throw noSuch('charge', id, param);
    return found;
  }

  create(asked: NewIntent): Intent {
    const id = newId('pi');
    const intent: Intent = {
      ...asked,
      id,
      clientSecret: newId(`${id}_secret`),
      created: this.seconds(),
      status: 'requires_payment_method',
      charges: [],
      canceledAt: null,
      cancellationReason: null,
    };
    this.intents.push(intent);
    this.tellIntent('payment_intent.created', intent);
    return intent;
  }

  /** Before it is confirmed, amount and texts may change. */
  update(intent: Intent, changes: Partial<NewIntent>): void {
    if (changes.amount !== undefined) this.mustBe(intent, CONFIRMABLE, 'updated');
    Object.assign(intent, changes);
  }

  keepMethod(behaviour: CardBehaviour, last4: string, expMonth: number, expYear: number): PaymentMethod {
    const method = { id: newId('pm'), created: this.seconds(), behaviour, last4, expMonth, expYear };
    this.methods.push(method);
    return method;
  }

  /** The traveller pays. May throw a `card_error`, after which another card can be tried. */
  confirm(intent: Intent, method: PaymentMethod): void {
    this.mustBe(intent, CONFIRMABLE, 'confirmed');
    intent.method = method;
    if (!method.behaviour.challenge && intent.threeDSecure === 'automatic') {
      this.pay(intent, method, false);
      return;
    }
    intent.challenge = newId('src');
    intent.status = 'requires_action';
    this.tellIntent('payment_intent.requires_action', intent);
  }

  /** The intent that waits for a challenge. */
  challenged(source: string): Intent | undefined {
    return this.intents.find(({ challenge, status }) => challenge === source && status === 'requires_action');
  }

  /** What the bank's customer said. A decline after it is no throw: there is nobody to hear it but the next reader. */
  answerChallenge(intent: Intent, approved: boolean): void {
    const { method } = intent;
    delete intent.challenge;
    if (!method) return;
    if (approved) {
      try {
        this.pay(intent, method, true);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
      return;
    }
    this.backToCard(intent, {
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      message: 'The provided PaymentMethod has failed authentication.',
      method,
    });
  }

  /** Less than what is held lets the rest go. */
  capture(intent: Intent, amount = intent.amount): void {
    this.mustBe(intent, ['requires_capture'], 'captured');
    const charge = goodCharge(intent)!;
    if (amount < 1 || amount > intent.amount) {
      const message = `The amount_to_capture must be between 1 and ${intent.amount}, the amount that can be captured.`;
      throw notAllowed(message, { code: 'amount_too_large', param: 'amount_to_capture' });
    }
    this.take(intent, charge, amount);
  }

  cancel(intent: Intent, reason: string | null): void {
    this.mustBe(intent, CANCELABLE, 'canceled');
    intent.status = 'canceled';
    intent.canceledAt = this.seconds();
    intent.cancellationReason = reason;
    delete intent.challenge;
    this.tellIntent('payment_intent.canceled', intent);
  }

  refund(
    charge: Charge | undefined,
    asked: { intent: string; amount?: number | undefined; reason: string | null; metadata: Record<string, string> },
  ): Refund {
    if (!charge || charge.captured === 0) {
      throw notAllowed(`This PaymentIntent (${asked.intent}) does not have a successful charge to refund.`, {
        param: 'payment_intent',
      });
    }
    const left = charge.captured - refundedOf(charge);
    if (charge.dispute) {
      throw notAllowed(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
        code: 'charge_disputed',
      });
    }
    if (left === 0) {
      throw notAllowed(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
    }
    const amount = asked.amount ?? left;
    if (amount > left) {
      const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`;
      throw notAllowed(message, { param: 'amount' });
    }
    const { reason, metadata } = asked;
    const refund = { id: newId('re'), charge, created: this.seconds(), amount, reason, metadata };
    charge.refunds.push(refund);
    this.options.tell('refund.created', describeRefund(refund));
    this.options.tell('charge.refunded', describeCharge(charge));
    return refund;
  }

  /** The card's holder wants what was captured back. */
  openDispute(charge: Charge): Dispute {
    if (charge.captured === 0 || charge.dispute) throw notAllowed('Nothing captured, or disputed already.');
    const created = this.seconds();
    const dispute = {
      id: newId('dp'),
      charge,
      created,
      amount: charge.captured - refundedOf(charge),
      dueBy: created + EVIDENCE_DAYS * DAY_SECONDS,
    };
    charge.dispute = dispute;
    this.options.tell('charge.dispute.created', describeDispute(dispute));
    return dispute;
  }

  private pay(intent: Intent, method: PaymentMethod, authenticated: boolean): void {
    const { decline } = method.behaviour;
    const created = this.seconds();
    const charge: Charge = {
      id: newId('ch'),
      intent,
      created,
      amount: intent.amount,
      captured: 0,
      method,
      status: decline ? 'failed' : 'succeeded',
      ...(decline && { decline }),
      captureBefore: created + HOLD_DAYS * DAY_SECONDS,
      authenticated,
      refunds: [],
    };
    intent.charges.push(charge);
    if (decline) this.declined(intent, charge, decline);
    delete intent.lastError;
    if (intent.captureMethod === 'manual') {
      intent.status = 'requires_capture';
      this.options.later(charge.captureBefore * 1000, () => {
        if (intent.status === 'requires_capture') this.cancel(intent, 'automatic');
      });
      this.tellIntent('payment_intent.amount_capturable_updated', intent);
    } else {
      this.take(intent, charge, intent.amount);
    }
  }

  private declined(intent: Intent, charge: Charge, decline: Decline): never {
    const { code, declineCode, message, advice } = decline;
    const { method } = charge;
    this.backToCard(intent, { type: 'card_error', code, declineCode, message, advice, charge: charge.id, method });
    const body = { type: 'card_error', code, message, decline_code: declineCode, advice_code: advice } as const;
    throw new Refused(402, { ...body, charge: charge.id, payment_intent: describeIntent(intent) }, true);
  }

  private backToCard(intent: Intent, error: NonNullable<Intent['lastError']>): void {
    intent.status = 'requires_payment_method';
    intent.lastError = error;
    delete intent.method;
    this.tellIntent('payment_intent.payment_failed', intent);
  }

  private take(intent: Intent, charge: Charge, amount: number): void {
    charge.captured = amount;
    intent.status = 'succeeded';
    this.tellIntent('payment_intent.succeeded', intent);
    if (charge.method.behaviour.dispute) this.openDispute(charge);
  }

  private mustBe(intent: Intent, allowed: readonly IntentStatus[], done: string): void {
    if (allowed.includes(intent.status)) return;
    const message = `This PaymentIntent could not be ${done} because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${done}: ${allowed.join(', ')}.`;
    throw notAllowed(message, { code: 'payment_intent_unexpected_state', payment_intent: describeIntent(intent) });
  }

  private tellIntent(type: EventType, intent: Intent): void {
    this.options.tell(type, describeIntent(intent));
  }

  private seconds(): number {
    return Math.floor(this.options.now() / 1000);
  }
}

import type { Outcome } from '../../server/domain/ports/outcome.ts';
import type { GatewayCallback, PaymentPort, PaymentRef, Reading } from '../../server/domain/ports/payments.ts';
import type { Line, VendorCall, World } from './world.ts';

/** What gateways differ in, as far as the purchase feels it. */
export const gateways = {
  /** Keys, and closing is final. */
  stripe: { keys: true, hardClose: true, confirms: false, settlesMs: 0 },
  /** The server confirms what the traveller approved; a capture may take its time. */
  paypal: { keys: true, hardClose: true, confirms: true, settlesMs: 0 },
  /** No keys, closing leaves a challenge running, and a part goes back only after settlement. */
  authorizenet: { keys: false, hardClose: false, confirms: false, settlesMs: 36_000_000 },
} as const;

export type GatewayKind = keyof typeof gateways;

/** A payment as the gateway has it. */
export interface GatewayObject {
  id: string;
  amountMinor: number;
  state: 'open' | 'approved' | 'pending' | 'authorised' | 'capture_pending' | 'captured' | 'void';
  capturedMinor: number;
  captures: number;
  refunds: { ref: string; ours?: string; amountMinor: number }[];
  expiresAt: number;
  settledAt: number;
  declined: boolean;
  willDecline: boolean;
  captureDenied: boolean;
  /** A hold was there once. */
  held: boolean;
  /** The first answer of each key. */
  answers: Record<string, unknown>;
}

/** A payment as it really is, whoever keeps it: what the invariants compare our rows with. */
export interface RealPayment {
  /** Ours. */
  id: string;
  heldMinor: number;
  capturedMinor: number;
  captures: number;
  refunds: readonly { ours?: string; amountMinor: number }[];
}

/** Where the money really is. */
export interface RealMoney {
  payments(): RealPayment[];
}

export const objectRef = (payment: string): string => `obj_${payment}`;
const SECOND = 1000;
const CURRENCY = 'EUR';

/** The truth about money. Plain data, so that a test can keep it in a file. */
export class Gateway implements RealMoney {
  /** A capture is denied or delayed that often. */
  captureFails = 0;
  /** In automatic mode some methods know no hold. */
  atOnce = 0;
  /** Is told when something changed that a callback would tell. */
  onChange: (payment: string) => void = () => {};

  constructor(
    readonly world: World,
    readonly kind: GatewayKind,
    readonly objects: Record<string, GatewayObject> = {},
  ) {}

  heldMinor(object: GatewayObject): number {
    return object.state === 'authorised' || object.state === 'capture_pending' ? object.amountMinor : 0;
  }

  refundedMinor(object: GatewayObject): number {
    return object.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
  }

  netMinor(object: GatewayObject): number {
    return object.capturedMinor - this.refundedMinor(object);
  }

  payments(): RealPayment[] {
    return Object.values(this.objects).map((object) => ({ ...object, heldMinor: this.heldMinor(object) }));
  }

  read(payment: string): Reading {
    const object = this.objects[payment];
    const common = { live: false, currency: CURRENCY };
    if (!object) return { word: 'closed', ...common };
    const words = {
      open: 'opened',
      approved: 'approved',
      pending: 'pending',
      authorised: 'authorised',
      capture_pending: 'accepted',
      captured: 'captured',
      void: 'closed',
    } as const;
    let word: Reading['word'] = words[object.state];
    if (object.state === 'open' && object.declined) word = 'declined';
    if (object.state === 'open' && this.kind === 'authorizenet' && this.world.now > object.expiresAt) word = 'closed';
    if (object.state === 'authorised' && object.captureDenied) word = 'capture_refused';
    return {
      ...common,
      word,
      gatewayRef: objectRef(payment),
      amountMinor: object.amountMinor,
      capturedMinor: object.capturedMinor,
      refunds: object.refunds.map((refund) => ({ ...refund })),
      ...(object.held && { means: { brand: 'visa', last4: '4242' } }),
      client: { client_secret: `${objectRef(payment)}_secret` },
    };
  }

  open(payment: string, amountMinor: number, expiresAt: number): Outcome<Reading> {
    this.objects[payment] ??= {
      id: payment,
      amountMinor,
      state: 'open',
      capturedMinor: 0,
      captures: 0,
      refunds: [],
      expiresAt,
      settledAt: 0,
      declined: false,
      willDecline: false,
      captureDenied: false,
      held: false,
      answers: {},
    };
    return { is: 'done', value: this.read(payment) };
  }

  confirm(payment: string, key: string): Outcome<Reading> {
    const object = this.objects[payment]!;
    return this.#once(object, key, () => {
      if (object.state === 'approved') {
        if (object.willDecline) Object.assign(object, { state: 'open', declined: true, willDecline: false });
        else this.#hold(object);
      }
      return { is: 'done', value: this.read(payment) };
    });
  }

  capture(payment: string, amountMinor: number, key: string): Outcome<Reading> {
    const object = this.objects[payment]!;
    return this.#once(object, key, () => {
      object.captureDenied = false;
      if (object.state !== 'authorised' || amountMinor > object.amountMinor)
        return { is: 'done', value: this.read(payment) };
      if (this.kind === 'paypal' && this.world.chance(this.captureFails)) {
        object.state = 'capture_pending';
        const takes = this.world.chance(0.7);
        this.world.later(this.world.below(40_000) * SECOND, () => {
          if (object.state !== 'capture_pending') return;
          if (takes) this.#take(object, amountMinor);
          else Object.assign(object, { state: 'authorised', captureDenied: true });
          this.onChange(payment);
        });
        return { is: 'accepted' };
      }
      this.#take(object, amountMinor);
      return { is: 'done', value: this.read(payment) };
    });
  }

  close(payment: string, key: string): Outcome<Reading> {
    const object = this.objects[payment];
    if (!object) return { is: 'done', value: this.read(payment) };
    if (this.kind === 'authorizenet' && object.state === 'open' && this.world.now <= object.expiresAt)
      return { is: 'again', at: new Date(object.expiresAt + 30 * SECOND).toISOString() };
    return this.#once(object, key, () => {
      if (object.state === 'open' || object.state === 'approved' || object.state === 'authorised') {
        object.state = 'void';
        this.onChange(payment);
      }
      return { is: 'done', value: this.read(payment) };
    });
  }

  refund(payment: string, ours: string, amountMinor: number, key: string): Outcome<{ gatewayRef: string }> {
    const object = this.objects[payment]!;
    if (this.world.now < object.settledAt && amountMinor < object.capturedMinor)
      return { is: 'again', at: new Date(object.settledAt + 10 * SECOND).toISOString() };
    return this.#once(object, key, () => {
      // "already refunded": an adapter reads, it does not guess
      if (object.state !== 'captured' || amountMinor > this.netMinor(object)) return { is: 'unknown' };
      const ref = `re_${object.refunds.length + 1}_${payment}`;
      object.refunds.push({ ref, ours, amountMinor });
      this.onChange(payment);
      return { is: 'done', value: { gatewayRef: ref } };
    });
  }

  /** What the traveller does in the gateway's own field. False: it lets them do nothing any more. */
  act(payment: string, what: 'ok' | 'decline' | 'slow' | 'pending'): boolean {
    const { world } = this;
    const object = this.objects[payment];
    if (!object || (object.state !== 'open' && object.state !== 'approved')) return false;
    if (this.kind === 'authorizenet' && world.now > object.expiresAt) return false;
    if (what === 'pending' && this.kind !== 'paypal') {
      object.state = 'pending';
      const held = world.chance(0.6);
      world.later((60 + world.below(20_000)) * SECOND, () => {
        if (object.state !== 'pending') return;
        if (held) this.#hold(object);
        else Object.assign(object, { state: this.kind === 'authorizenet' ? 'void' : 'open', declined: true });
        this.onChange(payment);
      });
    } else if (this.kind === 'paypal') Object.assign(object, { state: 'approved', willDecline: what === 'decline' });
    else if (what === 'decline') object.declined = this.kind !== 'authorizenet';
    else if (what === 'slow') {
      // a challenge that ends late, even after a soft close
      world.later((60 + world.below(2400)) * SECOND, () => {
        const open = object.state === 'open' || (object.state === 'void' && !gateways[this.kind].hardClose);
        if (open && !object.held) this.#hold(object);
      });
    } else this.#hold(object);
    this.onChange(payment);
    return true;
  }

  /** By hand, at the gateway's own desk. */
  byHand(payment: string, what: 'refund' | 'void'): void {
    const object = this.objects[payment];
    if (!object) return;
    if (what === 'void' && object.state === 'authorised') object.state = 'void';
    else if (what === 'refund' && object.state === 'captured' && this.netMinor(object) > 0) {
      if (this.world.now < object.settledAt) return;
      const amountMinor = this.world.chance(0.5) ? this.netMinor(object) : Math.ceil(this.netMinor(object) / 2);
      object.refunds.push({ ref: `hand_${object.refunds.length + 1}_${payment}`, amountMinor });
    } else return;
    this.onChange(payment);
  }

  #hold(object: GatewayObject): void {
    object.declined = false;
    object.held = true;
    if (this.world.chance(this.atOnce)) this.#take(object, object.amountMinor);
    else object.state = 'authorised';
    this.onChange(object.id);
  }

  #take(object: GatewayObject, amountMinor: number): void {
    object.state = 'captured';
    object.capturedMinor = amountMinor;
    object.captures += 1;
    object.captureDenied = false;
    object.settledAt = this.world.now + gateways[this.kind].settlesMs;
    this.onChange(object.id);
  }

  /** The same key gets the first answer again, where the gateway knows keys. */
  #once<T>(object: GatewayObject, key: string, work: () => Outcome<T>): Outcome<T> {
    if (!gateways[this.kind].keys) return work();
    const before = object.answers[key] as Outcome<T> | undefined;
    if (before) return before;
    const answer = work();
    object.answers[key] = answer;
    return answer;
  }
}

/** The gateway behind the port, at the end of a line. */
export function gatewayPort(gateway: Gateway, line: Line): PaymentPort {
  const { keys, hardClose } = gateways[gateway.kind];
  const call = (kind: VendorCall['kind'], ref: PaymentRef, amountMinor?: number): VendorCall => ({
    kind,
    lane: ref.paymentId,
    key: ref.key,
    ...(amountMinor !== undefined && { amountMinor }),
  });
  return {
    can: { read: true, keys, hardClose, refundBeforeSettlement: 'any', threeDS: true },
    open: ({ ref, amountMinor, expiresAt }) =>
      line(call('open_payment', ref, amountMinor), () =>
        gateway.open(ref.paymentId, amountMinor, Date.parse(expiresAt)),
      ),
    confirm: (ref) => line(call('confirm_payment', ref), () => gateway.confirm(ref.paymentId, ref.key)),
    capture: (ref, amountMinor) =>
      line(call('capture_payment', ref, amountMinor), () => gateway.capture(ref.paymentId, amountMinor, ref.key)),
    close: (ref) => line(call('close_payment', ref), () => gateway.close(ref.paymentId, ref.key)),
    refund: (ref, { id, amountMinor }) =>
      line(call('refund_payment', ref, amountMinor), () => gateway.refund(ref.paymentId, id, amountMinor, ref.key)),
    inspect: (ref) =>
      line<Reading | null>(call('inspect_payment', ref), () => ({ is: 'done', value: gateway.read(ref.paymentId) })),
    callback: (raw) => JSON.parse(Buffer.from(raw).toString('utf8')) as GatewayCallback,
  };
}

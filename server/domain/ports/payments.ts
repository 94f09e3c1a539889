import type { CallbackFact } from '../transaction/hear-callback.ts';
import type { Outcome } from './outcome.ts';

/** Our name of a gateway object, the gateway's own where it is known, and the idempotency key of this asking. */
export interface PaymentRef {
  paymentId: string;
  gatewayRef?: string;
  key: string;
  /** ISO 4217; what amounts asked for are minor units of. Some gateways count otherwise, most want it with each amount. */
  currency: string;
}

/**
 * What a gateway says of a payment, in our words. Amounts are minor units of `currency`. Whose account it is stands nowhere: a key or
 * a callback's secret belongs to one, and an adapter whose vendor names the account refuses what is not of its own.
 */
export interface Reading {
  word:
    | 'opened'
    | 'approved'
    | 'pending'
    | 'authorised'
    | 'captured'
    | 'declined'
    | 'closed'
    | 'accepted'
    | 'capture_refused';
  gatewayRef?: string;
  amountMinor?: number;
  capturedMinor?: number;
  refunds?: { ref: string; ours?: string; amountMinor: number; failed?: boolean }[];
  dispute?: Dispute;
  means?: { brand: string; last4: string };
  /** Whether it is real money. */
  live: boolean;
  currency: string;
  step?: 'card' | 'action';
  /** What the gateway's browser SDK needs (a client secret …): sealed at rest, told to the traveller's panel only. */
  client?: Record<string, unknown>;
}

/** `outcome`: it has ended. */
export interface Dispute {
  ref: string;
  amountMinor: number;
  dueAt?: string;
  outcome?: 'won' | 'lost';
}

/** What was asked last, for gateways that cannot be read. */
export interface Asked {
  what: 'open' | 'confirm' | 'capture' | 'close' | 'refund' | null;
  key?: string;
  amountMinor?: number;
  refundId?: string;
  sessionResult?: string;
  heard: 'nothing' | 'pending' | 'authorised';
  expiresAt: string;
}

/** A verified callback, read. `about`: which object of ours it concerns, where it says. */
export interface GatewayCallback {
  eventId: string;
  paymentId?: string;
  gatewayRef?: string;
  live: boolean;
  /** Of the whole payment. */
  amountMinor?: number;
  currency?: string;
  dispute?: Dispute;
  /** Only of gateways that cannot be read: elsewhere a callback is a reason to look, and nothing more. */
  fact?: CallbackFact;
}

/** A forged, damaged or too old callback: answered 400, nothing changed. */
export class CallbackRefused extends Error {
  override readonly name = 'CallbackRefused';
}

/** What the machine asks of a payment gateway. Every object is opened to authorise; money is taken by `capture` only. */
export interface PaymentPort {
  readonly can: {
    read: boolean;
    keys: boolean;
    hardClose: boolean;
    refundBeforeSettlement: 'any' | 'whole';
    threeDS: boolean;
  };
  open(
    asked: {
      ref: PaymentRef;
      transactionId: string;
      amountMinor: number;
      currency: string;
      returnUrl: string;
      expiresAt: string;
      methods: readonly string[];
    },
    signal: AbortSignal,
  ): Promise<Outcome<Reading>>;
  /** The step that a gateway leaves to the server. */
  confirm(ref: PaymentRef, signal: AbortSignal): Promise<Outcome<Reading>>;
  capture(ref: PaymentRef, amountMinor: number, signal: AbortSignal): Promise<Outcome<Reading>>;
  /** Nothing held afterwards; answers `captured` if it was too late. */
  close(ref: PaymentRef, held: boolean, signal: AbortSignal): Promise<Outcome<Reading>>;
  refund(
    ref: PaymentRef,
    refund: { id: string; amountMinor: number; whole: boolean },
    signal: AbortSignal,
  ): Promise<Outcome<{ gatewayRef: string }>>;
  /** null: nothing to be learnt now. */
  inspect(ref: PaymentRef, asked: Asked, signal: AbortSignal): Promise<Outcome<Reading | null>>;
  /** Verifies the raw bytes and reads them. @throws CallbackRefused */
  callback(raw: Uint8Array, headers: Record<string, string | string[] | undefined>, now: number): GatewayCallback;
}

/** What a page's Content Security Policy has to allow for a gateway's browser half, beside what is the page's own. */
export interface GatewayCsp {
  script: readonly string[];
  connect: readonly string[];
  frame: readonly string[];
  img: readonly string[];
  /** Whether it is known to work where `require-trusted-types-for 'script'` is in force. */
  trustedTypes: boolean;
}

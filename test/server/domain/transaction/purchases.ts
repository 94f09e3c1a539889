import type { MachineEvent } from '../../../../server/domain/transaction/event.ts';
import { startTransaction, type Start } from '../../../../server/domain/transaction/start.ts';
import { transition } from '../../../../server/domain/transaction/transition.ts';
import type {
  Effect,
  EffectKind,
  ItemInput,
  Payment,
  Refund,
  Transaction,
} from '../../../../server/domain/transaction/transaction.ts';

export const ULID = '01JD0000000000000000000001';
export const payId = `pay_${ULID}_1`;
export const itemId = (n: number): string => `itm_${ULID}_${n}`;
export const refundId = (n: number): string => `ref_${ULID}_${n}`;

export const seat = (priceMinor: number, needsEmd = false, more: Partial<ItemInput> = {}): ItemInput => ({
  traveller: '1',
  segment: '1',
  leg: 1,
  flightKey: 'XX 1 2026-01-01 1',
  designator: '12A',
  offerRef: null,
  priceMinor,
  needsEmd,
  ...more,
});

/** A purchase of two seats, 10 and 20, the second with an EMD, at a GDS and a gateway that can do everything. */
export const purchase = (options: Partial<Start> = {}): Transaction =>
  startTransaction({
    id: `txn_${ULID}`,
    brand: 'skyline',
    bookingKey: 'booking',
    gds: 'sabre',
    gateway: 'stripe',
    mode: 'manual',
    currency: 'EUR',
    can: { readable: true, hardClose: true, removeSeat: true, refundEmd: true },
    items: [seat(10), seat(20, true, { traveller: '2', designator: '12B' })],
    at: 0,
    ...options,
  }).transaction;

/** Adds a payment in this state, as if the purchase had come here. */
export function pays(transaction: Transaction, state: Payment['state'], more: Partial<Payment> = {}): Payment {
  const n = transaction.payments.length + 1;
  const payment: Payment = {
    id: `pay_${ULID}_${n}`,
    gatewayRef: `pi_${n}`,
    state,
    asked: state === 'closing' ? 'close' : state === 'capturing' ? 'capture' : 'open',
    step: 'card',
    amountMinor: 30,
    givenUp: state === 'closed',
    end: state === 'closed' ? 'declined' : null,
    capturedMinor: state === 'captured' ? 30 : 0,
    capturedOnce: state === 'captured',
    everOpen: true,
    ranks: {},
    heard: 0,
    looks: 0,
    asksMade: {},
    disputes: [],
    ...more,
  };
  transaction.payments.push(payment);
  return payment;
}

export function refunds(transaction: Transaction, state: Refund['state'], more: Partial<Refund> = {}): Refund {
  const refund: Refund = {
    id: refundId(transaction.refunds.length + 1),
    payment: payId,
    gatewayRef: null,
    amountMinor: 5,
    origin: 'partner',
    state,
    tries: 0,
    rank: 0,
    dropped: false,
    ...more,
  };
  transaction.refunds.push(refund);
  return refund;
}

/** All seats there, and the EMDs that are needed. */
export function seated(transaction: Transaction): void {
  for (const item of transaction.items) {
    item.seat.state = 'present';
    if (item.needsEmd) item.emd.state = 'present';
  }
}

/** An unfinished effect that keeps its lane busy, so that nothing new is asked there. */
export function busy(transaction: Transaction, kind: EffectKind, lane: string): void {
  transaction.effects.push({
    id: `eff_busy_${transaction.effects.length}`,
    kind,
    lane,
    target: 'busy',
    purpose: null,
    input: {},
    dueAt: 0,
    notBefore: 0,
    leaseId: null,
    leaseUntil: 0,
    claims: 0,
    agains: 0,
    inDoubt: false,
  });
}

export type Happening = MachineEvent extends infer Each ? (Each extends unknown ? Omit<Each, 'at'> : never) : never;

export const after = (transaction: Transaction, event: Happening, at = 5) =>
  transition(transaction, { at, ...event } as MachineEvent);

export const effectOf = (transaction: Transaction, kind: EffectKind): Effect | undefined =>
  transaction.effects.find((effect) => effect.kind === kind);

/** The cells of a Markdown table: row name, column name, text. */
export function cellsOf(markdown: string): { row: string; column: string; text: string }[] {
  const lines = markdown.trim().split('\n');
  const split = (line: string) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const plain = (text: string) => text.replace(/[`*]/g, '');
  const [, ...columns] = split(lines[0]!);
  return lines.slice(2).flatMap((line) => {
    const [row, ...texts] = split(line);
    return texts.map((text, n) => ({ row: plain(row!), column: plain(columns[n]!), text }));
  });
}

export function deepFreeze<T>(value: T): T {
  if (value && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

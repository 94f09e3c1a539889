import type { AuditRow, TransactionSeals } from '../../../server/domain/ports/store.ts';
import type { Effect, Item, Payment, Refund, Transaction } from '../../../server/domain/transaction/transaction.ts';
import { allBytes, bytes } from './harness.ts';

/** A purchase of the test's own: `name` makes its ids and its booking. */
export const purchase = (name: string, more: Partial<Transaction> = {}): Transaction => ({
  id: `txn_${name}`,
  brand: 'skyline',
  bookingKey: `booking-${name}`,
  gds: 'amadeus',
  gateway: 'stripe',
  mode: 'manual',
  currency: 'EUR',
  quote: 1,
  go: false,
  stopped: null,
  expiresAt: 1_765_000_900_000,
  status: 'created',
  endedAt: null,
  version: 1,
  eventSeq: 1,
  gdsLooks: 0,
  touched: false,
  can: { readable: true, hardClose: true, removeSeat: false, refundEmd: false },
  items: [item(name, 1)],
  payments: [],
  refunds: [],
  attention: [],
  effects: [],
  asks: {},
  told: ['transaction.created|txn'],
  lastItem: 1,
  lastEffect: 0,
  ...more,
});

export const item = (name: string, n: number, more: Partial<Item> = {}): Item => ({
  id: `itm_${name}_${n}`,
  traveller: `${n}`,
  segment: '1',
  leg: 1,
  flightKey: 'SK 100 2026-08-01 1',
  designator: `12${'ABCDEF'[n - 1]}`,
  offerRef: { id: `offer ${n}` },
  priceMinor: 1500,
  needsEmd: false,
  want: 'keep',
  reason: null,
  sold: false,
  seat: { state: 'absent', tries: 0 },
  emd: { state: 'absent', tries: 0 },
  ...more,
});

export const payment = (name: string, n: number, more: Partial<Payment> = {}): Payment => ({
  id: `pay_${name}_${n}`,
  gatewayRef: null,
  state: 'opening',
  asked: 'open',
  step: 'card',
  amountMinor: 1500,
  givenUp: false,
  end: null,
  capturedMinor: 0,
  capturedOnce: false,
  everOpen: false,
  ranks: {},
  heard: 0,
  looks: 0,
  asksMade: {},
  disputes: [],
  ...more,
});

export const refund = (name: string, n: number, more: Partial<Refund> = {}): Refund => ({
  id: `ref_${name}_${n}`,
  payment: `pay_${name}_1`,
  gatewayRef: null,
  amountMinor: 500,
  origin: 'machine',
  state: 'absent',
  tries: 0,
  rank: 0,
  dropped: false,
  ...more,
});

export const effect = (name: string, n: number, more: Partial<Effect> = {}): Effect => ({
  id: `eff_${name}_${n}`,
  kind: 'assign_seats',
  lane: 'gds',
  target: 'gds',
  purpose: null,
  input: {},
  dueAt: 100,
  notBefore: 0,
  leaseId: null,
  leaseUntil: 0,
  claims: 0,
  agains: 0,
  inDoubt: false,
  ...more,
});

export const seals = (clients: Record<string, Uint8Array> = {}): TransactionSeals => ({
  booking: bytes('sealed booking'),
  clients,
});

export const audited = ({ id, version }: Transaction): AuditRow => ({
  transaction: id,
  version,
  event: 'tick',
  actor: 'runner',
  at: 1_765_000_000_000 + version,
  before: version === 1 ? '' : '{"status":"created"}',
  after: '{"status":"processing"}',
});

/** The next version of a purchase. */
export const next = (transaction: Transaction, more: Partial<Transaction> = {}): Transaction => ({
  ...transaction,
  version: transaction.version + 1,
  ...more,
});

/** A purchase in which every fact has a value. */
export const wholePurchase = (name: string): { transaction: Transaction; seals: TransactionSeals } => ({
  transaction: purchase(name, {
    quote: 3,
    go: true,
    stopped: 'partner',
    status: 'attention',
    eventSeq: 7,
    gdsLooks: 2,
    touched: true,
    can: { readable: false, hardClose: true, removeSeat: true, refundEmd: false },
    items: [
      item(name, 3, {
        want: 'drop',
        reason: 'seat_taken',
        offerRef: 'a text',
        seat: { state: 'absent', tries: 3 },
      }),
      item(name, 1, {
        taxesMinor: 0,
        assentAt: 1_765_000_000_001,
        previousDesignator: '30C',
        needsEmd: true,
        sold: true,
        priceMinor: 4_000_000_000,
        seat: { state: 'present', tries: 1 },
        emd: { state: 'present', tries: 2 },
        document: '0161234567890',
      }),
      item(name, 2, { offerRef: null, seat: { state: 'unsure', tries: 1 } }),
    ],
    payments: [
      payment(name, 1, {
        gatewayRef: `pi_${name}_1`,
        state: 'captured',
        asked: 'capture',
        step: 'action',
        givenUp: true,
        end: 'replaced',
        capturedMinor: 4_000_000_000,
        amountMinor: 4_000_000_000,
        capturedOnce: true,
        everOpen: true,
        ranks: { psp: 4 },
        heard: 2,
        sessionResult: 'session result',
        looks: 5,
        asksMade: { open: 1, capture: 2 },
        means: { brand: 'visa', last4: '4242' },
        disputes: [{ ref: 'dp_1', amountMinor: 100, dueAt: '2026-08-01', outcome: 'won' }],
      }),
      payment(name, 2),
    ],
    refunds: [
      refund(name, 2, { gatewayRef: 're_1', origin: 'gateway', state: 'present', tries: 1, rank: 4 }),
      refund(name, 1, { dropped: true }),
    ],
    attention: [
      { target: `item:itm_${name}_1`, reason: 'seat_not_given_back', state: 'open', raisedAt: 5 },
      {
        target: `pay_${name}_1`,
        reason: 'dispute',
        state: 'solved',
        raisedAt: 4,
        closedBy: 'María Ångström',
        note: 'took 12.00',
      },
    ],
    effects: [
      effect(name, 3, {
        kind: 'capture_payment',
        lane: `pay_${name}_1`,
        target: `pay_${name}_1`,
        input: { amountMinor: 10, key: `pay_${name}_1:capture:2`, held: true, refund: 'ref', items: ['a', 'b'] },
        dueAt: 1_765_000_000_000,
        notBefore: 1_765_000_000_007,
        agains: 4,
      }),
      effect(name, 1),
      effect(name, 2, { kind: 'expire', lane: 'clock', target: 'txn', purpose: 'a purpose' }),
    ],
    asks: { [`pay_${name}_1:capture`]: { n: 2, input: '{"amountMinor":10}', inDoubt: true } },
    told: ['transaction.created|txn', 'fulfillment.updated|confirmed'],
    lastItem: 3,
    lastEffect: 3,
  }),
  seals: { booking: allBytes, clients: { [`pay_${name}_1`]: allBytes, [`pay_${name}_2`]: bytes('client') } },
});

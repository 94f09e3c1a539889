import { expect } from 'vitest';
import type { Start } from '../../../../server/domain/transaction/start.ts';
import { itemId, payId, seat } from './purchases.ts';
import type { CallbackFact } from '../../../../server/domain/transaction/hear-callback.ts';
import type { Play } from './play.ts';

export interface Interleaving {
  /** As the purchase machine's page numbers them; 6 and 17 need a store and leases, and are played over the real ones (test/server/jobs). */
  n: number;
  name: string;
  options?: Partial<Start>;
  play: (p: Play) => void;
}

const one = (priceMinor: number, needsEmd = false) => [seat(priceMinor, needsEmd)];
const amadeus = { readable: true, hardClose: true, removeSeat: false, refundEmd: false };
const adyen = { readable: false, hardClose: false, removeSeat: true, refundEmd: true };
const soft = { readable: true, hardClose: false, removeSeat: true, refundEmd: true };
const who = { by: 'ada', note: 'by hand' };
/** What Adyen says by itself: the hold and its end under one reference, each capture under its own. */
const said = {
  authorisation: { word: 'authorised', rank: 2, about: 'psp' },
  cancellation: { word: 'closed', rank: 3, about: 'psp' },
  technicalCancel: { word: 'closed', rank: 0, about: 'psp' },
  capture: { word: 'captured', rank: 4, about: 'capture 1', capturedMinor: 30 },
  captureFailed: { word: 'capture_refused', rank: 5, about: 'capture 1' },
} as const satisfies Record<string, CallbackFact>;
const took = (capturedMinor: number) => ({ capturedMinor });

function ends(p: Play, status: string, facts: { taken?: number; told?: string[] } = {}): void {
  expect(p.transaction.status).toBe(status);
  const { payments, refunds, effects } = p.transaction;
  const taken =
    payments.reduce((sum, payment) => sum + payment.capturedMinor, 0) -
    refunds.reduce((sum, refund) => sum + (refund.state === 'present' ? refund.amountMinor : 0), 0);
  if (facts.taken !== undefined) expect(taken).toBe(facts.taken);
  if (facts.told) expect(p.types()).toEqual(facts.told);
  const looks = ['inspect_payment', 'expire'];
  expect(
    effects.filter(({ kind }) => !looks.includes(kind)),
    'nothing is left to do',
  ).toEqual([]);
}

export const interleavings: Interleaving[] = [
  {
    n: 1,
    name: 'plain purchase, manual',
    play(p) {
      p.confirm();
      p.gateway('capture_payment', 'captured', took(30));
      expect(p.sent).toEqual(['open_payment', 'inspect_payment', 'assign_seats', 'issue_emds', 'capture_payment']);
      const told = [
        'transaction.created',
        'fulfillment.updated confirmed',
        'payment.processed',
        'transaction.completed',
      ];
      ends(p, 'completed', { taken: 30, told });
    },
  },
  {
    n: 1,
    name: 'plain purchase, automatic',
    options: { mode: 'automatic' },
    play(p) {
      p.hold();
      p.gateway('capture_payment', 'captured', took(30));
      p.gds('assign_seats', 'present');
      p.gds('issue_emds', 'present');
      const told = [
        'transaction.created',
        'payment.processed',
        'fulfillment.updated confirmed',
        'transaction.completed',
      ];
      ends(p, 'completed', { taken: 30, told });
    },
  },
  {
    n: 1,
    name: 'plain purchase of free seats',
    options: { items: one(0) },
    play(p) {
      p.pay();
      p.gds('assign_seats', 'present');
      const told = ['transaction.created', 'fulfillment.updated confirmed', 'transaction.completed'];
      ends(p, 'completed', { taken: 0, told });
    },
  },
  {
    n: 2,
    name: 'no callbacks at all: the planned look finds the hold',
    play(p) {
      p.open();
      expect(p.effect('inspect_payment').dueAt).toBe(p.now + 30_000);
      p.gateway('inspect_payment', 'opened');
      expect(p.effect('inspect_payment').dueAt).toBe(p.now + 60_000);
      p.gateway('inspect_payment', 'authorised');
      p.gds('assign_seats', 'present');
      p.gds('issue_emds', 'present');
      p.gateway('capture_payment', 'captured', took(30));
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 3,
    name: 'callback before answer',
    options: { can: adyen },
    play(p) {
      p.confirm();
      const capture = p.claim('capture_payment')!;
      expect(p.callback(said.capture)).toBe(true);
      expect(p.payment.state).toBe('captured');
      p.complete(capture, { type: 'payment', payment: payId, word: 'accepted' });
      ends(p, 'completed', { taken: 30 });
      expect(p.types().filter((type) => type === 'payment.processed')).toHaveLength(1);
    },
  },
  {
    n: 4,
    name: 'callbacks twice and in reverse order',
    options: { can: adyen },
    play(p) {
      p.confirm();
      p.gateway('capture_payment', 'accepted');
      const order = [said.capture, said.capture, said.authorisation, said.capture];
      expect(order.map((fact) => p.callback(fact))).toEqual([true, false, true, false]);
      ends(p, 'completed', { taken: 30 });
      expect(p.types().filter((type) => type === 'payment.processed')).toHaveLength(1);
    },
  },
  {
    n: 4,
    name: 'callbacks in reverse order: a capture that failed is not believed because its success comes late',
    options: { can: adyen },
    play(p) {
      p.confirm();
      p.gateway('capture_payment', 'accepted');
      p.callback(said.captureFailed);
      p.callback(said.capture);
      expect(p.payment).toMatchObject({ state: 'authorised', capturedMinor: 0 });
      expect(p.types()).not.toContain('transaction.completed');
      p.send({ type: 'operator', action: 'retry', target: payId, ...who });
      p.gateway('capture_payment', 'accepted');
      p.callback({ ...said.capture, about: 'capture 2' });
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 4,
    name: 'callbacks in reverse order: a hold that was let go is not held because its start is told late',
    options: { can: adyen },
    play(p) {
      p.open();
      p.send({ type: 'cancel' });
      p.gateway('close_payment', 'accepted');
      p.callback(said.cancellation);
      expect(p.callback(said.authorisation)).toBe(false);
      ends(p, 'failed', { taken: 0 });
      expect(p.sent.filter((kind) => kind === 'close_payment')).toHaveLength(1);
    },
  },
  {
    n: 4,
    name: 'a technical cancel does not overrule a hold that was heard of',
    options: { can: adyen },
    play(p) {
      p.open();
      p.callback(said.authorisation);
      expect(p.callback(said.technicalCancel)).toBe(false);
      expect(p.payment.state).toBe('authorised');
      p.gds('assign_seats', 'present');
      p.gds('issue_emds', 'present');
      p.gateway('capture_payment', 'accepted');
      p.callback(said.capture);
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 5,
    name: 'double click',
    play(p) {
      expect(p.pay()).toBeNull();
      expect(p.pay()).toBe('joined');
      expect(p.transaction.payments).toHaveLength(1);
      p.gateway('open_payment', 'opened');
    },
  },
  {
    n: 7,
    name: 'price changed before paying',
    play(p) {
      p.send({ type: 'reprice', items: [seat(12), seat(20)] });
      expect(p.send({ type: 'pay', quote: 1 })).toBe('reconfirm');
      expect(p.transaction.payments).toEqual([]);
      p.confirm();
      expect(p.effect('capture_payment').input.amountMinor).toBe(32);
      p.gateway('capture_payment', 'captured', took(32));
      ends(p, 'completed', { taken: 32 });
    },
  },
  {
    n: 8,
    name: 'declined, then a second card',
    play(p) {
      p.open();
      p.gateway('inspect_payment', 'declined');
      expect(p.payment).toMatchObject({ givenUp: true, state: 'closing' });
      expect(p.transaction.status).toBe('created');
      p.pay();
      p.gateway('close_payment', 'closed');
      p.gateway('open_payment', 'opened');
      p.gateway('inspect_payment', 'authorised');
      p.gds('assign_seats', 'present');
      p.gds('issue_emds', 'present');
      p.gateway('capture_payment', 'captured', took(30));
      expect(p.transaction.payments.map(({ state }) => state)).toEqual(['closed', 'captured']);
      expect(p.types().filter((type) => type === 'payment.failed')).toHaveLength(1);
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 9,
    name: 'late money is found by the look after closing, and voided',
    options: { can: soft },
    play(p) {
      p.open();
      p.expire();
      p.gateway('close_payment', 'closed');
      expect(p.transaction.status).toBe('expired');
      p.gateway('inspect_payment', 'authorised');
      expect(p.payment.state).toBe('closing');
      expect(p.effect('close_payment').input.held).toBe(true);
      p.gateway('close_payment', 'closed');
      ends(p, 'expired', { taken: 0 });
      expect(p.sent).not.toContain('assign_seats');
    },
  },
  {
    n: 9,
    name: 'late money that was taken at once is paid back',
    options: { can: soft },
    play(p) {
      p.open();
      p.expire();
      p.gateway('close_payment', 'closed');
      p.gateway('inspect_payment', 'captured', took(30));
      p.refunded('present');
      expect(p.transaction.refunds).toMatchObject([{ amountMinor: 30, state: 'present' }]);
      ends(p, 'expired', { taken: 0 });
    },
  },
  {
    n: 10,
    name: 'seat taken during 3-D Secure',
    options: { items: one(10) },
    play(p) {
      p.hold();
      p.gds('assign_seats', ['refused', 'seat_taken']);
      p.gateway('close_payment', 'closed');
      expect(p.transaction.items[0]!.reason).toBe('seat_taken');
      ends(p, 'failed', {
        taken: 0,
        told: ['transaction.created', 'fulfillment.updated failed', 'transaction.failed'],
      });
    },
  },
  {
    n: 11,
    name: 'one seat of two refused',
    play(p) {
      p.hold();
      p.gds('assign_seats', 'present', ['refused', 'changed_at_gds']);
      expect(p.effect('capture_payment').input.amountMinor).toBe(10);
      p.gateway('capture_payment', 'captured', took(10));
      ends(p, 'partially_completed', { taken: 10 });
    },
  },
  {
    n: 12,
    name: 'document refused, seat cannot be taken back',
    options: { items: one(10, true), can: amadeus },
    play(p) {
      p.hold();
      p.gds('assign_seats', 'present');
      p.gds('issue_emds', ['refused', 'emd_refused']);
      p.gateway('close_payment', 'closed');
      expect(p.transaction.attention).toMatchObject([{ reason: 'seat_not_given_back', state: 'open' }]);
      ends(p, 'attention', { taken: 0 });
      p.send({ type: 'operator', action: 'solved', target: `item:${itemId(1)}`, held: false, ...who });
      ends(p, 'failed', { taken: 0 });
    },
  },
  {
    n: 13,
    name: 'GDS times out after doing the work',
    play(p) {
      p.hold();
      p.gds('assign_seats', 'unknown');
      expect(p.transaction.items.every(({ seat: { state } }) => state === 'unsure')).toBe(true);
      p.gds('look_up_booking', 'present');
      p.gds('issue_emds', 'present');
      p.gateway('capture_payment', 'captured', took(30));
      expect(p.sent.filter((kind) => kind === 'assign_seats')).toHaveLength(1);
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 14,
    name: 'document request lands late: no look before the quiet time is over',
    options: { items: one(10, true) },
    play(p) {
      p.hold();
      p.gds('assign_seats', 'present');
      p.gds('issue_emds', 'unknown');
      expect(p.effect('look_up_booking').dueAt).toBe(p.now + 120_000);
      p.gds('look_up_booking', 'present');
      p.gateway('capture_payment', 'captured', took(10));
      expect(p.sent.filter((kind) => kind === 'issue_emds')).toHaveLength(1);
      ends(p, 'completed', { taken: 10 });
    },
  },
  {
    n: 15,
    name: 'killed between authorise answer and commit',
    play(p) {
      p.open();
      p.gateway('inspect_payment', 'approved');
      p.gateway('confirm_payment', 'unknown');
      expect(p.payment.state).toBe('unsure');
      expect(p.effect('inspect_payment').dueAt).toBe(p.now + 120_000);
      p.gateway('inspect_payment', 'authorised');
      p.gds('assign_seats', 'present');
      p.gds('issue_emds', 'present');
      p.gateway('capture_payment', 'captured', took(30));
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 16,
    name: 'killed between claim and call: looked up, captured once, with the same key',
    play(p) {
      p.confirm();
      const { key } = p.effect('capture_payment').input;
      p.gateway('capture_payment', 'unknown');
      p.gateway('inspect_payment', 'authorised');
      expect(p.effect('capture_payment').input.key).toBe(key);
      p.gateway('capture_payment', 'captured', took(30));
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 18,
    name: 'capture answer lost',
    play(p) {
      p.confirm();
      p.gateway('capture_payment', 'unknown');
      p.gateway('inspect_payment', 'captured', took(30));
      expect(p.sent.filter((kind) => kind === 'capture_payment')).toHaveLength(1);
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 19,
    name: 'capture fails after it was reported',
    options: { can: adyen },
    play(p) {
      p.confirm();
      p.gateway('capture_payment', 'accepted');
      p.callback(said.capture);
      ends(p, 'completed', { taken: 30 });
      p.callback(said.captureFailed);
      expect(p.transaction).toMatchObject({ status: 'attention', attention: [{ reason: 'capture_failed' }] });
      p.send({ type: 'operator', action: 'retry', target: payId, ...who });
      expect(p.effect('capture_payment').input.key).toBe(`${payId}:capture:2`);
      p.gateway('capture_payment', 'captured', took(30));
      ends(p, 'completed', { taken: 30 });
      expect(p.types().filter((type) => type === 'transaction.completed')).toHaveLength(1);
    },
  },
  {
    n: 20,
    name: 'abandoned: expired, and not before the close',
    play(p) {
      p.open();
      p.expire();
      expect(p.transaction.status).toBe('processing');
      expect(p.payment.state).toBe('closing');
      p.gateway('close_payment', 'closed');
      ends(p, 'expired', { taken: 0, told: ['transaction.created', 'transaction.failed'] });
    },
  },
  {
    n: 21,
    name: 'pays while expiry is closing',
    play(p) {
      p.open();
      p.expire();
      p.send({ type: 'payment', payment: payId, word: 'authorised' });
      p.gateway('close_payment', 'closed');
      expect(p.sent).not.toContain('assign_seats');
      ends(p, 'expired', { taken: 0 });
    },
  },
  {
    n: 22,
    name: 'bank answers next day: expiry waits',
    play(p) {
      p.open();
      p.gateway('inspect_payment', 'pending');
      p.expire();
      expect(p.transaction).toMatchObject({ status: 'processing', stopped: null });
      p.gateway('inspect_payment', 'authorised');
      p.gds('assign_seats', 'present');
      p.gds('issue_emds', 'present');
      p.gateway('capture_payment', 'captured', took(30));
      ends(p, 'completed', { taken: 30 });
    },
  },
  {
    n: 23,
    name: 'partner refunds while fulfilment is running',
    play(p) {
      p.hold();
      const assign = p.claim('assign_seats')!;
      p.send({ type: 'refund', scope: 'item', item: itemId(1) });
      const list = [itemId(1), itemId(2)].map((item) => ({ item, thing: 'seat', word: 'present' }) as const);
      p.complete(assign, { type: 'things', list });
      p.gds('issue_emds', 'present');
      expect(p.effect('capture_payment').input.amountMinor).toBe(20);
      p.gds('remove_seats', 'absent');
      p.gateway('capture_payment', 'captured', took(20));
      ends(p, 'partially_completed', { taken: 20 });
    },
  },
  {
    n: 23,
    name: 'partner refunds before the request went out: the item is left out of it',
    play(p) {
      p.hold();
      p.send({ type: 'refund', scope: 'item', item: itemId(1) });
      p.gds('assign_seats', 'present');
      expect(p.transaction.items.map(({ seat: { state } }) => state)).toEqual(['absent', 'present']);
      p.gds('issue_emds', 'present');
      p.gateway('capture_payment', 'captured', took(20));
      ends(p, 'partially_completed', { taken: 20 });
    },
  },
  {
    n: 24,
    name: 'dashboard and API refund at once: never more than what was taken',
    play(p) {
      p.confirm();
      p.gateway('capture_payment', 'captured', took(30));
      p.send({ type: 'refund', scope: 'amount', amountMinor: 20 });
      p.refunded('unknown');
      const refunds = [{ ref: 're_dashboard', amountMinor: 20 }];
      p.gateway('inspect_payment', 'captured', { capturedMinor: 30, refunds });
      expect(p.effect('refund_payment').input.amountMinor).toBe(10);
      p.refunded('present');
      expect(p.transaction.stopped).toBe('refunded_at_gateway');
      p.gds('refund_emds', 'absent');
      p.gds('remove_seats', 'absent');
      ends(p, 'refunded', { taken: 0 });
    },
  },
  {
    n: 25,
    name: 'charged first, booking cancelled',
    options: { mode: 'automatic' },
    play(p) {
      p.hold();
      p.gateway('capture_payment', 'captured', took(30));
      p.gds('assign_seats', ['refused', 'booking_cancelled']);
      p.refunded('present');
      ends(p, 'failed', {
        taken: 0,
        told: [
          'transaction.created',
          'payment.processed',
          'fulfillment.updated failed',
          'refund.processed',
          'transaction.failed',
        ],
      });
    },
  },
  {
    n: 26,
    name: 'other seats chosen after going back to the map',
    play(p) {
      p.open();
      p.send({ type: 'reprice', items: one(15, true) });
      expect(p.payment).toMatchObject({ givenUp: true, end: 'replaced' });
      expect(p.transaction).toMatchObject({ status: 'created', quote: 2 });
      expect(p.send({ type: 'pay', quote: 1 })).toBe('reconfirm');
      p.gateway('close_payment', 'closed');
      p.confirm();
      expect(p.transaction.items).toHaveLength(1);
      expect(p.effect('capture_payment').input.amountMinor).toBe(15);
      p.gateway('capture_payment', 'captured', took(15));
      expect(p.types()).not.toContain('payment.failed');
      ends(p, 'completed', { taken: 15 });
    },
  },
];

import { describe, expect, it } from 'vitest';
import { describeEvent } from '../../../server/domain/transaction/describe-event.ts';
import { startTransaction } from '../../../server/domain/transaction/start.ts';
import type { EventType, Payment, Transaction } from '../../../server/domain/transaction/transaction.ts';
import { eventBody } from '../../../server/domain/webhook.ts';
import { webhookBody } from '../../../server/wire/webhook.ts';

const payment: Payment = {
  id: 'pay_A_1',
  gatewayRef: 'pi_1',
  state: 'captured',
  asked: 'capture',
  step: 'card',
  amountMinor: 8400,
  givenUp: false,
  end: null,
  capturedMinor: 8400,
  capturedOnce: true,
  everOpen: true,
  ranks: {},
  heard: 2,
  looks: 0,
  asksMade: {},
  disputes: [{ ref: 'dp_1', amountMinor: 8400, dueAt: '2026-06-20T00:00:00Z', outcome: 'won' }],
};

function purchase(more: Partial<Transaction> = {}): Transaction {
  const { transaction } = startTransaction({
    id: 'txn_A',
    brand: 'skyline',
    bookingKey: 'digest-of-the-booking',
    gds: 'test',
    gateway: 'stripe',
    mode: 'manual',
    currency: 'EUR',
    can: { readable: true, hardClose: true, removeSeat: false, refundEmd: false },
    items: [],
    at: 0,
  });
  const refund = { payment: payment.id, gatewayRef: 're_1', amountMinor: 4200, tries: 1, rank: 0, dropped: false };
  return {
    ...transaction,
    status: 'completed',
    payments: [payment],
    refunds: [{ ...refund, id: 'ref_A_1', origin: 'machine', state: 'present' }],
    ...more,
  };
}

const bodyOf = (transaction: Transaction, type: EventType, about: string): unknown => {
  const data = describeEvent(transaction, { seq: 1, type, about });
  return JSON.parse(eventBody({ id: 'evt_A_1', type, at: 0, seq: 1, data }));
};

describe('the body of a webhook', () => {
  it.each<[EventType, string, object, Partial<Transaction>?]>([
    ['transaction.created', 'txn_A', {}],
    ['transaction.completed', 'txn_A', { amount: 42, amount_minor: 4200, status: 'completed' }],
    ['transaction.failed', 'txn_A', { reason: 'expired' }, { status: 'expired', stopped: 'expired' }],
    ['transaction.attention', 'pay_A_1:capture_failed:1', { reason: 'capture_failed', payment_id: 'pay_A_1' }],
    ['payment.processed', 'pay_A_1', { payment_id: 'pay_A_1', amount: 84, amount_minor: 8400 }],
    ['payment.failed', 'pay_A_1', { reason: 'declined' }, { payments: [{ ...payment, end: 'declined' }] }],
    ['fulfillment.updated', 'confirmed', { status: 'confirmed' }],
    ['refund.processed', 'ref_A_1', { refund_id: 'ref_A_1', amount: 42 }],
    ['dispute.opened', 'dp_1', { dispute_id: 'dp_1', amount: 84, due_at: '2026-06-20T00:00:00Z' }],
    ['dispute.closed', 'dp_1', { dispute_id: 'dp_1', outcome: 'won' }],
  ])('%s holds what its type promises', (type, about, data, more) => {
    const body = bodyOf(purchase(more), type, about);
    expect(webhookBody.parse(body)).toMatchObject({
      id: 'evt_A_1',
      type,
      timestamp: '1970-01-01T00:00:00.000Z',
      sequence: 1,
      data: { transaction_id: 'txn_A', ...data },
    });
    expect(JSON.stringify(body)).not.toContain('digest-of-the-booking');
  });

  it.each(['transaction_id', 'amount', 'currency'])('without its %s is none', (field) => {
    const body = bodyOf(purchase(), 'transaction.completed', 'txn_A') as { data: Record<string, unknown> };
    delete body.data[field];
    expect(webhookBody.safeParse(body).success).toBe(false);
  });
});

import { z } from 'zod';

/**
 * What partners receive: the body of a delivery, by type. Fields may be added to any of them, so a receiver ignores what it does not
 * know; what stands here is always there. Amounts are major units as a JSON number, the integer of minor units beside them.
 */

const id = z.string().min(1);
const money = { amount: z.number(), amount_minor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) };
const payment = { payment_id: id };

const data = {
  'transaction.created': {},
  'transaction.completed': { ...money, status: z.enum(['completed', 'partially_completed']) },
  'transaction.failed': { reason: z.string() },
  'transaction.attention': { reason: z.string() },
  /** Captured, not merely authorised. */
  'payment.processed': { ...payment, ...money },
  'payment.failed': { ...payment, reason: z.string() },
  'fulfillment.updated': { status: z.enum(['pending', 'confirmed', 'partially_confirmed', 'failed', 'cancelled']) },
  'refund.processed': { refund_id: id, ...money },
  'dispute.opened': { dispute_id: id, ...money, due_at: z.string().nullable() },
  'dispute.closed': { dispute_id: id, ...money, outcome: z.string().nullable() },
} as const;

export type WebhookType = keyof typeof data;

const eventOf = <T extends WebhookType>(type: T) =>
  z.looseObject({
    /** The same at every attempt: what a receiver has handled, it handles no more. */
    id: z.string().regex(/^evt_\w+$/),
    type: z.literal(type),
    /** When it happened. */
    timestamp: z.iso.datetime(),
    /** 1, 2, 3 … in the purchase. */
    sequence: z.int().min(1),
    data: z.looseObject({ transaction_id: id, ...data[type] }),
  });

export const webhookBody = z.discriminatedUnion('type', [
  eventOf('transaction.created'),
  eventOf('transaction.completed'),
  eventOf('transaction.failed'),
  eventOf('transaction.attention'),
  eventOf('payment.processed'),
  eventOf('payment.failed'),
  eventOf('fulfillment.updated'),
  eventOf('refund.processed'),
  eventOf('dispute.opened'),
  eventOf('dispute.closed'),
]);

export type WebhookBody = z.infer<typeof webhookBody>;

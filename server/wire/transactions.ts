import { z } from 'zod';
import { lastName, pnr } from './partner.ts';

/** The read side of the partner's API. Amounts stand twice: in major units as a number, and in minor units as an integer. */

const LIMIT_MAX = 100;
const instant = z.iso.datetime({ offset: true, error: 'a time, like 2026-03-09T07:35:00Z' });

export const STATUSES = [
  'created',
  'processing',
  'completed',
  'partially_completed',
  'failed',
  'expired',
  'refunded',
  'attention',
] as const;

const page = {
  limit: z.coerce
    .number()
    .int('a whole number')
    .min(1, `1 to ${LIMIT_MAX}`)
    .max(LIMIT_MAX, `1 to ${LIMIT_MAX}`)
    .default(20),
  cursor: z.string().max(200).optional().describe('`next_cursor` of the page before'),
};

export const listQuery = z.strictObject({
  ...page,
  status: z.enum(STATUSES, `one of ${STATUSES.join(', ')}`).optional(),
  created_from: instant.optional().describe('from this instant on'),
  created_to: instant.optional().describe('before this instant'),
  source: z.string().max(64).optional(),
  reference: z.string().max(200).optional().describe("the partner's own order number"),
});
export type ListQuery = z.infer<typeof listQuery>;

/** By locator and name: in the body, since what stands in an address is logged. */
export const searchCall = z.object({ pnr, last_name: lastName, limit: page.limit, cursor: page.cursor });
export type SearchCall = z.infer<typeof searchCall>;

const money = { amount: z.number(), amount_minor: z.int() };
const attributed = {
  source: z.string().nullable(),
  reference: z.string().nullable(),
  variant: z.string().nullable(),
};

const summary = {
  id: z.string().meta({ examples: ['txn_01JD0000000000000000000001'] }),
  status: z.enum(STATUSES),
  created_at: z.iso.datetime(),
  /** The first moment at which nothing was left to do. */
  ended_at: z.iso.datetime().nullable(),
  currency: z.string(),
  total: z.object(money).describe('of the seats that are wanted'),
  charged: z.object(money).describe('taken from the traveller'),
  refunded: z.object(money).describe('given back'),
  ...attributed,
  /** Why it needs a person. */
  attention: z.array(z.string()),
};

export const transactionSummary = z.object(summary);
export type TransactionSummary = z.infer<typeof transactionSummary>;

const item = z.object({
  id: z.string(),
  traveller: z.object({ given_name: z.string(), last_name: z.string() }).nullable(),
  segment: z
    .object({
      flight: z.string(),
      from: z.string(),
      to: z.string(),
      departs: z.string().describe('airport-local, no offset'),
    })
    .nullable(),
  seat: z.string().meta({ examples: ['12A'] }),
  ...money,
  taxes_minor: z.int().nullable().describe('null: unknown'),
  state: z.enum(['pending', 'confirmed', 'failed', 'cancelled']),
  reason: z.string().nullable(),
  document: z.string().nullable().describe('number of the EMD'),
  exit_row_accepted_at: z.iso.datetime().nullable(),
});

const payment = z.object({
  id: z.string(),
  gateway: z.string().nullable(),
  gateway_reference: z.string().nullable(),
  state: z.enum(['opening', 'open', 'pending', 'authorised', 'capturing', 'captured', 'closing', 'closed', 'unsure']),
  ...money,
  captured: z.object(money),
  card: z.object({ brand: z.string(), last4: z.string() }).nullable(),
});

const refund = z.object({
  id: z.string(),
  payment_id: z.string(),
  gateway_reference: z.string().nullable(),
  origin: z.enum(['machine', 'partner', 'gateway']),
  state: z.enum(['absent', 'adding', 'present', 'unsure']),
  ...money,
});

export const transactionDetail = z.object({
  ...summary,
  record_locator: z.string(),
  items: z.array(item),
  payments: z.array(payment),
  refunds: z.array(refund),
});
export type TransactionDetail = z.infer<typeof transactionDetail>;

export const transactionPage = z.object({
  success: z.literal(true),
  transactions: z.array(transactionSummary),
  next_cursor: z.string().nullable().describe('null: there are no older ones'),
});
export type TransactionPage = z.infer<typeof transactionPage>;

export const transactionAnswer = z.object({ success: z.literal(true), transaction: transactionDetail });
export type TransactionAnswer = z.infer<typeof transactionAnswer>;

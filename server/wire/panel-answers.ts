import { z } from 'zod';
import * as wire from './panel.ts';
import { STATUSES } from './transactions.ts';

/** The panel's answers as schemas, for the API's description. The types in `panel.ts` stay the contract: these must fit them. */

const success = { success: z.literal(true), token: z.string().optional().describe('replaces the one that was sent') };
const minor = z.int();
const picked = wire.pick.extend({ price: minor, taxes: minor.optional() });

const seatReason = z.enum([
  'taken',
  'blocked',
  'not_in_fare',
  'exit_row_child',
  'exit_row_infant',
  'no_infant',
  'not_for_you',
  'unpriced',
]);

const seat = z.object({
  c: z.array(z.string()).optional().describe('characteristics, IATA PADIS 9825'),
  p: z
    .union([minor, z.array(minor.nullable())])
    .optional()
    .describe('price for all, or one per traveller; 0 is free of charge'),
  no: z
    .union([seatReason, z.array(z.union([seatReason, z.literal(0)]))])
    .optional()
    .describe('why not: for all, or per traveller'),
  chosen: z.literal(true).optional().describe('being chosen by somebody else'),
});

const deck = z.object({
  level: z.enum(['main', 'upper', 'lower']),
  cabins: z.array(
    z.object({
      cabin: z.enum(['first', 'business', 'premium_economy', 'economy', 'unknown']),
      fold: z.literal(true).optional().describe('not in the fare'),
      columns: z.string().describe('"ABC DEF": a blank is an aisle'),
      wing: z.tuple([z.int(), z.int()]).optional().describe('first and last row over the wing'),
      rows: z.array(
        z.object({
          n: z.int(),
          exit: z.literal(true).optional(),
          seats: z.array(z.union([seat, z.literal(0)])).describe('one per letter; 0: no seat there'),
          facilities: z
            .array(
              z.object({
                code: z.enum(['lavatory', 'galley', 'closet', 'stairs', 'other']),
                at: z.enum(['left', 'centre', 'right']),
                before: z.boolean(),
              }),
            )
            .optional(),
        }),
      ),
    }),
  ),
});

const noMap = z.enum([
  'operated_by_other',
  'no_map',
  'all_taken',
  'closed',
  'flown',
  'cancelled',
  'not_confirmed',
  'group_booking',
  'currency_not_supported',
]);

const map = z.object({
  segment: z.string(),
  read_at: z.string(),
  expires_at: z.string(),
  decks: z.array(deck),
  no_map: noMap.optional(),
});

const selection = z.object({
  version: z.int(),
  picks: z.array(picked),
  total: minor,
  refused: z.array(wire.pick.extend({ why: z.union([seatReason, z.enum(['gone', 'assent', 'twice'])]) })).optional(),
});

const purchase = z.object({
  transaction: z.string(),
  version: z.int(),
  quote: z.int().describe('what `pay` is called with'),
  status: z.enum(STATUSES),
  items: z.array(
    z.object({
      pick: wire.pick,
      price: minor,
      was: minor.optional().describe('the price shown before, when it moved'),
      state: z.enum(['pending', 'confirmed', 'failed', 'cancelled']),
      why: z.string().optional(),
      document: z.string().optional(),
    }),
  ),
  currency: z.string(),
  total: minor,
  charged: minor.optional(),
  refunded: minor.optional(),
  expires_at: z.string().optional().describe('pay by then'),
  answer: z.enum(['reconfirm', 'gone', 'joined']).optional().describe('what became of this call'),
  payment: z
    .object({
      id: z.string(),
      step: z.enum(['wait', 'field', 'action', 'working', 'declined', 'held', 'taken', 'released']),
      field: z.record(z.string(), z.unknown()).optional().describe("what the gateway's browser SDK needs"),
      means: z.object({ brand: z.string(), last4: z.string() }).optional(),
    })
    .nullable(),
  attention: z.array(z.string()).optional(),
});

const place = z.object({ code: z.string(), city: z.string().optional() });
const opened = z.object({
  brand: z.object({ name: z.string(), mode: z.enum(['test', 'live']) }).describe('with colours, links and logos'),
  currency: z.string().describe('of every amount in the answer'),
  record_locator: z.string(),
  travellers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      initials: z.string(),
      kind: z.enum(['adult', 'child', 'infant_seat']),
      lap: z.string().optional().describe('the infant on this lap'),
    }),
  ),
  segments: z.array(
    z.object({
      id: z.string(),
      flight: z.string(),
      operated_by: z.string().optional(),
      from: place,
      to: place,
      departs: z.string().describe('airport-local, no offset'),
      arrives: z.string(),
      no_map: noMap.optional(),
      held: z.record(z.string(), z.object({ designator: z.string(), paid: z.boolean(), changeable: z.boolean() })),
    }),
  ),
  map: map.nullable().describe('of the first segment that has one'),
  selection,
  purchase: purchase.nullable(),
  payment: z
    .object({ gateway: z.string(), script: z.string().optional(), public_key: z.string().optional() })
    .nullable(),
});

/** Compiles only as long as each answer of the contract is one that its schema describes. */
const describes =
  <Contract>() =>
  <S extends z.ZodType>(_schema: Contract extends z.output<S> ? S : never): void => {};

describes<wire.MapAnswer>()(map);
describes<wire.Selection>()(selection);
describes<wire.Purchase>()(purchase);
describes<wire.Opened>()(opened);

export const panelAnswers = {
  open: opened.extend(success),
  map: map.extend(success),
  select: z.object({ ...success, selection }),
  purchase: purchase.extend(success),
};

import { z } from 'zod';
import { currency } from './words.ts';

const PER = ['traveller', 'segment', 'booking'] as const;
const FULFILMENTS = ['gds', 'webhook', 'none'] as const;

/** Something else that is sold beside seats. */
const entry = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z0-9_-]{2,40}$/)
    .describe('2 to 40 of a-z, 0-9, _ and -, like priority-boarding'),
  name: z.string().trim().min(1).max(100).describe('its name as travellers read it'),
  text: z.string().max(1000).optional().describe('a text of up to 1000 characters'),
  price: z
    .strictObject({
      amount: z.number().min(0).max(1_000_000).describe('an amount in the currency itself, like 12.50'),
      currency,
      per: z.enum(PER).describe(`one of ${PER.join(', ')}`),
    })
    .describe('a section with amount, currency and per'),
  fulfilment: z
    .strictObject({
      by: z.enum(FULFILMENTS).describe(`one of ${FULFILMENTS.join(', ')}`),
      service_code: z
        .string()
        .regex(/^[A-Z0-9]{3,4}$/)
        .optional()
        .describe("the airline's code of the service, 3 or 4 capitals, like PBDG"),
    })
    .optional()
    .describe('a section with by, and where a GDS fulfils it service_code'),
});

export const catalogue = z.array(entry).max(100).describe('a list of sections, each with code, name and price');

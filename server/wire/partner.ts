import { z } from 'zod';

/**
 * The partner's API on the wire: what a partner's backend says and hears. JSON both ways. Unknown fields are ignored, since clients of
 * the older guide send some.
 */

const HOURS_MAX = 720;

export const tokenCall = z.object({
  api_key: z.string().min(1).max(200),
  api_secret: z.string().min(1).max(200),
  /** 24 when absent. */
  duration_hours: z
    .int('a whole number of hours')
    .min(1, `1 to ${HOURS_MAX} hours`)
    .max(HOURS_MAX, `1 to ${HOURS_MAX} hours`)
    .default(24),
});
export type TokenCall = z.infer<typeof tokenCall>;

export const token = z.object({
  success: z.literal(true),
  bearer_token: z.string().describe('brand:issued_at:expires_at:nonce:signature, times as Unix seconds'),
  token_type: z.literal('Bearer'),
  expires_in: z.int().describe('seconds'),
  expires_at: z.int().describe('Unix seconds'),
  brand: z.string(),
});
export type Token = z.infer<typeof token>;

/** Text in one spelling, of which the pattern must then be true. */
const normalised = (text: z.ZodString, pattern: RegExp, otherwise: string) =>
  text.transform((written, { issues }) => {
    const value = written.normalize('NFKC').trim().replace(/\s+/g, ' ').toUpperCase();
    if (!pattern.test(value)) issues.push({ code: 'custom', message: otherwise, input: written });
    return value;
  });

/** The GDS's record locator. */
export const pnr = normalised(
  z.string('the record locator, like ABC123').max(40),
  /^[A-Z0-9]{5,8}$/,
  'a record locator has 5 to 8 letters and digits, like ABC123',
);

/** Of any traveller on the booking. */
export const lastName = normalised(
  z.string('the last name of a traveller on the booking').max(200),
  /^(?=.*\p{L})[\p{L}\p{M}'’ʼ` ./-]{1,100}$/u,
  'a last name has 1 to 100 letters, blanks, hyphens and apostrophes',
);

export const linkCall = z.object({
  pnr,
  last_name: lastName,
  /** Says where the link stands; `[\w.-]{1,64}`, anything else becomes `other`. */
  source: z.string().max(1000).default('cart'),
  /** The partner's own order number; travels into the transaction. */
  reference: z.string().min(1).max(200).optional(),
});
export type LinkCall = z.infer<typeof linkCall>;

const link = {
  success: z.literal(true),
  encrypted_id: z.string().describe('begins with Z0FBQUFB'),
};
const source = z.string().describe('as it stands in the link');

export const seatMapLink = z.object({
  ...link,
  seatmap_url: z.string().describe('a path on this host: put the host in front of it'),
  source,
});
export type SeatMapLink = z.infer<typeof seatMapLink>;

export const allLinks = z.object({
  ...link,
  seatmap_url: z.string().describe('absolute, as the two below'),
  cart_url: z.string().describe('opens with what the traveller has chosen'),
  checkout_url: z.string().describe('opens with what the traveller has chosen, and the way to the payment'),
  source,
});
export type AllLinks = z.infer<typeof allLinks>;

export const encryptionCall = z.object({ encrypted_id: z.string().max(20_000) });
export type EncryptionCall = z.infer<typeof encryptionCall>;

/** What an id is, without the name in it. */
export const encryptionCheck = z.object({
  success: z.literal(true),
  valid: z.literal(true),
  brand: z.string(),
  pnr: z.string(),
  format: z
    .enum(['fernet', 'fernet-double', 'aes-cbc'])
    .describe("fernet-double: encoded once more, as ours are; aes-cbc opens only as long as the brand's file says so"),
  derivation: z.enum(['sha256', 'sha1']).nullable().describe('of the key, by PBKDF2; null: the id was made here'),
});
export type EncryptionCheck = z.infer<typeof encryptionCheck>;

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

export interface Token {
  success: true;
  /** `brand:issued_at:expires_at:nonce:signature`, times as Unix seconds. */
  bearer_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  /** Unix seconds. */
  expires_at: number;
  brand: string;
}

const normalised = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toUpperCase();

/** The GDS's record locator. */
export const pnr = z
  .string('the record locator, like ABC123')
  .max(40)
  .transform(normalised)
  .pipe(z.string().regex(/^[A-Z0-9]{5,8}$/, 'a record locator has 5 to 8 letters and digits, like ABC123'));

/** Of any traveller on the booking. */
export const lastName = z
  .string('the last name of a traveller on the booking')
  .max(200)
  .transform(normalised)
  .pipe(
    z
      .string()
      .regex(
        /^(?=.*\p{L})[\p{L}\p{M}'’ʼ` ./-]{1,100}$/u,
        'a last name has 1 to 100 letters, blanks, hyphens and apostrophes',
      ),
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

export interface SeatMapLink {
  success: true;
  /** Begins with Z0FBQUFB. */
  encrypted_id: string;
  /** A path on this host: put the host in front of it. */
  seatmap_url: string;
  source: string;
}

export interface AllLinks {
  success: true;
  encrypted_id: string;
  /** Absolute, as the two below. */
  seatmap_url: string;
  /** Opens with what the traveller has chosen. */
  cart_url: string;
  /** Opens with what the traveller has chosen, and the way to the payment. */
  checkout_url: string;
  source: string;
}

export const encryptionCall = z.object({ encrypted_id: z.string().max(20_000) });
export type EncryptionCall = z.infer<typeof encryptionCall>;

/** What an id is, without the name in it. */
export interface EncryptionCheck {
  success: true;
  valid: true;
  brand: string;
  pnr: string;
  /** `fernet-double`: encoded once more, as ours are. `aes-cbc` opens only as long as the brand's file says so. */
  format: 'fernet' | 'fernet-double' | 'aes-cbc';
  /** Of the key, by PBKDF2; `null`: the id was made here. */
  derivation: 'sha256' | 'sha1' | null;
}

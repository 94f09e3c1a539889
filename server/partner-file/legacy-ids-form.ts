import { z } from 'zod';
import { LEGACY_ID_FORMATS } from '../domain/brand.ts';

const KDFS = ['sha256', 'sha1'] as const;

const list = <const Values extends readonly string[]>(values: Values, wanted: string) =>
  z
    .array(z.enum(values).describe(`one of ${values.join(', ')}`))
    .min(1)
    .max(values.length)
    .refine((given) => new Set(given).size === given.length, 'has an entry twice')
    .describe(wanted);

/** How links open that the partner made itself, after the older guide. Password and salt are its own, byte for byte. */
export const legacyIds = z
  .strictObject({
    password: z.string().min(1).max(1024).describe('the password your program encrypts with, in quotes'),
    salt: z.string().min(1).max(1024).describe('the salt your program encrypts with, in quotes'),
    kdf: list(KDFS, 'a list out of sha256 and sha1; C# programs use sha1 unless they name a hash').default(['sha256']),
    formats: list(LEGACY_ID_FORMATS, 'a list out of fernet, fernet-double and aes-cbc; aes-cbc needs until').default([
      'fernet',
      'fernet-double',
    ]),
    until: z.iso.date('is no day').optional().describe('the last day on which aes-cbc links open, like 2027-06-30'),
    max_age_days: z.int().min(1).max(3650).optional().describe('a whole number of days, like 400'),
  })
  .describe('password, salt, kdf, formats, until, max_age_days');

export type LegacyIdsSection = z.infer<typeof legacyIds>;

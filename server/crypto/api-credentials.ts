import { hash, randomBytes, randomInt } from 'node:crypto';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** 143 bits in 24 digits: nobody guesses one, so a plain hash keeps a secret as well as a slow one would. */
const random = (length: number): string => Array.from({ length }, () => DIGITS[randomInt(DIGITS.length)]).join('');

/** A new API key: `dck_` and 24 random letters and digits. Names the brand's backend; no secret by itself. */
export const newApiKey = (): string => `dck_${random(24)}`;

/** A new API secret: `dcs_` and 32 random letters and digits. */
export const newApiSecret = (): string => `dcs_${random(32)}`;

/** What is stored of a secret: SHA-256 of its UTF-8, base64url without padding. */
export const hashApiSecret = (secret: string): string => hash('sha256', secret, 'base64url');

/** Signs deliveries to an endpoint whose file names no secret: `whsec_` and 32 random bytes in base64. Its text is the key. */
export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

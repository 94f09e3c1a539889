import { randomInt } from 'node:crypto';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 24;

/** A new publishable key: `dcpub_test_` or `dcpub_live_` and 24 random letters and digits. */
export function newPublishableKey(mode: 'test' | 'live'): string {
  const random = Array.from({ length: LENGTH }, () => DIGITS[randomInt(DIGITS.length)]);
  return `dcpub_${mode}_${random.join('')}`;
}

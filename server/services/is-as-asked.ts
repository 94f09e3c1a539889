import type { BrandSettings } from '../domain/brand.ts';
import type { Payment, Transaction } from '../domain/transaction/transaction.ts';

/**
 * Whether what a gateway tells of a payment is what we asked for: this currency, this sum, and money of the brand's kind, real or
 * test. What it does not tell is not compared. Anything else is nobody's word but `mismatch`: a person looks at it.
 */
export const isAsAsked = (
  brand: BrandSettings,
  { currency }: Transaction,
  { amountMinor }: Payment,
  told: { currency?: string; amountMinor?: number; live: boolean },
): boolean =>
  (told.currency ?? currency) === currency &&
  (told.amountMinor ?? amountMinor) === amountMinor &&
  told.live === (brand.mode === 'live');

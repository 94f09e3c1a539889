/** Money is an integer in the currency's minor unit with its ISO 4217 code. Major units exist only at the edges. */
export interface Money {
  amountMinor: number;
  currency: string;
}

/** ISO 4217 currencies whose minor unit is not 1/100. Source: ISO 4217 list one, minor unit column. */
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
};

/** How many decimal digits the currency's major unit has: 2 for EUR, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => DIGITS[currency] ?? 2;

/**
 * Reads a vendor's decimal string ("12.50", "1200", "0.500") exactly, without floating point.
 * @returns minor units, or null when the text is no amount, is negative, or has more decimals than the currency (an amount
 * we could only charge by rounding it).
 */
export function parseAmount(text: string, currency: string): number | null {
  const parts = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!parts) return null;
  const digits = minorDigits(currency);
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  const minor = Number(parts[1] + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** The decimal string of an amount, as vendors and partners write it: 1250 EUR is "12.50". */
export function formatAmount({ amountMinor, currency }: Money): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return (amountMinor < 0 ? '-' : '') + (digits ? `${whole}.${text.slice(-digits)}` : whole);
}

/** Money is an integer in the currency's minor unit with its ISO 4217 code. Major units exist only at the edges. */
export interface Money {
  amountMinor: number;
  currency: string;
}

/** ISO 4217 currencies whose minor unit is not 1/100, by digits. Source: ISO 4217 list one, minor unit column. */
const DIGITS = new Map<string, number>(
  [
    [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'] as const,
    [3, 'BHD IQD JOD KWD LYD OMR TND'] as const,
    [4, 'CLF UYW'] as const,
  ].flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, digits] as const)),
);

/** How many decimal digits the currency's major unit has: 2 for EUR, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: string): number => DIGITS.get(currency) ?? 2;

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

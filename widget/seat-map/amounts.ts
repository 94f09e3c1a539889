/** An amount in minor units with the currency's own digits, "€18.00", or with `short` as seats and legend have it, "€18". */
export function amountText(amountMinor: number, currency: string, locale: string, short = false): string {
  const parts = partsOf(amountMinor, currency, locale);
  return joined(short ? withoutZeros(parts) : parts);
}

/** "€9–12", "9–12 €": the symbol once, on the side where the language has it. */
export function rangeText(low: number, high: number, currency: string, locale: string): string {
  const symbolFirst = partsOf(low, currency, locale)[0]?.type === 'currency';
  const bare = (amount: number): string => joined(withoutZeros(partsOf(amount, currency, locale)).filter(isNumeric));
  return symbolFirst
    ? `${amountText(low, currency, locale, true)}–${bare(high)}`
    : `${bare(low)}–${amountText(high, currency, locale, true)}`;
}

export interface WrittenPrice {
  /** "€1500": with the symbol, without separators of thousands, since the seat shows none. */
  spoken: string;
  /** "1500", "12.50". */
  number: string;
}

/** Writes each distinct price once, as a seat has it. */
export function priceWriter(currency: string, locale: string): (amountMinor: number) => WrittenPrice {
  const written = new Map<number, WrittenPrice>();
  return (amountMinor) => {
    let price = written.get(amountMinor);
    if (!price) {
      const parts = withoutZeros(partsOf(amountMinor, currency, locale)).filter((part) => part.type !== 'group');
      price = { spoken: joined(parts), number: joined(parts.filter(isNumeric)) };
      written.set(amountMinor, price);
    }
    return price;
  };
}

const NUMERIC = ['integer', 'group', 'decimal', 'fraction'];
const isNumeric = (part: Intl.NumberFormatPart): boolean => NUMERIC.includes(part.type);

const joined = (parts: Intl.NumberFormatPart[]): string => parts.map((part) => part.value).join('');

/** "€18.00" is "€18", "€18.50" stays. */
function withoutZeros(parts: Intl.NumberFormatPart[]): Intl.NumberFormatPart[] {
  const fraction = parts.find((part) => part.type === 'fraction');
  if (!fraction || /[^0]/.test(fraction.value)) return parts;
  return parts.filter((part) => part.type !== 'decimal' && part.type !== 'fraction');
}

const formatters = new Map<string, Intl.NumberFormat>();

function partsOf(amountMinor: number, currency: string, locale: string): Intl.NumberFormatPart[] {
  const digits = minorDigits(currency);
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      // browsers follow CLDR, which gives some currencies fewer digits than ISO 4217, in which our amounts are counted
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      numberingSystem: 'latn',
    });
    formatters.set(key, formatter);
  }
  return formatter.formatToParts(amountMinor / 10 ** digits);
}

/** ISO 4217, minor unit column; every other currency has 2. The same table as the server's. */
const DIGITS: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

/** How many digits the currency's major unit has after the point. */
export function minorDigits(currency: string): number {
  return DIGITS.find(([, codes]) => codes.split(' ').includes(currency))?.[0] ?? 2;
}

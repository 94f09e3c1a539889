import type { MapAnswer, Seat } from '../../server/wire/panel.ts';
import { amountText, priceWriter, rangeText } from './amounts.ts';
import type { SeatWords } from './words.ts';

/** What a seat's fill says: free, one of three price bands cheapest first, or extra legroom. */
export type Band = 'b0' | 'b1' | 'b2' | 'b3' | 'bL';

/** Amounts in minor units. */
export interface PriceBand {
  band: Band;
  low: number;
  high: number;
  /** What the seats of this band show where amounts are too long to be drawn. */
  letter?: string;
}

/** One line of the legend. `text`: "Free", "€32", "€9–12". */
export interface LegendEntry extends PriceBand {
  text: string;
}

/** How this map's prices are drawn and said. */
export interface PriceScale {
  /** Cheapest first, extra legroom last; only those that occur. */
  bands: PriceBand[];
  /** How many characters the longest amount on a narrow seat has. */
  widest: number;
  band: (price: number, legroom: boolean) => Band;
  /** What stands on the seat. `roomy`: the seat is wide enough for the currency's symbol. */
  drawn: (price: number, legroom: boolean, roomy: boolean) => string;
  /** The same in words; always holds what is drawn (WCAG 2.5.3). */
  spoken: (price: number, legroom: boolean, roomy: boolean) => string;
}

export interface ScaleOptions {
  currency: string;
  locale: string;
  words: Pick<SeatWords, 'free' | 'freeSpoken'>;
}

/** The legend of a map: the same bands, ranges and letters that its seats show. */
export function legendOf(map: MapAnswer, options: ScaleOptions): LegendEntry[] {
  const { currency, locale, words } = options;
  return priceScale(map, options).bands.map((entry) => {
    const { low, high } = entry;
    const one = high === 0 ? words.free : amountText(low, currency, locale, true);
    return { ...entry, text: low === high ? one : rangeText(low, high, currency, locale) };
  });
}

/** Works out bands and texts of the prices of one map. */
export function priceScale(map: MapAnswer, { currency, locale, words }: ScaleOptions): PriceScale {
  const { plain, legroom, free } = pricesOf(map);
  const most = mostAbreast(map);
  const write = priceWriter(currency, locale);

  let digits = 0;
  let widest = 0;
  let withSymbol = 0;
  for (const price of [...plain, ...legroom]) {
    const { number, spoken } = write(price);
    digits = Math.max(digits, number.replace(/\D/g, '').length);
    widest = Math.max(widest, number.length);
    withSymbol = Math.max(withSymbol, spoken.length);
  }
  const lettered = digits > 4 || (most > 6 && widest > 4);
  const freeWord = words.free.length <= 5 ? words.free : '0';

  const bands: PriceBand[] = free ? [{ band: 'b0', low: 0, high: 0 }] : [];
  const addBand = (band: Band, prices: number[]): void => {
    const letter = String.fromCharCode(65 + bands.length - (free ? 1 : 0));
    bands.push({ band, low: prices[0] ?? 0, high: prices.at(-1) ?? 0, ...(lettered && { letter }) });
  };
  bandsOf(plain).forEach((prices, i) => addBand(`b${i + 1}` as Band, prices));
  if (legroom.length > 0) addBand('bL', legroom);

  const bandOf = (price: number, extra: boolean): Band => {
    if (price === 0) return 'b0';
    return extra ? 'bL' : (bands.find(({ band, high }) => band !== 'bL' && price <= high)?.band ?? 'b3');
  };
  const drawn = (price: number, extra: boolean, roomy: boolean): string => {
    if (price === 0) return roomy || most < 7 ? freeWord : '0';
    if (lettered) return bands.find(({ band }) => band === bandOf(price, extra))?.letter ?? '';
    return (roomy ? withSymbol <= 6 : withSymbol <= 3 && most < 9) ? write(price).spoken : write(price).number;
  };
  const spoken = (price: number, extra: boolean, roomy: boolean): string => {
    const text = write(price).spoken;
    if (price === 0) return drawn(0, extra, roomy) === '0' ? `${words.freeSpoken}, ${text}` : words.freeSpoken;
    return lettered ? `${drawn(price, extra, roomy)}, ${text}` : text;
  };
  return { bands, widest: lettered ? 1 : widest, band: bandOf, drawn, spoken };
}

/** Most seats side by side in any cabin, folded ones too: they are as wide as they are. */
export function mostAbreast(map: MapAnswer): number {
  let most = 1;
  for (const deck of map.decks) for (const { columns } of deck.cabins) most = Math.max(most, seatsAbreast(columns));
  return most;
}

export const seatsAbreast = (columns: string): number => columns.replaceAll(' ', '').length;

/** Code L of PADIS 9825. Only where it costs something is it told apart from the price bands. */
export const hasLegroom = (seat: Seat): boolean => seat.c !== undefined && seat.c.includes('L');

/** Distinct prices that some traveller may be asked, ascending. */
function pricesOf(map: MapAnswer): { plain: number[]; legroom: number[]; free: boolean } {
  const plain = new Set<number>();
  const legroom = new Set<number>();
  for (const deck of map.decks) {
    for (const cabin of deck.cabins) {
      if (cabin.fold) continue;
      for (const row of cabin.rows) {
        for (const seat of row.seats) {
          if (seat === 0 || seat.p === undefined) continue;
          const prices = hasLegroom(seat) ? legroom : plain;
          if (typeof seat.p === 'number') prices.add(seat.p);
          else for (const price of seat.p) if (price !== null) prices.add(price);
        }
      }
    }
  }
  const freePlain = plain.delete(0);
  const freeLegroom = legroom.delete(0);
  return { plain: ascending(plain), legroom: ascending(legroom), free: freePlain || freeLegroom };
}

const ascending = (prices: Iterable<number>): number[] => [...prices].sort((a, b) => a - b);

/** A band may span amounts up to a third apart: €9 and €12 read as one price, €12 and €18 do not. */
const CLOSE = 4 / 3;

/** Ascending prices in at most three bands: always joins the two neighbours that are closest to each other. */
function bandsOf(prices: number[]): number[][] {
  const groups = prices.map((price) => [price]);
  const span = (i: number): number => (groups[i + 1]?.at(-1) ?? Infinity) / (groups[i]?.[0] ?? 1);
  while (groups.length > 1) {
    let best = 0;
    for (let i = 1; i < groups.length - 1; i++) if (span(i) < span(best)) best = i;
    if (groups.length <= 3 && span(best) > CLOSE) break;
    groups.splice(best, 2, [...(groups[best] ?? []), ...(groups[best + 1] ?? [])]);
  }
  return groups;
}

import type { Segment, Traveller } from '../domain/booking.ts';
import { lapHolders, otherCabin, reasonAgainst } from '../domain/eligibility.ts';
import type { CabinSection, Row, Seat, SeatMap } from '../domain/seat-map.ts';
import type * as wire from '../wire/panel.ts';

/** What a seat costs one traveller, or why they may not have it. */
export type SeatTerms = { price: number; taxes?: number; currency: string | null } | { why: wire.Reason };

/** PADIS 9825 codes that the panel has words for. The others stay here: they would only make the answer longer. */
const WORTH_WORDS = new Set(['1W', 'E', 'L', 'K', 'OW', '1D', '29', '30', 'AL', 'AG', '6', '6A', 'FC', 'Q', 'B', 'H']);

const POSITION = { window: ['W'], aisle: ['A'], middle: ['9'], unknown: [] } as const;

/** Vendors' facility codes (gds: PADIS, Amadeus dictionaries) as the panel draws them. */
const FACILITIES: Readonly<Record<string, wire.Facility['code']>> = {
  LA: 'lavatory',
  G: 'galley',
  GN: 'galley',
  CL: 'closet',
  SO: 'closet',
  ST: 'stairs',
};

/** PADIS "no seat at this location": a gap, and nothing stands in it. */
const NOTHING = '8';

/** The terms on which a traveller may have a seat, by the rules of eligibility.ts. */
export function termsOf(
  place: { seat: Seat; row: Pick<Row, 'exit'>; cabin: Pick<CabinSection, 'cabin'> },
  traveller: Traveller,
  segment: Segment,
  withInfant: boolean,
): SeatTerms {
  const why = reasonAgainst(place, traveller, segment, withInfant);
  if (why) return { why };
  const price = place.seat.offers[traveller.id]!.price;
  if (price.kind !== 'paid') return { price: 0, currency: null };
  const { total, taxes } = price;
  return { price: total.amountMinor, currency: total.currency, ...(taxes && { taxes: taxes.amountMinor }) };
}

/**
 * The common seat map as the panel hears it: compact, and with the rules already applied per traveller.
 * @param travellers those who can have a seat, in the order of the answer
 */
export function describeMap(
  map: SeatMap,
  segment: Segment,
  booking: { travellers: Traveller[] },
  times: { readAt: number; expiresAt: number },
): wire.MapAnswer {
  const travellers = booking.travellers.filter((one) => one.seatable);
  const infants = lapHolders(booking.travellers);
  const describeSeat = (cabin: CabinSection, row: Row, seat: Seat | null): wire.Seat | 0 => {
    if (!seat) return 0;
    const terms = travellers.map((one) => termsOf({ seat, row, cabin }, one, segment, infants.has(one.id)));
    const codes = [...POSITION[seat.position], ...seat.characteristics.filter((code) => WORTH_WORDS.has(code))];
    const prices = terms.map((one) => ('price' in one ? one.price : null));
    const reasons = terms.map((one) => ('why' in one ? one.why : (0 as const)));
    return {
      ...(codes.length && { c: codes }),
      ...(prices.some((price) => price !== null) && { p: same(prices) && prices[0] !== null ? prices[0]! : prices }),
      ...(reasons.some((reason) => reason !== 0) && { no: same(reasons) && reasons[0] !== 0 ? reasons[0]! : reasons }),
    };
  };
  return {
    segment: segment.id,
    read_at: new Date(times.readAt).toISOString(),
    expires_at: new Date(times.expiresAt).toISOString(),
    decks: map.decks.map((deck) => ({
      level: deck.level,
      cabins: deck.cabins.map((cabin) => {
        const rows = cabin.rows.map((row) => {
          const facilities = describeFacilities(cabin, row);
          return {
            n: row.number,
            ...(row.exit && { exit: true as const }),
            seats: row.slots.map((seat) => describeSeat(cabin, row, seat)),
            ...(facilities.length && { facilities }),
          };
        });
        const open = rows.some((row) => row.seats.some((seat) => seat !== 0 && seat.p !== undefined));
        return {
          cabin: cabin.cabin,
          ...(!open && otherCabin(cabin.cabin, segment.cabin) && { fold: true as const }),
          columns: cabin.columns.map((slot) => (slot.kind === 'seat' ? slot.letter : ' ')).join(''),
          ...(cabin.wing && { wing: [cabin.wing.fromRow, cabin.wing.toRow] as [number, number] }),
          rows,
        };
      }),
    })),
  };
}

/** Whether anybody may have any seat of this answer. */
export const hasFreeSeat = (map: wire.MapAnswer): boolean =>
  map.decks.some((deck) =>
    deck.cabins.some((cabin) => cabin.rows.some((row) => row.seats.some((seat) => seat !== 0 && seat.p !== undefined))),
  );

function describeFacilities(cabin: CabinSection, row: Row): wire.Facility[] {
  const letters = cabin.columns.flatMap((slot) => (slot.kind === 'seat' ? [slot.letter] : []));
  const shown = new Map<string, wire.Facility>();
  for (const facility of cabin.facilities) {
    if (facility.row !== row.number || facility.code === NOTHING) continue;
    const code = FACILITIES[facility.code] ?? 'other';
    const at = sideOf(facility.columns, letters);
    const before = facility.position !== 'rear';
    shown.set(`${code} ${at} ${before}`, { code, at, before });
  }
  return [...shown.values()];
}

/** Where in the cabin's width a facility stands, by the third in which its columns lie. */
function sideOf(columns: readonly string[], letters: readonly string[]): wire.Facility['at'] {
  const places = columns.map((letter) => letters.indexOf(letter)).filter((index) => index >= 0);
  if (!places.length || letters.length < 2) return 'centre';
  const middle = places.reduce((sum, index) => sum + index, 0) / places.length / (letters.length - 1);
  return middle < 1 / 3 ? 'left' : middle > 2 / 3 ? 'right' : 'centre';
}

const same = (values: readonly unknown[]): boolean => values.every((value) => value === values[0]);

import { readFileSync } from 'node:fs';

/** Raw replies for the tests of the Amadeus adapter: fixtures from test/samples, and seat maps put together seat by seat. */

export const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../samples/amadeus/${name}.json`, import.meta.url), 'utf8')) as unknown;

export interface RawOffer {
  travelerId?: string;
  seatAvailabilityStatus: string;
  price?: { currency?: string; total?: string; base?: string; taxes?: { amount?: string; code?: string }[] };
}

export interface RawSeat {
  cabin?: string;
  number: string;
  characteristicsCodes?: string[];
  coordinates?: { x?: number; y?: number };
  travelerPricing?: RawOffer[];
}

export const offer = (
  travelerId: string,
  seatAvailabilityStatus = 'AVAILABLE',
  total?: string,
  currency = 'EUR',
): RawOffer => ({
  travelerId,
  seatAvailabilityStatus,
  ...(total !== undefined && { price: { currency, total } }),
});

export const seat = (number: string, x: number, y: number, more: Partial<RawSeat> = {}): RawSeat => ({
  cabin: 'ECONOMY',
  number,
  characteristicsCodes: [],
  coordinates: { x, y },
  travelerPricing: [offer('1')],
  ...more,
});

/** A row of seats, by letter and place across: row(12, 5, { A: 0, B: 1, C: 3 }). */
export const row = (
  number: number,
  x: number,
  places: Record<string, number>,
  more: Partial<RawSeat> = {},
): RawSeat[] => Object.entries(places).map(([letter, y]) => seat(`${number}${letter}`, x, y, more));

export const threeThree = { A: 0, B: 1, C: 2, D: 4, E: 5, F: 6 };

export const deck = (seats: RawSeat[], more: object = {}) => ({
  deckType: 'MAIN',
  deckConfiguration: { width: 7 },
  seats,
  ...more,
});

export const entry = (decks: object[], more: object = {}) => ({
  type: 'seatmap',
  id: '1',
  flightOfferId: '1',
  segmentId: '3',
  carrierCode: 'ZZ',
  number: '100',
  aircraft: { code: '320' },
  decks,
  ...more,
});

export const reply = (...data: object[]) => ({ meta: { count: data.length }, data });

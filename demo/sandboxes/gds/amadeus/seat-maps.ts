import { maySit } from '../../airline/airline.ts';
import type { Airline, Sitter } from '../../airline/airline.ts';
import type { CabinSeat, DeckPlan } from '../../airline/cabin.ts';
import type { Flight } from '../../airline/flights.ts';
import { HELD_SEAT_STATUS, NO_MAP_WARNING, OTHER_CABIN_STATUS } from './assumptions.ts';
import { decimal, describeLocations } from './orders.ts';

/** Whose map of which flight. Made from an order (GET) or from an offer (POST). */
export interface Asked {
  flightOfferId: string;
  segments: { id: string; bookingClass: string; flight: Flight | undefined; called: string; pointer: string }[];
  /** Those that need a seat. */
  travellers: ({ id: string } & Sitter)[];
}

interface WireDeck {
  deckType: 'MAIN' | 'UPPER';
  deckConfiguration: Record<string, number | number[]>;
  facilities?: object[];
  seats: WireSeat[];
}

type Status = 'AVAILABLE' | 'BLOCKED' | 'OCCUPIED';

interface WireSeat {
  cabin: string;
  number: string;
  characteristicsCodes?: string[];
  travelerPricing: { travelerId: string; seatAvailabilityStatus: Status; price?: object }[];
  coordinates: { x: number; y: number };
}

/** The body of a seat map reply, `GET|POST /v1/shopping/seatmaps`. `dearerBy`: euro cents on top of every price. */
export function describeSeatMaps(
  airline: Airline,
  asked: Asked[],
  self: string,
  dearerBy: number,
): Record<string, unknown> {
  const data: { decks: { seats: WireSeat[] }[] }[] = [];
  const airports = new Set<string>();
  const warnings: object[] = [];
  for (const { flightOfferId, segments, travellers } of asked) {
    for (const { id, bookingClass, flight, called, pointer } of segments) {
      if (!flight?.mapped) {
        warnings.push({ ...NO_MAP_WARNING, detail: `No seat map for flight ${called}`, source: { pointer } });
        continue;
      }
      airports.add(flight.departure.airport).add(flight.arrival.airport);
      const place = { id: String(data.length + 1), class: bookingClass, flightOfferId, segmentId: id };
      data.push(describeMap(airline, flight, travellers, place, dearerBy));
    }
  }
  return {
    meta: { count: data.length, links: { self } },
    ...(warnings.length > 0 && { warnings }),
    data,
    dictionaries: {
      locations: describeLocations([...airports]),
      facilities: { LA: 'Lavatory', G: 'Galley', CL: 'Closet' },
      seatCharacteristics: describeCodes(data),
    },
  };
}

function describeMap(
  airline: Airline,
  flight: Flight,
  travellers: Asked['travellers'],
  place: object,
  dearerBy: number,
) {
  const held = airline.heldOn(flight);
  const statusOf = (seat: CabinSeat, sitter: Sitter): Status => {
    if (held.has(seat.designator)) return HELD_SEAT_STATUS;
    if (seat.start === 'taken') return 'OCCUPIED';
    if (seat.cabin !== 'economy') return OTHER_CABIN_STATUS;
    return seat.start === 'open' && maySit(sitter, seat) ? 'AVAILABLE' : 'BLOCKED';
  };
  const point = ({ airport, terminal, local }: Flight['departure']) => ({
    iataCode: airport,
    ...(terminal !== undefined && { terminal }),
    at: local,
  });
  const decks = airline
    .decks(flight)
    .filter(({ seats }) => seats.some(({ cabin }) => cabin === 'economy'))
    .map((deck) => describeDeck(deck, (seat) => describeSeat(deck, seat, travellers, statusOf, dearerBy)));
  if (flight.untidy) for (const deck of decks) makeUntidy(deck);
  return {
    ...place,
    type: 'seatmap',
    departure: point(flight.departure),
    arrival: point(flight.arrival),
    carrierCode: flight.airline,
    number: flight.number,
    operating: { carrierCode: flight.operatedBy },
    aircraft: { code: flight.aircraft.code },
    decks,
    aircraftCabinAmenities: describeAmenities(flight),
    availableSeatsCounters: travellers.map(({ id }) => ({ travelerId: id, value: countAvailable(decks, id) })),
  };
}

/** `x` counts lines from the nose (lines of facilities too), `y` places from the left (aisles too). */
function describeDeck(deck: DeckPlan, describe: (seat: CabinSeat) => WireSeat): WireDeck {
  const rows = deck.seats.map(({ row }) => row);
  const { wing } = deck;
  return {
    deckType: deck.level === 'upper' ? 'UPPER' : 'MAIN',
    deckConfiguration: {
      width: deck.width,
      length: deck.lines.length,
      startSeatRow: Math.min(...rows),
      endSeatRow: Math.max(...rows),
      ...(wing && {
        startWingsX: lineOf(deck, wing.from),
        endWingsX: lineOf(deck, wing.to),
        startWingsRow: wing.from,
        endWingsRow: wing.to,
      }),
      exitRowsX: deck.exits.map((row) => lineOf(deck, row)),
    },
    facilities: describeFacilities(deck),
    seats: deck.seats.map(describe),
  };
}

function lineOf(deck: DeckPlan, row: number): number {
  return deck.lines.findIndex((line) => line.row === row);
}

/** One entry a place. A front one has no row (as in the samples), one in place of a seat or behind the last row has. */
function describeFacilities({ lines }: DeckPlan): object[] {
  const codes = { lavatory: 'LA', galley: 'G', closet: 'CL' };
  return lines.flatMap(({ row, stands, facilities }, x) =>
    facilities.map(({ kind, place, column }) => {
      const position = stands ? (stands.side === 'front' ? 'FRONT' : 'REAR') : 'SEAT';
      const level = stands?.side === 'rear' ? stands.of : row;
      return {
        code: codes[kind],
        ...(level !== undefined && { row: String(level) }),
        ...(column !== undefined && { column }),
        position,
        coordinates: { x, y: place },
      };
    }),
  );
}

/**
 * As measured on real replies: the order of the travellers changes from seat to seat, and some seats that nobody can have
 * carry a price all the same.
 */
function describeSeat(
  deck: DeckPlan,
  seat: CabinSeat,
  travellers: Asked['travellers'],
  statusOf: (seat: CabinSeat, sitter: Sitter) => Status,
  dearerBy: number,
): WireSeat {
  const inThisRow = seat.row % 2 === 0 ? travellers.toReversed() : travellers;
  return {
    cabin: seat.cabin.toUpperCase(),
    number: seat.designator,
    characteristicsCodes: seat.codes.includes('L') ? [...seat.codes, '1A_AQC_PREMIUM_SEAT'] : [...seat.codes],
    travelerPricing: inThisRow.map((traveller) => {
      const status = statusOf(seat, traveller);
      const priced = status === 'AVAILABLE' || (seat.start !== 'shut' && seat.row % 4 === 0);
      return {
        travelerId: traveller.id,
        seatAvailabilityStatus: status,
        ...(priced && { price: describePrice(seat, dearerBy) }),
      };
    }),
    coordinates: { x: lineOf(deck, seat.row), y: seat.place },
  };
}

/** Most seats have a total only; those with legroom say what of it is tax. */
function describePrice({ price, codes }: CabinSeat, dearerBy: number): object {
  const total = { currency: 'EUR', total: decimal(price + dearerBy) };
  if (!codes.includes('L')) return total;
  const tax = Math.round(price / 11);
  return { ...total, base: decimal(price + dearerBy - tax), taxes: [{ amount: decimal(tax), code: 'GB' }] };
}

function countAvailable(decks: { seats: WireSeat[] }[], travelerId: string): number {
  const free = ({ travelerPricing }: WireSeat) =>
    travelerPricing.some((one) => one.travelerId === travelerId && one.seatAvailabilityStatus === 'AVAILABLE');
  return decks.reduce((sum, deck) => sum + deck.seats.filter(free).length, 0);
}

/** Every fault that was measured on real replies, on one flight (ZS 841). */
function makeUntidy(deck: WireDeck): void {
  // No facilities at all; the wings by row number only.
  delete deck.facilities;
  delete deck.deckConfiguration['startWingsX'];
  delete deck.deckConfiguration['endWingsX'];
  for (const seat of deck.seats) {
    const row = Number.parseInt(seat.number, 10);
    const codes = seat.characteristicsCodes ?? [];
    // An exit by `exitRowsX` whose seats do not say `E`; a code twice; a seat without codes.
    if (row === 14) seat.characteristicsCodes = codes.filter((code) => code !== 'E');
    if (row === 10) seat.characteristicsCodes = codes.flatMap((code) => (code === 'A' ? ['A', 'A'] : [code]));
    if (seat.number === '30F') delete seat.characteristicsCodes;
    // Chargeable, available, and no price: nothing that could be sold. Neither chargeable nor priced: free, we think.
    const nameless = row === 20 || (row > 24 && !codes.includes('CH'));
    if (nameless) for (const one of seat.travelerPricing) delete one.price;
  }
}

function describeAmenities({ aircraft }: Flight): object {
  return {
    power: { isChargeable: false, powerType: 'USB_PORT', usbType: 'USB_C' },
    seat: { legSpace: aircraft.legSpaceInches, spaceUnit: 'INCHES', tilt: 'NORMAL' },
    wifi: { isChargeable: true, wifiCoverage: 'FULL' },
    entertainment: aircraft.longHaul ? [{ isChargeable: false, entertainmentType: 'AUDIO_VIDEO_ON_DEMAND' }] : [],
    food: { isChargeable: !aircraft.longHaul, foodType: aircraft.longHaul ? 'MEAL' : 'SNACK' },
    beverage: { isChargeable: !aircraft.longHaul, beverageType: 'ALCOHOLIC_AND_NON_ALCOHOLIC' },
  };
}

function describeCodes(data: { decks: { seats: WireSeat[] }[] }[]): Record<string, string> {
  const seats = data.flatMap(({ decks }) => decks.flatMap((deck) => deck.seats));
  const used = new Set(seats.flatMap((seat) => seat.characteristicsCodes ?? []));
  return Object.fromEntries([...used].flatMap((code) => (CODE_TEXTS[code] ? [[code, CODE_TEXTS[code]]] : [])));
}

const CODE_TEXTS: Record<string, string> = {
  '9': 'Center seat (not window, not aisle)',
  '1A': 'Seat not allowed for infant',
  '1D': 'Restricted recline seat',
  '1A_AQC_PREMIUM_SEAT': 'Premium seat',
  A: 'Aisle seat',
  AL: 'Seat adjacent to lavatory',
  CH: 'Chargeable seats',
  E: 'Exit row seat',
  IE: 'Seat not suitable for child',
  K: 'Bulkhead seat',
  L: 'Leg space seat',
  LS: 'Left side of aircraft',
  OW: 'Overwing seat',
  RS: 'Right side of aircraft',
  W: 'Window seat',
};

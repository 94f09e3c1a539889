import type { CabinName } from '../../domain/booking.ts';
import type { FlightMap } from '../../domain/flight-map.ts';
import type { Deck, SeatMap } from '../../domain/seat-map.ts';
import { buildSections, linesOf, type Line, type PlacedSeat } from './cabin.ts';
import { placeFacilities, type PlacedFacility } from './facilities.ts';
import { createNotes, type Notes } from './notes.ts';
import { offersOf } from './offers.ts';
import type { DeckEntry, FacilityEntry, SeatEntry, SeatMapEntry } from './reply.ts';

/** When a map was read and, where that is known, until when its offers hold. UTC instants. */
export interface ReadTimes {
  fetchedAt: string;
  expiresAt?: string;
}

/** One entry of a reply in our words. */
export interface MapEntry extends FlightMap {
  flightOfferId?: string;
}

/** A deck's entries, sorted into seats and what stands in their places. */
interface DeckParts {
  entry: DeckEntry;
  seats: PlacedSeat[];
  /** From the list of seats: places in a row where there is none. */
  noSeats: PlacedFacility[];
}

/** Reads one entry of a seat map reply. Seats that cannot be read are left out and said so; the map is then partial. */
export function readEntry(entry: SeatMapEntry, position: number, times: ReadTimes): MapEntry {
  const notes = createNotes();
  const reading: Reading = { notes, partial: false, available: new Map(), seen: new Set() };
  const parts = entry.decks.map((deck) => readDeck(deck, reading));
  const exits = parts.some(({ seats }) => seats.some(isExit)) ? exitsBySeats : exitsByX;
  const decks = parts.map((deck) => buildDeck(deck, exits, notes));
  checkCounters(entry, reading);
  const map: SeatMap = {
    segmentId: entry.segmentId ?? String(position + 1),
    leg: 1,
    ...(times.expiresAt !== undefined && { expiresAt: times.expiresAt }),
    decks,
    source: { fetchedAt: times.fetchedAt, partial: reading.partial, warnings: notes.list() },
  };
  return { flight: flightOf(entry), map, ...(entry.flightOfferId && { flightOfferId: entry.flightOfferId }) };
}

/** What reading an entry gathers on its way. */
interface Reading {
  notes: Notes;
  partial: boolean;
  /** AVAILABLE by traveller, as the reply lists them. */
  available: Map<string, number>;
  /** Designators: one aircraft has each once. */
  seen: Set<string>;
}

function readDeck(entry: DeckEntry, reading: Reading): DeckParts {
  const parts: DeckParts = { entry, seats: [], noSeats: [] };
  for (const seat of entry.seats) readSeat(seat, parts, reading);
  return parts;
}

function readSeat(seat: SeatEntry, parts: DeckParts, reading: Reading): void {
  const number = /^0*([1-9]\d{0,2})-?([A-Z])$/.exec(seat.number.trim().toUpperCase());
  if (!number) {
    reading.partial = true;
    reading.notes.add('a seat whose number is no row and letter is left out', seat.number.slice(0, 10));
    return;
  }
  const row = Number(number[1]);
  const column = number[2]!;
  const designator = `${row}${column}`;
  const characteristics = [...new Set((seat.characteristicsCodes ?? []).map((code) => code.trim()).filter(Boolean))];
  const offers = offersOf(seat, designator, characteristics, reading.notes);
  for (const [traveller, offer] of Object.entries(offers)) {
    if (offer.availability !== 'available') continue;
    reading.available.set(traveller, (reading.available.get(traveller) ?? 0) + 1);
  }
  if (reading.seen.has(designator)) {
    reading.notes.add('a seat is listed twice; the first entry counts', designator);
    return;
  }
  reading.seen.add(designator);
  const x = seat.coordinates?.x ?? null;
  const y = seat.coordinates?.y ?? null;
  const cabin = CABINS.get(seat.cabin ?? '') ?? 'unknown';
  const code = NO_SEAT.find((one) => characteristics.includes(one));
  if (code) parts.noSeats.push({ code, row, position: 'in_row', column, x, y });
  else parts.seats.push({ row, column, x, y, cabin, characteristics, offers });
}

function readFacility({ code, row, column, position, coordinates }: FacilityEntry): PlacedFacility {
  const number = row === null || row === undefined ? NaN : Number(row);
  return {
    code,
    row: Number.isInteger(number) && number > 0 ? number : null,
    position: POSITIONS.get(position ?? '') ?? 'in_row',
    column: column ?? null,
    x: coordinates?.x ?? null,
    y: coordinates?.y ?? null,
  };
}

function buildDeck(parts: DeckParts, exits: ExitRows, notes: Notes): Deck {
  const { entry, seats, noSeats } = parts;
  const lines = linesOf(seats);
  const sections = buildSections(lines, { exits: exits(lines, entry), wings: wingLines(lines, entry), noSeats });
  const lost = placeFacilities(sections, [...noSeats, ...(entry.facilities ?? []).map(readFacility)]);
  if (lost) notes.add(`${lost} of the facilities name no place along the aircraft and are left out`);
  const level = DECKS.get(entry.deckType ?? 'MAIN');
  if (!level) notes.add(`a deck that is not known is taken for the main deck: ${String(entry.deckType).slice(0, 20)}`);
  return { level: level ?? 'main', cabins: sections.map(({ section }) => section) };
}

type ExitRows = (lines: readonly Line[], entry: DeckEntry) => Set<number>;

const isExit = ({ characteristics }: PlacedSeat): boolean => characteristics.includes('E');

const exitsBySeats: ExitRows = (lines) =>
  new Set(lines.filter(({ seats }) => seats.some(isExit)).map(({ row }) => row));

/** Only where no seat of the whole map says so: the list holds places along the aircraft, and some of them hold no seats. */
const exitsByX: ExitRows = (lines, { deckConfiguration }) => {
  const places = new Set(deckConfiguration?.exitRowsX);
  return new Set(lines.filter(({ x }) => x !== null && places.has(x)).map(({ row }) => row));
};

/** The rows over the wing: by places along the aircraft, by rows, by the one end that is given, by what the seats say. */
function wingLines(lines: readonly Line[], { deckConfiguration }: DeckEntry): Set<Line> {
  const { startWingsX, endWingsX, startWingsRow, endWingsRow } = deckConfiguration ?? {};
  const within = (
    from: number | null | undefined,
    to: number | null | undefined,
    place: (line: Line) => number | null,
  ) => {
    const known = lines.filter((line) => place(line) !== null);
    return known.filter((line) => place(line)! >= (from ?? -Infinity) && place(line)! <= (to ?? Infinity));
  };
  const given = (value: number | null | undefined): value is number => typeof value === 'number';
  const byX = () => within(startWingsX, endWingsX, ({ x }) => x);
  const byRow = () => within(startWingsRow, endWingsRow, ({ row }) => row);
  const tries = [
    given(startWingsX) && given(endWingsX) ? byX : null,
    given(startWingsRow) && given(endWingsRow) ? byRow : null,
    given(startWingsX) !== given(endWingsX) ? byX : null,
    given(startWingsRow) !== given(endWingsRow) ? byRow : null,
    () => lines.filter(({ seats }) => seats.some(({ characteristics }) => characteristics.includes('OW'))),
  ];
  for (const attempt of tries) {
    const found = attempt?.() ?? [];
    if (found.length) return new Set(found);
  }
  return new Set();
}

/** The reply counts the available seats of each traveller: a checksum of what was read. */
function checkCounters(entry: SeatMapEntry, { available, notes }: Reading): void {
  for (const { travelerId, value } of entry.availableSeatsCounters ?? []) {
    const found = available.get(travelerId) ?? 0;
    if (found === value) continue;
    notes.add(`the reply counts ${value} available seats for traveller ${travelerId}, its map has ${found}`);
  }
}

function flightOf(entry: SeatMapEntry): FlightMap['flight'] {
  const operatedBy = entry.operating?.carrierCode;
  const fields = {
    airline: entry.carrierCode,
    number: entry.number,
    operatedBy: operatedBy === entry.carrierCode ? null : operatedBy,
    origin: entry.departure?.iataCode,
    destination: entry.arrival?.iataCode,
    departsLocal: entry.departure?.at?.slice(0, 16),
    aircraft: entry.aircraft?.code,
    bookingClass: entry.class,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as FlightMap['flight'];
}

/** PADIS 9825 codes of a place that holds no seat. The one that names nothing comes last. */
const NO_SEAT = ['LA', 'GN', 'CL', 'SO', '8'];

export const CABINS: ReadonlyMap<string, CabinName> = new Map([
  ['FIRST', 'first'],
  ['BUSINESS', 'business'],
  ['PREMIUM_ECONOMY', 'premium_economy'],
  ['ECONOMY', 'economy'],
]);

const DECKS: ReadonlyMap<string, Deck['level']> = new Map([
  ['UPPER', 'upper'],
  ['MAIN', 'main'],
  ['LOWER', 'lower'],
]);

const POSITIONS: ReadonlyMap<string, PlacedFacility['position']> = new Map([
  ['FRONT', 'front'],
  ['REAR', 'rear'],
  ['SEAT', 'in_row'],
]);

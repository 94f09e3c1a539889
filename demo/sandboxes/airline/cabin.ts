import type { Aircraft, Cabin, Deck } from './aircraft.ts';

/** One seat of one flight, before any of our bookings sits in it. */
export interface CabinSeat {
  /** '12A' */
  designator: string;
  row: number;
  column: string;
  cabin: Cabin['cabin'];
  /** Its place across the deck, counted from the left, aisles included. */
  place: number;
  /** IATA PADIS codes, list 9825: W window, A aisle, 9 neither, CH chargeable, E exit row, … */
  codes: string[];
  /** Who else is aboard: `taken` by other people, `shut` by the airline. */
  start: 'open' | 'taken' | 'shut';
  /** Euro cents. */
  price: number;
}

export interface Facility {
  kind: 'lavatory' | 'galley' | 'closet';
  place: number;
  /** The column that it is level with, where that place has one. */
  column?: string;
}

/** One line across the deck, from the nose to the tail: a row of seats, or only facilities. */
export interface Line {
  /** Absent on a line of facilities. */
  row?: number;
  /** Where a line of facilities belongs: ahead of a cabin's row, or behind its last one. */
  stands?: { side: 'front' | 'rear'; of: number };
  facilities: Facility[];
}

export interface DeckPlan {
  level: Deck['level'];
  /** Places across, aisles included. */
  width: number;
  lines: Line[];
  seats: CabinSeat[];
  exits: number[];
  wing: { from: number; to: number } | undefined;
}

/** How a cabin was filled by strangers: by chance, the same each time (`seed`), or to the last seat. */
export interface Crowd {
  seed: number;
  full?: true;
}

/** Draws every deck of an aircraft, main deck first, and fills it. The same arguments give the same seats. */
export function planDecks(aircraft: Aircraft, crowd: Crowd): DeckPlan[] {
  const chance = repeatableChance(crowd.seed);
  return aircraft.decks.map((deck) => ({
    level: deck.level,
    width: deck.cabins[0]!.across.length,
    lines: deck.cabins.flatMap(linesOf),
    seats: deck.cabins.flatMap((cabin) => seatsOf(cabin, crowd, chance)),
    exits: deck.cabins.flatMap((cabin) => cabin.exits),
    wing: deck.cabins.find((cabin) => cabin.wing)?.wing,
  }));
}

function rowsOf({ rows }: Cabin): number[] {
  const numbers = Array.from({ length: rows.to - rows.from + 1 }, (_, index) => rows.from + index);
  return numbers.filter((row) => !rows.without?.includes(row));
}

function linesOf(cabin: Cabin): Line[] {
  const lines: Line[] = [];
  const only = (mask: string | undefined, stands: Line['stands']) => {
    if (mask && stands) lines.push({ stands, facilities: facilitiesOf(cabin, mask) });
  };
  only(cabin.front, { side: 'front', of: cabin.rows.from });
  for (const row of rowsOf(cabin)) {
    only(cabin.before?.[row], { side: 'front', of: row });
    const closets = (cabin.closets?.[row] ?? '').split('');
    lines.push({
      row,
      facilities: closets.map((column) => ({ kind: 'closet', place: cabin.across.indexOf(column), column })),
    });
  }
  only(cabin.rear, { side: 'rear', of: cabin.rows.to });
  return lines;
}

function facilitiesOf(cabin: Cabin, mask: string): Facility[] {
  const kinds: Record<string, Facility['kind']> = { L: 'lavatory', G: 'galley', C: 'closet' };
  return mask.split('').flatMap((mark, place) => {
    const kind = kinds[mark];
    const column = cabin.across[place]!;
    if (!kind) return [];
    return [/[A-Z]/.test(column) ? { kind, place, column } : { kind, place }];
  });
}

function seatsOf(cabin: Cabin, crowd: Crowd, chance: () => number): CabinSeat[] {
  const seats: CabinSeat[] = [];
  for (const row of rowsOf(cabin)) {
    let neighbour: CabinSeat['start'] | undefined;
    for (const [place, column] of cabin.across.split('').entries()) {
      if (!/[A-Z]/.test(column) || cabin.noSeat?.[row]?.includes(column)) continue;
      const facts = factsOf(cabin, row, place);
      const start = fill(cabin, crowd, chance(), chance(), neighbour);
      neighbour = start;
      const price = cabin.price(row, { legroom: facts.includes('L'), middle: facts.includes('9') });
      const codes = price > 0 ? ['CH', ...facts] : facts;
      seats.push({ designator: `${row}${column}`, row, column, cabin: cabin.cabin, place, codes, start, price });
    }
  }
  return seats;
}

/** About 36 in 100 are taken, a few more beside a taken one (people travel together), and 4 in 100 the airline keeps. */
function fill(cabin: Cabin, crowd: Crowd, luck: number, company: number, neighbour?: CabinSeat['start']) {
  if (crowd.full) return 'taken';
  if (cabin.closed) return 'shut';
  if (company < 0.2 && neighbour === 'taken') return 'taken';
  return luck < 0.36 ? 'taken' : luck < 0.405 ? 'shut' : 'open';
}

/** What there is to know about a seat, in PADIS codes. */
function factsOf(cabin: Cabin, row: number, place: number): string[] {
  const { across, rows, exits, wing } = cabin;
  const exit = exits.includes(row);
  const first = row === rows.from && cabin.cabin === 'economy';
  const codes = [positionOf(across, place), place < across.length / 2 ? 'LS' : 'RS'];
  if (exit || first) codes.push('L');
  // A baby on a lap may not sit at an exit, nor in the last row, which has no mask to spare; a child not at an exit.
  if (exit) codes.push('E', '1A', 'IE');
  else if (first) codes.push('K');
  else if (row === rows.to) codes.push('1A');
  if (exits.includes(row + 1)) codes.push('1D');
  if (wing && row >= wing.from && row <= wing.to) codes.push('OW');
  if (cabin.rear && row >= rows.to - 1) codes.push('AL');
  return codes;
}

function positionOf(across: string, place: number): 'W' | 'A' | '9' {
  const left = across.slice(0, place).replaceAll('.', '');
  const right = across.slice(place + 1).replaceAll('.', '');
  if (left === '' || right === '') return 'W';
  return left.endsWith('|') || right.startsWith('|') ? 'A' : '9';
}

/** Mulberry32: numbers in [0, 1) that are the same for the same seed on every machine. */
function repeatableChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

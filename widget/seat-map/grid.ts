import type {
  Cabin,
  Deck,
  Facility,
  MapAnswer,
  Reason,
  Row,
  Seat,
  Segment,
  Traveller,
} from '../../server/wire/panel.ts';
import { hasLegroom, mostAbreast, seatsAbreast, type Band, type PriceScale } from './price-scale.ts';
import type { SeatWords } from './words.ts';

/** The answer's map as rows of things to draw. Pure: no element, no language but the words handed in. */
export interface MapGrid {
  decks: GridDeck[];
  /** By designator, folded cabins left out. */
  seats: Map<string, GridSeat>;
  /** Most seats side by side on any deck: decks beside each other are drawn at one scale. */
  most: number;
}

export interface GridDeck {
  level: Deck['level'];
  /** Of its widest cabin. */
  abreast: number;
  aisles: number;
  cabins: GridCabin[];
  /** Seats by row, front to back, across cabins: what the arrow keys walk over. */
  walk: GridSeat[][];
}

export interface GridCabin {
  cabin: Cabin['cabin'];
  folded: boolean;
  firstRow: number;
  lastRow: number;
  /** Left to right, looking forward; a blank is an aisle. */
  columns: string;
  abreast: number;
  aisles: number;
  /** Seats have room for more than a number: business, first, and few abreast in a wide hull. */
  roomy: boolean;
  /** Fewer abreast than the deck's widest cabin. */
  narrower: boolean;
  /** Has most of the deck's wing rows: an aircraft has one pair of wings, whatever the cabins. */
  winged: boolean;
  rows: GridRow[];
}

export interface GridRow {
  n: number;
  exit: boolean;
  /** Has extra legroom: stands further back. */
  far: boolean;
  wing: boolean;
  slots: Slot[];
  before: FacilityBlock;
  after: FacilityBlock;
}

export type Slot = GridSeat | 'aisle' | 'none';

/** Left to right, each place with what stands there; empty when there is nothing at all. */
export type FacilityBlock = Facility['code'][][];

export interface GridSeat {
  designator: string;
  level: Deck['level'];
  seat: Seat;
  exit: boolean;
  roomy: boolean;
  /** Where in the row, 0 left wall to 1 right wall: nearest column across cabins. */
  x: number;
}

/** How one seat looks and what it is called, for the traveller who is choosing. */
export interface SeatFace {
  look: Band | 'taken' | 'shut' | 'you' | 'other';
  text: string;
  name: string;
  selected: boolean;
  disabled: boolean;
}

/** Whose a seat is: picked here, or the booking's already. */
export interface Owner {
  traveller: Traveller;
  held: boolean;
}

const LEVELS: readonly Deck['level'][] = ['main', 'upper', 'lower'];

export function gridOf(map: MapAnswer): MapGrid {
  const seats: MapGrid['seats'] = new Map();
  const decks: GridDeck[] = [];
  for (const level of LEVELS) for (const deck of map.decks) if (deck.level === level) decks.push(deckOf(deck, seats));
  return { decks, seats, most: mostAbreast(map) };
}

/** Two maps of one shape differ in their seats' states only, so that what is drawn can stay. */
export function shapeOf(map: MapAnswer): string {
  return JSON.stringify(map.decks, (key, value: unknown) =>
    key === 'seats' ? (value as Row['seats']).map((seat) => (seat === 0 ? 0 : hasLegroom(seat) ? 2 : 1)) : value,
  );
}

/** Designator -> whose it is. A pick stands for its traveller's held seat. */
export function ownersOf(
  travellers: readonly Traveller[],
  picks: Readonly<Record<string, string>>,
  held: Segment['held'],
): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const traveller of travellers) {
    const picked = picks[traveller.id];
    const designator = picked ?? held[traveller.id]?.designator;
    if (designator) owners.set(designator, { traveller, held: picked === undefined });
  }
  return owners;
}

/** What the map says about a seat to the traveller at this place in the answer's order. */
export function offerOf(seat: Seat, traveller: number): { price: number } | { why: Reason | 'chosen' } {
  if (seat.chosen) return { why: 'chosen' };
  const why = Array.isArray(seat.no) ? seat.no[traveller] : seat.no;
  if (why) return { why };
  const price = Array.isArray(seat.p) ? seat.p[traveller] : seat.p;
  return price === undefined || price === null ? { why: 'unpriced' } : { price };
}

export type FaceOf = (cell: GridSeat, owner: Owner | undefined) => SeatFace;

/** Makes every seat's face for one traveller; phrases that seats share are put together once. */
export function facesFor(
  scale: PriceScale,
  words: SeatWords,
  travellers: readonly Traveller[],
  current: string,
): FaceOf {
  const index = Math.max(
    0,
    travellers.findIndex((traveller) => traveller.id === current),
  );
  const phrases = new Map<string, string>();

  const factsOf = ({ seat, exit }: GridSeat): string => {
    const key = `${exit ? 'E,' : ''}${seat.c?.join() ?? ''}`;
    let phrase = phrases.get(key);
    if (phrase === undefined) phrases.set(key, (phrase = factsPhrase(words, key.split(','))));
    return phrase;
  };

  return (cell, owner) => {
    const start = cell.designator + factsOf(cell);
    if (owner) {
      const { name, initials, id } = owner.traveller;
      const whose = owner.held ? words.heldBy(name, initials, id === current) : words.chosenFor(name, initials);
      const look = id === current ? 'you' : 'other';
      return { look, text: initials, name: `${start}, ${whose}`, selected: true, disabled: false };
    }
    const offer = offerOf(cell.seat, index);
    if ('why' in offer) {
      const gone = offer.why === 'taken' || offer.why === 'chosen';
      return {
        look: gone ? 'taken' : 'shut',
        text: gone ? '×' : '',
        name: `${start}, ${words.reasons[offer.why]}`,
        selected: false,
        disabled: true,
      };
    }
    const legroom = hasLegroom(cell.seat);
    const { price } = offer;
    return {
      look: scale.band(price, legroom),
      text: scale.drawn(price, legroom, cell.roomy),
      name: `${start}, ${scale.spoken(price, legroom, cell.roomy)}, ${words.available}`,
      selected: false,
      disabled: false,
    };
  };
}

/** ", window, extra legroom": in the order of the table, each phrase once. */
function factsPhrase(words: SeatWords, codes: string[]): string {
  const said = new Set<string>();
  for (const [code, fact] of Object.entries(words.facts)) if (codes.includes(code)) said.add(`, ${fact}`);
  return [...said].join('');
}

function deckOf(deck: Deck, seats: MapGrid['seats']): GridDeck {
  let widest = '';
  for (const { columns } of deck.cabins) if (columns.length > widest.length) widest = columns;
  const abreast = seatsAbreast(widest);
  const cabins: GridCabin[] = [];
  const walk: GridSeat[][] = [];
  for (const cabin of deck.cabins) {
    const drawn = cabinOf(cabin, deck.level, abreast);
    cabins.push(drawn);
    for (const row of drawn.rows) {
      const line: GridSeat[] = [];
      for (const slot of row.slots) {
        if (typeof slot === 'string') continue;
        line.push(slot);
        seats.set(slot.designator, slot);
      }
      if (line.length > 0) walk.push(line);
    }
  }
  const wingRows = cabins.map((cabin) => cabin.rows.filter((row) => row.wing).length);
  const winged = cabins[wingRows.indexOf(Math.max(...wingRows))];
  if (winged) winged.winged = true;
  return { level: deck.level, abreast, aisles: widest.length - abreast, cabins, walk };
}

function cabinOf(cabin: Cabin, level: Deck['level'], hullAbreast: number): GridCabin {
  const { columns, rows } = cabin;
  const abreast = seatsAbreast(columns);
  const upFront = cabin.cabin === 'business' || cabin.cabin === 'first';
  const roomy = upFront || (abreast <= 6 && hullAbreast > 6);
  const drawn: GridRow[] = [];
  if (!cabin.fold) for (const row of rows) drawn.push(rowOf(row, cabin, level, roomy));
  return {
    cabin: cabin.cabin,
    folded: cabin.fold ?? false,
    firstRow: rows[0]?.n ?? 0,
    lastRow: rows.at(-1)?.n ?? 0,
    columns,
    abreast,
    aisles: columns.length - abreast,
    roomy,
    narrower: abreast < hullAbreast,
    winged: false,
    rows: drawn,
  };
}

function rowOf(row: Row, cabin: Cabin, level: Deck['level'], roomy: boolean): GridRow {
  const { columns, wing } = cabin;
  const exit = row.exit ?? false;
  const slots: Slot[] = [];
  let far = false;
  let at = 0;
  for (let i = 0; i < columns.length; i++) {
    const letter = columns.charAt(i);
    const seat = letter === ' ' ? undefined : row.seats[at++];
    if (letter === ' ') slots.push('aisle');
    else if (!seat) slots.push('none');
    else {
      slots.push({ designator: row.n + letter, level, seat, exit, roomy, x: (i + 0.5) / columns.length });
      far ||= hasLegroom(seat);
    }
  }
  return {
    n: row.n,
    exit,
    far,
    wing: wing !== undefined && row.n >= wing[0] && row.n <= wing[1],
    slots,
    before: blockOf(row, columns, true),
    after: blockOf(row, columns, false),
  };
}

/** Beside one aisle there is a left and a right; a centre only where the map has one. */
function blockOf(row: Row, columns: string, before: boolean): FacilityBlock {
  if (!row.facilities) return [];
  const places: Record<Facility['at'], Facility['code'][]> = { left: [], centre: [], right: [] };
  for (const facility of row.facilities) if (facility.before === before) places[facility.at].push(facility.code);
  const { left, centre, right } = places;
  if (left.length + centre.length + right.length === 0) return [];
  const hasCentre = columns.split(' ').length > 2 || centre.length > 0;
  return hasCentre ? [left, centre, right] : [left, right];
}

import type { CabinName } from '../../domain/booking.ts';
import type { CabinSection, ColumnSlot, Row, Seat, SeatOffer } from '../../domain/seat-map.ts';

/** A seat of the reply, before it has a place in a cabin. `x` runs along the aircraft, `y` across it. */
export interface PlacedSeat {
  row: number;
  column: string;
  x: number | null;
  y: number | null;
  cabin: CabinName;
  characteristics: string[];
  offers: Record<string, SeatOffer>;
}

/** A row of one cabin. */
export interface Line {
  row: number;
  cabin: CabinName;
  x: number | null;
  seats: PlacedSeat[];
}

/** A column of a section and where it lies across the aircraft. */
interface ColumnPlace {
  letter: string;
  y: number | null;
}

/** A cabin section together with what facilities are placed by. */
export interface BuiltSection {
  section: CabinSection;
  lines: Line[];
  columns: ColumnPlace[];
}

/** The rows of a deck from front to back: by x, or by number where a row has no x. */
export function linesOf(seats: readonly PlacedSeat[]): Line[] {
  const lines = new Map<string, Line>();
  for (const seat of seats) {
    const key = `${seat.cabin} ${seat.row}`;
    const line = lines.get(key) ?? { row: seat.row, cabin: seat.cabin, x: null, seats: [] };
    line.seats.push(seat);
    lines.set(key, line);
  }
  const all = [...lines.values()];
  for (const line of all) line.x = median(line.seats.flatMap(({ x }) => (x === null ? [] : [x])));
  const byX = all.every(({ x }) => x !== null);
  return all.sort((a, b) => (byX ? a.x! - b.x! : 0) || a.row - b.row);
}

/** What is known of a deck beside its seats. */
export interface DeckFacts {
  /** Row numbers. */
  exits: ReadonlySet<number>;
  wings: ReadonlySet<Line>;
  /** Places in a row that hold no seat: they are no aisle either. */
  noSeats: readonly { row: number | null; y: number | null }[];
}

/** Cuts a deck's rows into sections, one wherever the cabin changes, each with its own columns. */
export function buildSections(lines: readonly Line[], facts: DeckFacts): BuiltSection[] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run?.[0]?.cabin === line.cabin) run.push(line);
    else runs.push([line]);
  }
  return runs.map((run) => buildSection(run, facts));
}

function buildSection(lines: Line[], { exits, wings, noSeats }: DeckFacts): BuiltSection {
  const columns = columnsOf(lines);
  const inSection = noSeats.filter(({ row }) => lines.some((line) => line.row === row));
  const slots = withAisles(columns, lines, inSection);
  const rows = lines.map((line): Row => {
    const seats = columns.map(({ letter }) => line.seats.find((seat) => seat.column === letter) ?? null);
    return {
      number: line.row,
      exit: exits.has(line.row),
      wing: wings.has(line),
      bulkhead: line.seats.some(({ characteristics }) => characteristics.includes('K')),
      slots: seats.map((seat) => seat && toSeat(seat, slots)),
    };
  });
  const winged = rows.filter((row) => row.wing);
  const section: CabinSection = {
    cabin: lines[0]!.cabin,
    columns: slots,
    rows,
    facilities: [],
    ...(winged.length && { wing: { fromRow: winged[0]!.number, toRow: winged.at(-1)!.number } }),
  };
  return { section, lines, columns };
}

/** The distinct letters of a section from left to right: by where their seats lie, or by the alphabet where that is unknown. */
function columnsOf(lines: readonly Line[]): ColumnPlace[] {
  const places = new Map<string, number[]>();
  for (const { seats } of lines) {
    for (const { column, y } of seats) places.set(column, [...(places.get(column) ?? []), ...(y === null ? [] : [y])]);
  }
  const columns = [...places].map(([letter, ys]): ColumnPlace => ({ letter, y: median(ys) }));
  const byY = columns.every(({ y }) => y !== null);
  return columns.sort((a, b) => (byY ? a.y! - b.y! : 0) || (a.letter < b.letter ? -1 : 1));
}

/** An aisle lies between two neighbours where a place across is used by no seat of the section; without places, where both are aisle seats. */
function withAisles(
  columns: readonly ColumnPlace[],
  lines: readonly Line[],
  noSeats: DeckFacts['noSeats'],
): ColumnSlot[] {
  const seats = lines.flatMap((line) => line.seats);
  const used = new Set([...seats, ...noSeats].map(({ y }) => y));
  const onAisle = (letter: string) =>
    seats.some((seat) => seat.column === letter && seat.characteristics.includes('A'));
  const aisleBetween = (left: ColumnPlace, right: ColumnPlace): boolean => {
    if (left.y === null || right.y === null) return onAisle(left.letter) && onAisle(right.letter);
    for (let y = left.y + 1; y < right.y; y++) if (!used.has(y)) return true;
    return false;
  };
  return columns.flatMap((column, index): ColumnSlot[] => {
    const before = columns[index - 1];
    const seat: ColumnSlot = { kind: 'seat', letter: column.letter };
    return before && aisleBetween(before, column) ? [{ kind: 'aisle' }, seat] : [seat];
  });
}

const toSeat = ({ row, column, characteristics, offers }: PlacedSeat, slots: readonly ColumnSlot[]): Seat => ({
  row,
  column,
  designator: `${row}${column}`,
  characteristics,
  position: positionOf(column, characteristics, slots),
  offers,
});

/** The codes say it; where they do not, the columns do. A seat on both window and aisle counts as a window seat. */
function positionOf(
  letter: string,
  characteristics: readonly string[],
  slots: readonly ColumnSlot[],
): Seat['position'] {
  if (characteristics.includes('W')) return 'window';
  if (characteristics.includes('A')) return 'aisle';
  if (characteristics.includes('9')) return 'middle';
  const index = slots.findIndex((slot) => slot.kind === 'seat' && slot.letter === letter);
  if (index === 0 || index === slots.length - 1) return 'window';
  if (slots[index - 1]?.kind === 'aisle' || slots[index + 1]?.kind === 'aisle') return 'aisle';
  return slots.some(({ kind }) => kind === 'aisle') ? 'middle' : 'unknown';
}

/** The lower of the two middle values where there are two, so that a place is always one that occurs. */
function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

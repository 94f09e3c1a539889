import type { FlightMap } from '../domain/flight-map.ts';
import { formatAmount, type Money } from '../domain/money.ts';
import type { CabinSection, Deck, Facility, Row, Seat, SeatMap, SeatOffer } from '../domain/seat-map.ts';

/** Draws one map as text: a heading, each deck's cabins row by row, the counts, and what the reader should know about it. */
export function drawSeatMap({ flight, map }: FlightMap): string {
  const route = flight.origin || flight.destination ? `${flight.origin ?? '?'} to ${flight.destination ?? '?'}` : '';
  const heading = [
    [flight.airline ?? '', flight.number ?? ''].join(' ').trim() || 'flight unknown',
    route,
    flight.departsLocal?.replace('T', ' ') ?? '',
    flight.aircraft ? `aircraft ${flight.aircraft}` : '',
    flight.bookingClass ? `class ${flight.bookingClass}` : '',
    flight.operatedBy ? `operated by ${flight.operatedBy}` : '',
    `segment ${map.segmentId}`,
  ];
  const lines = [
    heading.filter(Boolean).join(', '),
    ...map.decks.flatMap((deck) => deck.cabins.flatMap((cabin) => ['', ...drawCabin(deck, cabin)])),
    '',
    ...countsOf(map),
    ...(map.source.partial ? ['incomplete: some seats of the reply could not be read'] : []),
    ...map.source.warnings.map((warning) => `warning: ${warning}`),
  ];
  return lines.map(plain).join('\n');
}

/** What the marks mean; only those that occur in these maps. */
export function legendOf(maps: readonly SeatMap[]): string {
  const sections = maps.flatMap(({ decks }) => decks.flatMap(({ cabins }) => cabins));
  const rows = sections.flatMap((section) => section.rows);
  const used = new Set(rows.flatMap(({ slots }) => slots.flatMap((seat) => (seat ? [markOf(seat)] : []))));
  const codes = [...new Set(sections.flatMap(({ facilities }) => facilities.map(({ code }) => code)))];
  const lines = [
    ...Object.entries(MARKS).filter(([mark]) => used.has(mark as Mark)),
    ...(rows.some(({ wing }) => wing) ? [['|', 'row over the wing']] : []),
    ...(rows.some(({ exit }) => exit) ? [['=', 'exit row']] : []),
    ...codes.map((code) => [code, FACILITIES.get(code) ?? 'no name known for this code']),
  ];
  return ['legend', ...lines.map(([mark, meaning]) => `  ${String(mark).padEnd(4)} ${meaning}`)].map(plain).join('\n');
}

function drawCabin(deck: Deck, cabin: CabinSection): string[] {
  const numbers = cabin.rows.map(({ number }) => number);
  const blocks = cabin.columns.map((slot) => (slot.kind === 'aisle' ? '-' : 'x')).join('');
  const layout = blocks
    .split('-')
    .map((block) => block.length)
    .join('-');
  const title = `${deck.level} deck, ${cabin.cabin.replace('_', ' ')}, rows ${numbers[0]} to ${numbers.at(-1)}, ${layout}`;
  const letters = across(cabin, (letter) => letter);
  return [title, `${' '.repeat(7)}${letters}`.trimEnd(), ...cabin.rows.flatMap((row) => drawRow(cabin, row))];
}

function drawRow(cabin: CabinSection, row: Row): string[] {
  const here = cabin.facilities.filter((facility) => facility.row === row.number);
  const inRow = here.filter(({ position }) => position === 'in_row');
  const seatAt = (letter: string) => row.slots.find((seat) => seat?.column === letter);
  const cells = across(cabin, (letter) => {
    const seat = seatAt(letter);
    return seat ? markOf(seat) : codeAt(inRow, letter);
  });
  const fence = row.exit ? '=' : row.wing ? '|' : ' ';
  const line = `${String(row.number).padStart(4)} ${fence} ${cells}${fence}${row.exit ? ' exit' : ''}`.trimEnd();
  const front = drawFacilities(cabin, here, 'front');
  return [...front, line, ...drawFacilities(cabin, here, 'rear')];
}

/** A line for each kind of facility, so that none hides another. */
function drawFacilities(cabin: CabinSection, here: readonly Facility[], position: Facility['position']): string[] {
  const standing = here.filter((facility) => facility.position === position);
  return [...new Set(standing.map(({ code }) => code))].map((code) => {
    const same = standing.filter((facility) => facility.code === code);
    const cells = across(cabin, (letter) => codeAt(same, letter));
    return `${' '.repeat(7)}${cells.trim() ? cells : code}`.trimEnd();
  });
}

const codeAt = (facilities: readonly Facility[], letter: string): string =>
  facilities.find(({ columns }) => columns.includes(letter))?.code ?? '';

/** One cell of three characters a column, and one for each aisle. */
const across = ({ columns }: CabinSection, cell: (letter: string) => string): string =>
  columns.map((slot) => (slot.kind === 'aisle' ? '' : plain(cell(slot.letter)).slice(0, 2)).padEnd(3)).join('');

const MARKS = {
  o: 'available and free, for everybody',
  $: 'available for money, to somebody at least',
  '~': 'available to some travellers only',
  '?': 'available, chargeable, and no amount named: not for sale',
  x: 'occupied',
  '#': 'blocked',
  '-': 'the reply says nothing of it',
} as const;
type Mark = keyof typeof MARKS;

/** One mark for all travellers: the one that tells most about selling the seat. */
function markOf({ offers }: Seat): Mark {
  const all = Object.values(offers);
  const open = all.filter(({ availability }) => availability === 'available');
  if (open.length) {
    if (open.length < all.length) return '~';
    if (open.some(({ price }) => price.kind === 'unpriced')) return '?';
    return open.some(({ price }) => price.kind === 'paid') ? '$' : 'o';
  }
  if (all.some(({ availability }) => availability === 'occupied')) return 'x';
  return all.some(({ availability }) => availability !== 'no_data') ? '#' : '-';
}

function countsOf(map: SeatMap): string[] {
  const rows = map.decks.flatMap(({ cabins }) => cabins.flatMap((cabin) => cabin.rows));
  const seats = rows.flatMap(({ slots }) => slots.filter((seat) => seat !== null));
  const exits = rows.filter(({ exit }) => exit).map(({ number }) => number);
  const travellers = [...new Set(seats.flatMap(({ offers }) => Object.keys(offers)))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  return [
    `decks ${map.decks.length}, rows ${rows.length}, seats ${seats.length}, exit rows ${exits.join(', ') || 'none'}`,
    ...travellers.map((id) => {
      const offers = seats.flatMap((seat) => (Object.hasOwn(seat.offers, id) ? [seat.offers[id]!] : []));
      return `traveller ${id}: ${countOffers(offers)}`;
    }),
  ];
}

function countOffers(offers: readonly SeatOffer[]): string {
  const open = offers.filter(({ availability }) => availability === 'available');
  const prices = open.map(({ price }) => price);
  const paid = prices.flatMap((price) => (price.kind === 'paid' ? [price.total] : []));
  const count = (amount: number, what: string) => (amount ? [`${amount} ${what}`] : []);
  const kinds = [
    ...count(prices.filter(({ kind }) => kind === 'free').length, 'free'),
    ...count(paid.length, `paid ${rangeOf(paid)}`),
    ...count(prices.filter(({ kind }) => kind === 'unpriced').length, 'without a price'),
  ];
  const others = (['occupied', 'blocked', 'not_eligible', 'no_data'] as const).flatMap((word) =>
    count(offers.filter(({ availability }) => availability === word).length, WORDS[word]),
  );
  return [`${open.length} available${kinds.length ? ` (${kinds.join(', ')})` : ''}`, ...others].join(', ');
}

const WORDS = { occupied: 'occupied', blocked: 'blocked', not_eligible: 'not for this traveller', no_data: 'unknown' };

/** "EUR 11.00 to 15.00", once for each currency. */
function rangeOf(amounts: readonly Money[]): string {
  const currencies = [...new Set(amounts.map(({ currency }) => currency))];
  return currencies
    .map((currency) => {
      const minor = amounts.filter((money) => money.currency === currency).map(({ amountMinor }) => amountMinor);
      const low = formatAmount({ amountMinor: Math.min(...minor), currency });
      const high = formatAmount({ amountMinor: Math.max(...minor), currency });
      return `${currency} ${low === high ? low : `${low} to ${high}`}`;
    })
    .join(', ');
}

/** The reply's words are foreign text: control characters could take the terminal over. */
const plain = (text: string): string => text.replace(/\p{C}/gu, '?');

/** PADIS 9825 codes of facilities, and the words that vendors' own lists use. */
const FACILITIES: ReadonlyMap<string, string> = new Map([
  ['LA', 'lavatory'],
  ['G', 'galley'],
  ['GN', 'galley'],
  ['CL', 'closet'],
  ['SO', 'storage space'],
  ['BK', 'bulkhead'],
  ['D', 'exit door'],
  ['8', 'no seat here'],
]);

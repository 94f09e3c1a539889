/**
 * The two cabins of the bench, in the panel's wire format: an A320 of 180 seats and an A380 of 555 on two decks. Same seed,
 * same cabin, so that every contender draws the same one. Invented prices.
 *
 * @typedef {import('../../server/wire/panel.ts').MapAnswer} MapAnswer
 * @typedef {import('../../server/wire/panel.ts').Cabin} Cabin
 * @typedef {import('../../server/wire/panel.ts').Row} Row
 * @typedef {import('../../server/wire/panel.ts').Seat} Seat
 *
 * @typedef {object} Plan
 * @property {Cabin['cabin']} cabin
 * @property {string} columns
 * @property {number} from
 * @property {number} to
 * @property {number[]} exits
 * @property {[number, number]} [wing]
 * @property {Record<number, string>} [without] row -> letters that have no seat
 * @property {number} base price of a plain seat, minor units; 0: free of charge
 */

const SEED = 20240607;

/** @type {Record<string, { level: 'main' | 'upper', cabins: Plan[] }[]>} */
const AIRCRAFT = {
  a320: [
    {
      level: 'main',
      cabins: [{ cabin: 'economy', columns: 'ABC DEF', from: 1, to: 30, exits: [12, 13], wing: [10, 20], base: 1200 }],
    },
  ],
  a380: [
    {
      level: 'main',
      cabins: [
        { cabin: 'first', columns: 'A DG K', from: 1, to: 6, without: { 6: 'AK' }, exits: [], base: 0 },
        {
          cabin: 'economy',
          columns: 'ABC DEFG HJK',
          from: 41,
          to: 74,
          without: { 74: 'ABCHJK' },
          exits: [41, 52, 66],
          wing: [50, 64],
          base: 1800,
        },
      ],
    },
    {
      level: 'upper',
      cabins: [
        { cabin: 'business', columns: 'AC DG HK', from: 7, to: 22, exits: [15], base: 0 },
        {
          cabin: 'economy',
          columns: 'AC DEFG HK',
          from: 23,
          to: 35,
          without: { 35: 'K' },
          exits: [23],
          wing: [23, 30],
          base: 2200,
        },
      ],
    },
  ],
};

/** @returns {() => number} mulberry32: numbers from 0 to 1, the same for the same seed */
function randomFrom(/** @type {number} */ seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * @param {string} name a320 or a380
 * @returns {MapAnswer}
 */
export function cabinMap(name) {
  const aircraft = AIRCRAFT[name];
  if (!aircraft) throw new Error(`unknown aircraft ${name}; known: ${Object.keys(AIRCRAFT).join(', ')}`);
  const random = randomFrom(SEED + name.length);
  return {
    segment: name,
    read_at: '2026-03-01T10:00:00Z',
    expires_at: '2026-03-01T10:15:00Z',
    decks: aircraft.map(({ level, cabins }) => ({ level, cabins: cabins.map((plan) => cabinOf(plan, random)) })),
  };
}

/**
 * @param {Plan} plan
 * @param {() => number} random
 * @returns {Cabin}
 */
function cabinOf(plan, random) {
  const { cabin, columns, wing } = plan;
  const rows = [];
  for (let n = plan.from; n <= plan.to; n++) rows.push(rowOf(n, plan, random));
  return { cabin, columns, ...(wing && { wing }), rows };
}

/**
 * @param {number} n
 * @param {Plan} plan
 * @param {() => number} random
 * @returns {Row}
 */
function rowOf(n, plan, random) {
  const exit = plan.exits.includes(n);
  const seats = plan.columns.split('').flatMap((letter, i) => {
    if (letter === ' ') return [];
    return [plan.without?.[n]?.includes(letter) ? /** @type {const} */ (0) : seatOf(n, i, exit, plan, random)];
  });
  return {
    n,
    ...(exit && { exit }),
    seats,
    ...(n === plan.from && {
      facilities: [
        { code: 'lavatory', at: 'left', before: true },
        { code: 'galley', at: 'right', before: true },
      ],
    }),
    ...(n === plan.to && {
      facilities: [
        { code: 'lavatory', at: 'left', before: false },
        { code: 'galley', at: 'right', before: false },
      ],
    }),
  };
}

/**
 * @param {number} n
 * @param {number} i place in `columns`
 * @param {boolean} exit
 * @param {Plan} plan
 * @param {() => number} random
 * @returns {Seat}
 */
function seatOf(n, i, exit, { columns, from, exits, wing, base }, random) {
  const window = i === 0 || i === columns.length - 1;
  const aisle = columns[i - 1] === ' ' || columns[i + 1] === ' ';
  const c = [window ? 'W' : aisle ? 'A' : '9'];
  if (exit) c.push('E', 'L');
  if (n === from) c.push('K');
  if (exits.includes(n + 1)) c.push('1D');
  if (wing && n >= wing[0] && n <= wing[1]) c.push('OW');
  const lot = random();
  if (lot < 0.35) return { c, no: 'taken' };
  if (lot < 0.4) return { c, no: 'blocked' };
  const extra = (exit ? 2400 : 0) + (window ? 400 : aisle ? 300 : 0) + (n < from + 5 ? 900 : 0);
  return { c, p: base === 0 ? 0 : base + extra };
}

/**
 * Every seat with its designator, front to back.
 *
 * @param {MapAnswer} map
 * @returns {{ designator: string, exit: boolean, seat: Seat }[]}
 */
export function seatsOf(map) {
  return map.decks.flatMap((deck) =>
    deck.cabins.flatMap(({ columns, rows }) =>
      rows.flatMap((row) => {
        const letters = columns.replaceAll(' ', '');
        return row.seats.flatMap((seat, i) =>
          seat === 0 ? [] : [{ designator: `${row.n}${letters[i]}`, exit: row.exit ?? false, seat }],
        );
      }),
    ),
  );
}

import type { Cabin, Deck, Facility, MapAnswer, Row, Seat, Traveller } from '../../../server/wire/panel.ts';

/** Invented aircraft for tests and pictures: a 3-3, a 3-4-3 with an upper deck, and a 1-2-1 with a folded cabin behind it. */

export const travellers: Traveller[] = [
  { id: 't1', name: 'John S.', initials: 'JS', kind: 'adult', lap: 'Leo' },
  { id: 't2', name: 'María G.', initials: 'MG', kind: 'adult' },
];

interface Plan {
  cabin: Cabin['cabin'];
  columns: string;
  from: number;
  to: number;
  skip?: number[];
  exits?: number[];
  wing?: [number, number];
  without?: Record<number, string>;
  fold?: true;
  facilities?: Record<number, Facility[]>;
  price: (row: number, codes: string[]) => number;
}

const block = (before: boolean, ...codes: (Facility['code'] | null)[]): Facility[] => {
  const places: Facility['at'][] = codes.length === 3 ? ['left', 'centre', 'right'] : ['left', 'right'];
  return codes.flatMap((code, i) => (code ? [{ code, at: places[i] ?? 'left', before }] : []));
};

export const a320 = (): MapAnswer =>
  mapOf(41, [
    {
      level: 'main',
      plans: [
        {
          cabin: 'economy',
          columns: 'ABC DEF',
          from: 1,
          to: 30,
          skip: [13],
          exits: [12, 14],
          wing: [9, 20],
          facilities: {
            1: block(true, 'lavatory', 'galley'),
            30: block(false, 'lavatory', 'lavatory', 'galley'),
          },
          price: (row, codes) =>
            codes.includes('L') ? 3200 : row < 6 ? 1800 : row > 24 && codes.includes('9') ? 0 : row > 22 ? 900 : 1200,
        },
      ],
    },
  ]);

export const a380 = (): MapAnswer =>
  mapOf(7, [
    {
      level: 'main',
      plans: [
        {
          cabin: 'economy',
          columns: 'ABC DEFG HJK',
          from: 41,
          to: 68,
          exits: [41, 52],
          wing: [50, 62],
          without: { 41: 'AK', 68: 'ABJK' },
          facilities: {
            41: block(true, 'lavatory', 'galley', 'lavatory'),
            52: block(true, 'lavatory', 'galley', 'lavatory'),
            68: block(false, 'galley', 'lavatory', 'galley'),
          },
          price: (row, codes) =>
            codes.includes('L') ? 7800 : row < 46 ? 3600 : codes.includes('9') && row > 58 ? 0 : 2400,
        },
      ],
    },
    {
      level: 'upper',
      plans: [
        { cabin: 'business', columns: 'A DG K', from: 6, to: 17, exits: [11], fold: true, price: () => 0 },
        {
          cabin: 'economy',
          columns: 'AC DEFG HK',
          from: 80,
          to: 96,
          exits: [80],
          wing: [84, 93],
          facilities: {
            80: block(true, 'galley', 'lavatory', 'galley'),
            96: block(false, 'lavatory', 'stairs', 'lavatory'),
          },
          price: (row, codes) => (codes.includes('L') ? 7800 : row < 84 ? 3600 : 2400),
        },
      ],
    },
  ]);

export const b777 = (): MapAnswer =>
  mapOf(19, [
    {
      level: 'main',
      plans: [
        {
          cabin: 'business',
          columns: 'A DG K',
          from: 1,
          to: 8,
          facilities: {
            1: block(true, 'lavatory', 'galley', 'lavatory'),
            8: block(false, 'galley', 'closet', 'galley'),
          },
          price: (row) => (row < 3 ? 6500 : 0),
        },
        { cabin: 'economy', columns: 'ABC DEFG HJK', from: 20, to: 44, exits: [20, 33], fold: true, price: () => 2400 },
      ],
    },
  ]);

function mapOf(seed: number, decks: { level: Deck['level']; plans: Plan[] }[]): MapAnswer {
  const random = randomFrom(seed);
  return {
    segment: 's1',
    read_at: '2026-03-01T10:00:00Z',
    expires_at: '2026-03-01T10:15:00Z',
    decks: decks.map(({ level, plans }) => ({ level, cabins: plans.map((plan) => cabinOf(plan, random)) })),
  };
}

function cabinOf(plan: Plan, random: () => number): Cabin {
  const { cabin, columns, wing, fold, from, to, skip } = plan;
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((n) => !skip?.includes(n));
  const rows = numbers.map((n) => rowOf(n, plan, random));
  return { cabin, columns, ...(fold && { fold }), ...(wing && { wing }), rows };
}

function rowOf(n: number, plan: Plan, random: () => number): Row {
  const exit = plan.exits?.includes(n) ?? false;
  let beside: Seat | 0 = 0;
  const seats = plan.columns.split('').flatMap((letter, i): (Seat | 0)[] => {
    if (letter === ' ') return [];
    if (plan.without?.[n]?.includes(letter)) return [0];
    beside = seatOf(n, i, exit, plan, random, beside !== 0 && beside.no === 'taken');
    return [beside];
  });
  const facilities = plan.facilities?.[n];
  return { n, ...(exit && { exit }), seats, ...(facilities && { facilities }) };
}

function seatOf(n: number, i: number, exit: boolean, plan: Plan, random: () => number, besideTaken: boolean): Seat {
  const { columns, from, to, exits = [], wing, cabin } = plan;
  const window = i === 0 || i === columns.length - 1;
  const c = [window ? 'W' : columns[i - 1] === ' ' || columns[i + 1] === ' ' ? 'A' : '9'];
  if (exit) c.push('E', 'L');
  else if (n === from) c.push('K', ...(cabin === 'economy' ? ['L'] : []));
  if (exits.includes(n + 1)) c.push('1D');
  if (wing && n >= wing[0] && n <= wing[1]) c.push('OW');
  if (n >= to - 1) c.push('AL');
  const lot = random();
  const together = random() < 0.2 && besideTaken;
  if (plan.fold) return { c, no: 'not_in_fare' };
  if (together || lot < 0.36) return { c, no: 'taken' };
  if (lot < 0.405) return { c, no: 'blocked' };
  return { c, p: plan.price(n, c) };
}

/** The same numbers for the same seed. */
function randomFrom(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

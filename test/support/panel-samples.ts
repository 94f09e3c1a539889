import type {
  Cabin,
  Deck,
  Facility,
  MapAnswer,
  Opened,
  Problem,
  Purchase,
  Row,
  Seat,
  Segment,
  Selection,
} from '../../server/wire/panel.ts';

/**
 * Answers of the panel's calls as a server would give them: SkylineAir's booking ABC123, an A320 to London and an A380 to
 * Singapore. Deterministic, so that pictures and counts hold.
 */

interface CabinPlan {
  cabin: Cabin['cabin'];
  columns: string;
  from: number;
  to: number;
  skip?: number[];
  exits?: number[];
  wing?: [number, number];
  /** Letters without a seat, by row. */
  drop?: Record<number, string>;
  before?: Facility['code'][];
  after?: Facility['code'][];
  fold?: true;
  price: (n: number, code: string, isLegroom: boolean) => number;
}

/** mulberry32: the same aircraft every time. */
function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const places: Facility['at'][] = ['left', 'centre', 'right'];

function facilities(codes: Facility['code'][] | undefined, before: boolean): Facility[] {
  const at = codes?.length === 2 ? (['left', 'right'] as const) : places;
  return (codes ?? []).map((code, i) => ({ code, at: at[i] ?? 'centre', before }));
}

function codesOf(plan: CabinPlan, n: number, letter: string): string[] {
  const at = plan.columns.indexOf(letter);
  const letters = plan.columns.replaceAll(' ', '');
  const isWindow = letter === letters[0] || letter === letters.at(-1);
  const isAisle = plan.columns[at - 1] === ' ' || plan.columns[at + 1] === ' ';
  const isExit = plan.exits?.includes(n) ?? false;
  return [
    isWindow ? 'W' : isAisle ? 'A' : '9',
    ...(isExit ? ['E', 'L'] : n === plan.from ? ['K', 'L'] : []),
    ...(plan.exits?.includes(n + 1) ? ['1D'] : []),
    ...(plan.wing && n >= plan.wing[0] && n <= plan.wing[1] ? ['OW'] : []),
    ...(n >= plan.to - 1 && plan.after?.includes('lavatory') ? ['AL'] : []),
  ];
}

function cabinOf(plan: CabinPlan, next: () => number): Cabin {
  const letters = plan.columns.replaceAll(' ', '').split('');
  const rows: Row[] = [];
  for (let n = plan.from; n <= plan.to; n++) {
    if (plan.skip?.includes(n)) continue;
    const isExit = plan.exits?.includes(n) ?? false;
    const seats: (Seat | 0)[] = letters.map((letter) => {
      if (plan.drop?.[n]?.includes(letter)) return 0;
      const c = codesOf(plan, n, letter);
      const luck = next();
      if (plan.fold) return { c, no: 'not_in_fare' };
      if (luck < 0.42) return { c, no: 'taken' };
      if (luck < 0.46) return { c, no: 'blocked' };
      return { c, p: plan.price(n, c[0] ?? '', c.includes('L')) };
    });
    const inRow = [
      ...(n === plan.from ? facilities(plan.before, true) : []),
      ...(n === plan.to ? facilities(plan.after, false) : []),
    ];
    rows.push({ n, seats, ...(isExit && { exit: true as const }), ...(inRow.length && { facilities: inRow }) });
  }
  return {
    cabin: plan.cabin,
    columns: plan.columns,
    rows,
    ...(plan.wing && { wing: plan.wing }),
    ...(plan.fold && { fold: true as const }),
  };
}

function mapOf(segment: string, seed: number, plans: Partial<Record<Deck['level'], CabinPlan[]>>): MapAnswer {
  const next = chance(seed);
  const decks = Object.entries(plans).map(([level, cabins]) => ({
    level: level as Deck['level'],
    cabins: cabins.map((plan) => cabinOf(plan, next)),
  }));
  return { segment, read_at: '2026-03-01T10:00:00Z', expires_at: '2026-03-01T10:15:00Z', decks };
}

/** 3-3, rows 1 to 30 without 13, exits at 12 and 14. 4A to 4F are free, €18 each. */
export function a320(segment = 's1'): MapAnswer {
  const map = mapOf(segment, 41, {
    main: [
      {
        cabin: 'economy',
        columns: 'ABC DEF',
        from: 1,
        to: 30,
        skip: [13],
        exits: [12, 14],
        wing: [9, 20],
        before: ['lavatory', 'galley'],
        after: ['lavatory', 'lavatory', 'galley'],
        price: (n, code, isLegroom) =>
          isLegroom ? 3200 : n < 6 ? 1800 : n > 24 && code === '9' ? 0 : n > 22 ? 900 : 1200,
      },
    ],
  });
  for (const letter of 'ABCDEF') seatIn(map, `4${letter}`, { p: 1800 });
  for (const letter of 'ABC') seatIn(map, `12${letter}`, { p: 3200 });
  seatIn(map, '12D', { no: 'taken' });
  seatIn(map, '27B', { p: 0 });
  return map;
}

/** 3-4-3 below, a folded business cabin and 2-4-2 above. 46D to 46G are free, €24 each. */
export function a380(segment = 's2'): MapAnswer {
  const price = (n: number, code: string, isLegroom: boolean) =>
    isLegroom ? 7800 : n < 46 || (n > 79 && n < 84) ? 3600 : code === '9' && n > 58 && n < 70 ? 0 : 2400;
  const map = mapOf(segment, 7, {
    main: [
      {
        cabin: 'economy',
        columns: 'ABC DEFG HJK',
        from: 41,
        to: 68,
        exits: [41, 52],
        wing: [50, 62],
        drop: { 41: 'AK', 68: 'ABJK' },
        before: ['lavatory', 'galley', 'lavatory'],
        after: ['galley', 'lavatory', 'galley'],
        price,
      },
    ],
    upper: [
      { cabin: 'business', columns: 'A DG K', from: 6, to: 17, fold: true, price },
      {
        cabin: 'economy',
        columns: 'AC DEFG HK',
        from: 80,
        to: 96,
        exits: [80],
        wing: [84, 93],
        before: ['galley', 'lavatory', 'galley'],
        after: ['lavatory', 'galley', 'lavatory'],
        price,
      },
    ],
  });
  for (const letter of 'DEFG') seatIn(map, `46${letter}`, { p: 2400 });
  return map;
}

/** Every seat taken. */
export function allTaken(map: MapAnswer): MapAnswer {
  const seats = map.decks.flatMap(({ cabins }) => cabins.flatMap(({ rows }) => rows.flatMap((row) => row.seats)));
  for (const seat of seats) {
    if (!seat) continue;
    delete seat.p;
    seat.no = 'taken';
  }
  return map;
}

/** Sets price or reason of one seat of a sample; its characteristics stay. */
export function seatIn(map: MapAnswer, designator: string, state: Pick<Seat, 'p' | 'no' | 'chosen'>): Seat {
  const n = Number.parseInt(designator, 10);
  for (const { columns, rows } of map.decks.flatMap(({ cabins }) => cabins)) {
    const seat = rows.find((row) => row.n === n)?.seats[columns.replaceAll(' ', '').indexOf(designator.slice(-1))];
    if (!seat) continue;
    delete seat.p;
    delete seat.no;
    return Object.assign(seat, state);
  }
  throw new Error(`the sample has no seat ${designator}`);
}

export const toLondon: Segment = {
  id: 's1',
  flight: 'ZS 482',
  from: { code: 'DUB', city: 'Dublin' },
  to: { code: 'LHR', city: 'London' },
  departs: '2026-03-10T07:35',
  arrives: '2026-03-10T08:55',
  held: {},
};

export const toSingapore: Segment = {
  id: 's2',
  flight: 'ZS 17',
  from: { code: 'LHR', city: 'London' },
  to: { code: 'SIN', city: 'Singapore' },
  departs: '2026-03-10T12:10',
  arrives: '2026-03-11T09:15',
  held: {},
};

export const nothingChosen: Selection = { version: 0, picks: [], total: 0 };

/** ABC123: John Smith with Leo on his lap, María, two flights; the first one's map comes along. */
export function opened(changes: Partial<Opened> = {}): Opened {
  return {
    brand: {
      name: 'SkylineAir',
      mode: 'live',
      tokens: { '--departcart-primary': '#1E40AF', '--departcart-accent': '#10B981' },
      links: {},
    },
    currency: 'EUR',
    record_locator: 'ABC123',
    travellers: [
      { id: '1', name: 'John Smith', initials: 'JS', kind: 'adult', lap: 'Leo' },
      { id: '2', name: 'María G.', initials: 'MG', kind: 'adult' },
    ],
    segments: [toLondon, toSingapore],
    map: a320(),
    selection: nothingChosen,
    purchase: null,
    payment: null,
    ...changes,
  };
}

/** ABC123 at a brand that sells: two seats to London are chosen. */
export function selling(changes: Partial<Opened> = {}): Opened {
  const { brand } = opened();
  return opened({
    brand: {
      ...brand,
      links: { terms: 'https://skyline.example/terms', privacy: 'https://skyline.example/privacy' },
    },
    payment: { gateway: 'stripe', public_key: 'pk_test_1' },
    selection: twoSeats,
    ...changes,
  });
}

/** 4C for John, 4B for María, €36 in all. */
export const twoSeats: Selection = {
  version: 3,
  picks: [
    { traveller: '1', segment: 's1', designator: '4C', price: 1800 },
    { traveller: '2', segment: 's1', designator: '4B', price: 1800 },
  ],
  total: 3600,
};

/** A purchase of the two seats, waiting to be paid until the clock says 00:15 of the first day of time. */
export function purchase(changes: Partial<Purchase> = {}): Purchase {
  return {
    transaction: 'txn_01JNPY8C3Q7R5T9V2X4Z6B8D0F',
    version: 1,
    quote: 1,
    status: 'created',
    items: twoSeats.picks.map(({ price, ...pick }) => ({ pick, price, state: 'pending' as const })),
    currency: 'EUR',
    total: 3600,
    expires_at: '1970-01-01T00:15:00Z',
    payment: null,
    ...changes,
  };
}

export function problem(code: string, changes: Partial<Problem> = {}): Problem {
  return {
    success: false,
    type: `https://departcart.example/problems/${code}`,
    title: code,
    status: 400,
    code,
    detail: `What ${code} means, for whoever looks after the page.`,
    request_id: 'req-1',
    ...changes,
  };
}

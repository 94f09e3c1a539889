/**
 * The aircraft of SkylineAir, an invented airline: where seats, aisles, doors, lavatories and galleys are, and what a seat
 * costs. What every reservation system's stand-in draws its own kind of map from.
 *
 * A line across the aircraft is a string with one character a place, left to right: a column letter, `|` for an aisle, `.`
 * for nothing. A line of facilities has the same places: `L` lavatory, `G` galley, `C` closet.
 */
export interface Cabin {
  cabin: 'economy' | 'business';
  /** 'ABC|DEF'. All cabins of a deck are equally long strings, so that a place means the same across the whole deck. */
  across: string;
  rows: { from: number; to: number; without?: number[] };
  exits: number[];
  wing?: { from: number; to: number };
  /** Places of a row that hold no seat: row → columns. `closets` of them hold a closet. */
  noSeat?: Record<number, string>;
  closets?: Record<number, string>;
  /** A line of facilities before the first row, before a certain row, behind the last row. */
  front?: string;
  before?: Record<number, string>;
  rear?: string;
  /** Not part of the fare of anybody in our bookings: drawn, but nobody may sit there. */
  closed?: true;
  /** What a seat costs, in euro cents. 0 is free. */
  price(row: number, seat: { legroom: boolean; middle: boolean }): number;
}

export interface Deck {
  level: 'main' | 'upper';
  cabins: Cabin[];
}

export interface Aircraft {
  /** IATA's code of the type. */
  code: string;
  legSpaceInches: number;
  longHaul: boolean;
  /** Main deck first. */
  decks: Deck[];
}

export const A320: Aircraft = {
  code: '320',
  legSpaceInches: 30,
  longHaul: false,
  decks: [
    {
      level: 'main',
      cabins: [
        {
          cabin: 'economy',
          across: 'ABC|DEF',
          rows: { from: 1, to: 30, without: [13] },
          exits: [12, 14],
          wing: { from: 9, to: 20 },
          front: 'L..|GGG',
          rear: 'L.L|GGG',
          price: (row, { legroom, middle }) =>
            legroom ? 3200 : row < 6 ? 1800 : row > 24 && middle ? 0 : row > 22 ? 900 : 1200,
        },
      ],
    },
  ],
};

export const A380: Aircraft = {
  code: '388',
  legSpaceInches: 32,
  longHaul: true,
  decks: [
    {
      level: 'main',
      cabins: [
        {
          cabin: 'economy',
          across: 'ABC|DEFG|HJK',
          rows: { from: 41, to: 68 },
          exits: [41, 52],
          wing: { from: 50, to: 62 },
          noSeat: { 41: 'AK', 68: 'ABJK' },
          closets: { 68: 'ABJK' },
          front: 'L..|.GG.|..L',
          before: { 52: 'L..|.GG.|..L' },
          rear: 'G..|.LL.|..G',
          price: (row, { legroom, middle }) => (legroom ? 7800 : row < 46 ? 3600 : middle && row > 58 ? 0 : 2400),
        },
      ],
    },
    {
      level: 'upper',
      cabins: [
        {
          cabin: 'business',
          across: 'A.|.DG.|.K',
          rows: { from: 6, to: 17 },
          exits: [11],
          front: 'L.|.GG.|.L',
          closed: true,
          price: () => 0,
        },
        {
          cabin: 'economy',
          across: 'AC|DEFG|HK',
          rows: { from: 80, to: 96 },
          exits: [80],
          wing: { from: 84, to: 93 },
          front: 'G.|.LL.|.G',
          rear: 'L.|.GG.|.L',
          price: (row, { legroom }) => (legroom ? 7800 : row < 84 ? 3600 : 2400),
        },
      ],
    },
  ],
};

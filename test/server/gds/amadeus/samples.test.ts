import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gds } from '../../../../server/cli/gds.ts';
import type { SeatMap } from '../../../../server/domain/seat-map.ts';

/**
 * Real replies that are not ours to ship. Where they lie beside the repository, each is counted twice: from the raw file, here,
 * and from what `gds map --json` makes of it. The two share no code.
 */
const FOLDER = new URL('../../../../../shared/contracts/gds-samples/amadeus/', import.meta.url);
const present = existsSync(FOLDER);
const files = present ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];
const replies = files.filter((name) => name.startsWith('seatmaps.') && !name.includes('.request.'));

interface Counts {
  decks: number;
  rows: number;
  seats: number;
  available: Record<string, number>;
  exitRows: number[];
}

interface RawMap {
  decks: {
    deckConfiguration: { exitRowsX?: number[] };
    seats: {
      number: string;
      characteristicsCodes?: string[];
      coordinates: { x: number };
      travelerPricing: { travelerId?: string; seatAvailabilityStatus: string }[];
    }[];
  }[];
}

function countRaw({ decks }: RawMap): Counts {
  const rowOf = (number: string) => Number.parseInt(number, 10);
  const has = (codes: string[] | undefined, code: string) => codes?.includes(code) ?? false;
  const all = decks.flatMap(({ seats }) => seats);
  const anyExit = all.some(({ characteristicsCodes }) => has(characteristicsCodes, 'E'));
  const available: Record<string, number> = {};
  for (const { travelerPricing } of all) {
    travelerPricing.forEach(({ travelerId, seatAvailabilityStatus }, index) => {
      const traveller = travelerId ?? `${index + 1}`;
      available[traveller] ??= 0;
      if (seatAvailabilityStatus === 'AVAILABLE') available[traveller]++;
    });
  }
  const exits = decks.flatMap(({ seats, deckConfiguration }) =>
    seats
      .filter(({ characteristicsCodes, coordinates }) =>
        anyExit ? has(characteristicsCodes, 'E') : (deckConfiguration.exitRowsX ?? []).includes(coordinates.x),
      )
      .map(({ number }) => rowOf(number)),
  );
  return {
    decks: decks.length,
    rows: decks.reduce((sum, { seats }) => sum + new Set(seats.map(({ number }) => rowOf(number))).size, 0),
    seats: all.length,
    available,
    exitRows: [...new Set(exits)].sort((a, b) => a - b),
  };
}

function countOurs({ decks }: SeatMap): Counts {
  const rows = decks.map(({ cabins }) => cabins.flatMap((cabin) => cabin.rows));
  const seats = rows.flat().flatMap(({ slots }) => slots.filter((seat) => seat !== null));
  const available: Record<string, number> = {};
  for (const { offers } of seats) {
    for (const [traveller, { availability }] of Object.entries(offers)) {
      available[traveller] = (available[traveller] ?? 0) + (availability === 'available' ? 1 : 0);
    }
  }
  const exits = rows.flat().filter(({ exit }) => exit);
  return {
    decks: decks.length,
    rows: rows.reduce((sum, deck) => sum + new Set(deck.map(({ number }) => number)).size, 0),
    seats: seats.length,
    available,
    exitRows: [...new Set(exits.map(({ number }) => number))].sort((a, b) => a - b),
  };
}

async function run(name: string, ...options: string[]) {
  const said = { out: '', error: '' };
  const code = await gds(['map', new URL(name, FOLDER).pathname, ...options], {
    out: (text) => (said.out += text),
    error: (text) => (said.error += text),
  });
  return { code, ...said };
}

describe.skipIf(!present)('the sample replies beside the repository', () => {
  it('are seven', () => expect(replies).toHaveLength(7));

  it.each(replies)(
    '%s: counts of every map agree with those of the file, and nothing had to be said about it',
    async (name) => {
      const raw = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as RawMap[] | { data: RawMap[] };
      const { code, out } = await run(name, '--json');
      expect(code).toBe(0);
      const maps = JSON.parse(out) as SeatMap[];
      expect(maps.map(countOurs)).toEqual((Array.isArray(raw) ? raw : raw.data).map(countRaw));
      expect(maps.flatMap(({ source }) => source.warnings)).toEqual([]);
    },
  );

  it.each(replies)('%s: is drawn, each seat row once', async (name) => {
    const { code, out } = await run(name);
    const maps = JSON.parse((await run(name, '--json')).out) as SeatMap[];
    const rows = maps.flatMap(({ decks }) => decks.flatMap(({ cabins }) => cabins.flatMap((cabin) => cabin.rows)));
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => /^ {1,3}\d{1,3} [ |=] /.test(line))).toHaveLength(rows.length);
  });

  it.each(files.filter((name) => !replies.includes(name)))('%s: is refused by name', async (name) => {
    const { code, out, error } = await run(name);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toContain(name);
    expect(error).toMatch(/it seems to be an? |it seems to be Amadeus/);
  });
});

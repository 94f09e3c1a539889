import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawSeatMap, legendOf } from '../../../../server/cli/draw-seat-map.ts';
import type { SeatMap } from '../../../../server/domain/seat-map.ts';
import { readMapFile } from '../../../../server/gds/amadeus/map.ts';
import { ever, FakeAmadeus } from './fake-amadeus.ts';
import { sample } from './replies.ts';

type Container = Record<string, unknown> | unknown[];
const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

/** Every place of a value: the object or array that holds it, and its key. */
function placesOf(value: unknown): [Container, string][] {
  if (!isContainer(value)) return [];
  return Object.keys(value).flatMap((key): [Container, string][] => [
    [value, key],
    ...placesOf((value as Record<string, unknown>)[key]),
  ]);
}

const intruder = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>('__proto__', 'constructor', '', '999Z', -1, 1e15, 0.5, [], {}, null, true, '\u001b[2J'),
);

/** One injury: which place (as a share of all), and what becomes of it. */
const injury = fc.tuple(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.constantFrom('replace', 'remove', 'repeat'),
  intruder,
);

function damage(value: unknown, injuries: [number, string, unknown][]): unknown {
  const root = { value: structuredClone(value) };
  for (const [share, kind, replacement] of injuries) {
    const places = placesOf(root.value);
    const [holder, key] = places[Math.floor(share * places.length)] ?? [root, 'value'];
    const fields = holder as Record<string, unknown>;
    if (kind === 'remove') delete fields[key];
    else if (kind === 'repeat' && Array.isArray(holder)) holder.push(structuredClone(fields[key]));
    else fields[key] = replacement;
  }
  return root.value;
}

/** What every map promises, however it came about. */
function expectSound(map: SeatMap): void {
  const sound = map.decks.every(({ cabins }) =>
    cabins.every(({ columns, rows, facilities }) => {
      const letters = columns.flatMap((slot) => (slot.kind === 'seat' ? [slot.letter] : []));
      const once = new Set(letters).size === letters.length && rows.length > 0;
      const placed = facilities.every((facility) => facility.columns.every((letter) => letters.includes(letter)));
      const seated = rows.every(({ slots, number }) => {
        const fits = slots.every((seat, index) => !seat || seat.designator === `${number}${letters[index]}`);
        return fits && slots.length === letters.length;
      });
      return once && placed && seated;
    }),
  );
  expect(sound).toBe(true);
  expect(JSON.parse(JSON.stringify(map))).toEqual(map);
}

const someInjuries = fc.array(injury, { minLength: 1, maxLength: 6 });
const seatMaps = ['seat-map.ok', 'seat-map.legacy', 'seat-map.warning'];

describe('a damaged reply', { timeout: 30_000 }, () => {
  it('is read into sound maps or refused by name; nothing is thrown', () => {
    fc.assert(
      fc.property(fc.constantFrom(...seatMaps), someInjuries, (name, injuries) => {
        const result = readMapFile(damage(sample(name), injuries), '2026-03-09T07:35:00.000Z');
        if (result.is === 'refused') {
          expect(result.wanted).toContain('seatmaps');
          return;
        }
        for (const one of result.maps) {
          expectSound(one.map);
          // oxlint-disable-next-line no-control-regex
          expect(drawSeatMap(one) + legendOf([one.map])).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('may be any JSON at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        expect(['maps', 'refused']).toContain(readMapFile(raw, '2026-03-09T07:35:00.000Z').is);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves the port with an answer: of an order, a booking, none, or "unknown"', async () => {
    await fc.assert(
      fc.asyncProperty(someInjuries, async (injuries) => {
        const far = new FakeAmadeus();
        far.script['by-reference'] = [{ body: damage(sample('order.ok'), injuries) ?? null }];
        const outcome = await far.adapter().findBooking('QTRV7K', 'García', ever());
        expect(['done', 'unknown']).toContain(outcome.is);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves the port with an answer: of maps, one for each segment asked, or "unknown"', async () => {
    const far = new FakeAmadeus();
    far.script['by-reference'] = [{ body: sample('order.ok') }];
    const found = await far.adapter().findBooking('QTRV7K', 'García', ever());
    const booking = found.is === 'done' ? found.value! : null;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...seatMaps), someInjuries, async (name, injuries) => {
        far.script.seatmaps = [{ body: damage(sample(name), injuries) ?? null }];
        const outcome = await far.adapter().seatMaps(booking!, ['3', '4'], ever());
        if (outcome.is === 'unknown') return;
        if (outcome.is !== 'done') throw new Error(outcome.is);
        expect(outcome.value.map(({ segmentId }) => segmentId)).toEqual(['3', '4']);
        for (const one of outcome.value) if ('map' in one) expectSound(one.map);
      }),
      { numRuns: 100 },
    );
  });
});

import type { CabinSection, Deck, Seat, SeatMap } from '../../domain/seat-map.ts';

/**
 * Puts the entries of one segment together: a reply has one for each cabin asked for, and travellers of one flight may sit in
 * different cabins. A seat that stands in two entries is one, with the offers of both.
 * @returns null when no entry holds a seat
 */
export function mergeMaps(segmentId: string, maps: readonly SeatMap[]): SeatMap | null {
  const filled = maps.filter(({ decks }) => decks.some(({ cabins }) => cabins.length));
  const [first] = filled;
  if (!first) return null;
  const known = new Map<string, Seat>();
  const decks: Deck[] = [];
  for (const { level, cabins } of filled.flatMap((map) => map.decks)) {
    const fresh = cabins.flatMap((cabin) => withoutKnown(cabin, known));
    const deck = decks.find((one) => one.level === level);
    if (deck) deck.cabins.push(...fresh);
    else if (fresh.length) decks.push({ level, cabins: fresh });
  }
  // Entries are apart from each other: only row numbers say which cabin is further forward.
  if (filled.length > 1) for (const deck of decks) deck.cabins.sort((a, b) => a.rows[0]!.number - b.rows[0]!.number);
  return {
    ...first,
    segmentId,
    decks,
    source: {
      ...first.source,
      partial: filled.some(({ source }) => source.partial),
      warnings: [...new Set(filled.flatMap(({ source }) => source.warnings))],
    },
  };
}

/** The section with those seats that no entry before it had; the offers of the others go to the seat that is known. */
function withoutKnown(cabin: CabinSection, known: Map<string, Seat>): CabinSection[] {
  const rows = cabin.rows.map((row) => ({
    ...row,
    slots: row.slots.map((seat) => {
      const twin = seat && known.get(seat.designator);
      if (twin) twin.offers = { ...seat.offers, ...twin.offers };
      else if (seat) known.set(seat.designator, seat);
      return twin ? null : seat;
    }),
  }));
  const left = rows.filter(({ slots }) => slots.some((seat) => seat));
  if (!left.length) return [];
  const numbers = new Set(left.map(({ number }) => number));
  return [{ ...cabin, rows: left, facilities: cabin.facilities.filter(({ row }) => numbers.has(row)) }];
}

import type { Segment, Traveller } from '../domain/booking.ts';
import { lapHolders, needsAssent } from '../domain/eligibility.ts';
import type { CabinSection, Row, Seat, SeatMap } from '../domain/seat-map.ts';
import type * as wire from '../wire/panel.ts';
import { termsOf } from './describe-map.ts';
import type { ReadBooking } from './read-booking.ts';
import type { KnownSegment } from './read-maps.ts';

type Refusal = NonNullable<wire.Selection['refused']>[number];

/** A pick that may be had, with what a purchase needs to know of it. */
export interface AcceptedPick extends wire.Pick {
  price: number;
  taxes?: number;
  /** null: free of charge. */
  currency: string | null;
  offerRef: unknown;
  on: Segment;
}

export interface JudgedPicks {
  accepted: AcceptedPick[];
  refused: Refusal[];
}

/** Prices each pick by the rules, or says why not. One seat a traveller and segment, one traveller a seat, one currency in all. */
export function judgePicks(
  read: ReadBooking,
  known: readonly KnownSegment[],
  picks: readonly wire.Pick[],
): JudgedPicks {
  const infants = lapHolders(read.booking.travellers);
  const taken = new Set<string>();
  const judged: JudgedPicks = { accepted: [], refused: [] };
  let currency: string | null = null;
  for (const pick of picks) {
    const result = judgeOne(read, known, pick, taken, infants, currency);
    if (typeof result === 'string') {
      judged.refused.push({ ...pick, why: result });
      continue;
    }
    taken.add(seatKey(pick)).add(travellerKey(pick));
    currency ??= result.currency;
    judged.accepted.push(result);
  }
  return judged;
}

/** A selection as it is said: what is accepted, at its price, and what is not. */
export const describeJudged = ({ accepted, refused }: JudgedPicks): Omit<wire.Selection, 'version'> => ({
  picks: accepted.map((one) => ({
    ...plainPick(one),
    price: one.price,
    ...(one.taxes !== undefined && { taxes: one.taxes }),
  })),
  total: accepted.reduce((sum, one) => sum + one.price, 0),
  ...(refused.length && { refused }),
});

/** What is kept of a pick: no price, which is read again. */
export const plainPick = ({ traveller, segment, designator, assent }: wire.Pick): wire.Pick => ({
  traveller,
  segment,
  designator,
  ...(assent && { assent }),
});

const seatKey = (pick: wire.Pick) => `${pick.segment} ${pick.designator}`;
const travellerKey = (pick: wire.Pick) => `${pick.segment} for ${pick.traveller}`;

function judgeOne(
  read: ReadBooking,
  known: readonly KnownSegment[],
  pick: wire.Pick,
  taken: ReadonlySet<string>,
  infants: ReadonlySet<string>,
  currency: string | null,
): AcceptedPick | Refusal['why'] {
  const traveller: Traveller | undefined = read.booking.travellers.find(
    (one) => one.id === pick.traveller && one.seatable,
  );
  const one = known.find(({ segment }) => segment.id === pick.segment);
  if (!traveller || !one || 'noMap' in one.said || !one.answer) return 'gone';
  const place = findSeat(one.said.map, pick.designator);
  if (!place) return 'gone';
  if (taken.has(seatKey(pick)) || taken.has(travellerKey(pick))) return 'twice';
  if (one.segment.assignedSeats.some((held) => held.travellerId === traveller.id)) return 'not_for_you';
  const terms = termsOf(place, traveller, one.segment, infants.has(traveller.id));
  if ('why' in terms) return terms.why;
  if (needsAssent(place) && !pick.assent) return 'assent';
  if (terms.currency && currency && terms.currency !== currency) return 'unpriced';
  const { ref } = place.seat.offers[traveller.id]!;
  return { ...plainPick(pick), ...terms, offerRef: ref ?? null, on: one.segment };
}

interface FoundSeat {
  seat: Seat;
  row: Row;
  cabin: CabinSection;
}

function findSeat(map: SeatMap, designator: string): FoundSeat | null {
  for (const deck of map.decks)
    for (const cabin of deck.cabins)
      for (const row of cabin.rows)
        for (const seat of row.slots) if (seat?.designator === designator) return { seat, row, cabin };
  return null;
}

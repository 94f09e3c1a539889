import { lapHolders, needsAssent } from '../domain/eligibility.ts';
import { DepartCartError } from '../domain/error.ts';
import type { Row, Seat, SeatMap, CabinSection } from '../domain/seat-map.ts';
import type * as wire from '../wire/panel.ts';
import { termsOf } from './describe-map.ts';
import type { PanelServices } from './panel-services.ts';
import { resumeSession } from './panel-session.ts';
import type { ReadBooking } from './read-booking.ts';
import { readMaps, type KnownSegment } from './read-maps.ts';

type Refusal = NonNullable<wire.Selection['refused']>[number];

/**
 * Keeps the whole selection of a booking, one sealed row, so that a reload, a second tab or a later visit shows it. Seats that
 * can't be had are named with the reason and left out; the rest is kept.
 * @throws DepartCartError `selection_changed` with the current one when `version` is not the stored one; `session_over`,
 * `gds_unavailable`
 */
export async function keepSelection(
  services: PanelServices,
  request: { token: string; version: number; picks: wire.Pick[]; origin: string | null },
): Promise<wire.Answer<{ selection: wire.Selection }>> {
  const { read, renewed } = await resumeSession(services, request.token, request.origin);
  const segments = read.booking.segments.filter((one) => request.picks.some((pick) => pick.segment === one.id));
  const known = await readMaps(services, read, segments);
  const judged = judge(read, known, request.picks);
  const kept = judged.picks.map(({ traveller, segment, designator, assent }) => ({
    traveller,
    segment,
    designator,
    ...(assent && { assent }),
  }));
  const sealed = await services.vault.seal(placeOf(read), JSON.stringify(kept));
  const written = await services.store.rows.selections.replace(read.key, request.version, {
    sealed,
    changedAt: services.clock.now(),
  });
  if (!written) {
    const selection = await priceSelection(services, read);
    throw new DepartCartError(
      'selection_changed',
      'The selection was changed elsewhere. The current one is in `selection`.',
      { extra: { selection } },
    );
  }
  return { success: true, ...(renewed && { token: renewed }), selection: { version: request.version + 1, ...judged } };
}

/** The kept selection at today's prices. A seat that can't be had any more stands under `refused`. */
export async function priceSelection(
  services: PanelServices,
  read: ReadBooking,
  known?: readonly KnownSegment[],
): Promise<wire.Selection> {
  const row = await services.store.rows.selections.get(read.key);
  if (!row) return { version: 0, picks: [], total: 0 };
  const picks = JSON.parse(await services.vault.open(placeOf(read), row.sealed)) as wire.Pick[];
  const segments = read.booking.segments.filter((one) => picks.some((pick) => pick.segment === one.id));
  return { version: row.version, ...judge(read, known ?? (await readMaps(services, read, segments)), picks) };
}

const placeOf = ({ key }: ReadBooking) => ({ table: 'selections', row: key.booking, brand: key.brand, field: 'picks' });

/** Prices each pick by the rules, or says why not. One seat a traveller and segment, one traveller a seat, one currency in all. */
function judge(
  read: ReadBooking,
  known: readonly KnownSegment[],
  picks: readonly wire.Pick[],
): Omit<wire.Selection, 'version'> {
  const infants = lapHolders(read.booking.travellers);
  const taken = new Set<string>();
  const accepted: wire.Selection['picks'] = [];
  const refused: Refusal[] = [];
  let currency: string | null = null;
  for (const pick of picks) {
    const refuse = (why: Refusal['why']) => void refused.push({ ...pick, why });
    const traveller = read.booking.travellers.find((one) => one.id === pick.traveller && one.seatable);
    const one = known.find(({ segment }) => segment.id === pick.segment);
    if (!traveller || !one || 'noMap' in one.said || !one.answer) refuse('gone');
    else {
      const place = findSeat(one.said.map, pick.designator);
      const seatKey = `${pick.segment} ${pick.designator}`;
      const travellerKey = `${pick.segment} for ${pick.traveller}`;
      const terms = place && termsOf(place, traveller, one.segment, infants.has(traveller.id));
      if (!place || !terms) refuse('gone');
      else if (taken.has(seatKey) || taken.has(travellerKey)) refuse('twice');
      else if (one.segment.assignedSeats.some((held) => held.travellerId === traveller.id)) refuse('not_for_you');
      else if ('why' in terms) refuse(terms.why);
      else if (needsAssent(place) && !pick.assent) refuse('assent');
      else if (terms.currency && currency && terms.currency !== currency) refuse('unpriced');
      else {
        taken.add(seatKey).add(travellerKey);
        currency ??= terms.currency;
        accepted.push({ ...pick, price: terms.price, ...(terms.taxes !== undefined && { taxes: terms.taxes }) });
      }
    }
  }
  return {
    picks: accepted,
    total: accepted.reduce((sum, pick) => sum + pick.price, 0),
    ...(refused.length && { refused }),
  };
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

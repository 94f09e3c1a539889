import type { Booking, Segment, Traveller } from '../domain/booking.ts';
import { displayNames, givenName } from '../domain/display-name.ts';
import type { Places } from '../domain/ports/places.ts';
import type * as wire from '../wire/panel.ts';

/** The travellers who can have a seat, as the browser may know them: no birth dates, contacts or tickets. */
export function describeTravellers(booking: Booking): wire.Traveller[] {
  const seated = booking.travellers.filter((one) => one.seatable);
  const names = displayNames(seated);
  return seated.map((one) => {
    const infant = booking.travellers.find(
      (other) => other.type === 'infant_lap' && other.associatedAdultId === one.id,
    );
    return {
      id: one.id,
      ...names.get(one.id)!,
      kind: kindOf(one),
      ...(infant && { lap: givenName(infant.givenName) }),
    };
  });
}

/** A segment as the panel shows it; why it has no map is added by whoever read the map. */
export function describeSegment(segment: Segment, booking: Booking, places: Places): wire.Segment {
  const { marketing, operating } = segment;
  return {
    id: segment.id,
    flight: `${marketing.airline} ${marketing.number}`,
    ...(operating && operating.airline !== marketing.airline && { operated_by: operating.airline }),
    from: place(segment.origin, places),
    to: place(segment.destination, places),
    departs: segment.departure.local.slice(0, 16),
    arrives: segment.arrival.local.slice(0, 16),
    held: Object.fromEntries(
      segment.assignedSeats.map(({ travellerId, designator }) => {
        const paid = booking.documents.some(
          (one) =>
            one.kind === 'emd' &&
            one.status === 'issued' &&
            one.travellerId === travellerId &&
            one.segmentIds.includes(segment.id),
        );
        return [travellerId, { designator, paid, changeable: !paid }];
      }),
    ),
  };
}

const place = (code: string, places: Places): wire.Place => {
  const city = places.cityOf(code);
  return { code, ...(city && { city }) };
};

function kindOf({ type }: Traveller): wire.Traveller['kind'] {
  if (type === 'child') return 'child';
  return type === 'infant_seat' ? 'infant_seat' : 'adult';
}

import places from 'virtual:airports';
import { z } from 'zod';

/** What the airline's own page tells of one booking, in words. */
export interface Trip {
  travellers: { givenName: string; surname: string; isInfant: boolean }[];
  flights: TripFlight[];
}

export interface TripFlight {
  /** "ZS 482". */
  number: string;
  /** "Tuesday 9 March". */
  day: string;
  from: Stop;
  to: Stop;
  /** Days between the two dates: 1 for an arrival on the next. */
  daysLater: number;
  /** "1 h 20 min". */
  duration: string;
  aircraft: string;
  /** Another airline's code, where that one flies. */
  operatedBy?: string;
}

export interface Stop {
  /** "07:35", the airport's time. */
  time: string;
  airport: string;
  city: string;
}

const booking = z.object({
  travellers: z.array(z.object({ given_name: z.string(), surname: z.string(), kind: z.string() })),
  segments: z.array(
    z.object({
      flight: z.string(),
      operated_by: z.string(),
      origin: z.string(),
      destination: z.string(),
      departure: z.string(),
      arrival: z.string(),
      duration: z.string(),
      aircraft: z.string(),
    }),
  ),
});

const FLEET: Record<string, string> = { '320': 'Airbus A320', '388': 'Airbus A380' };

/**
 * The booking as the airline's reservation system has it, which is here the sandbox's. Undefined when there is none, none
 * of that name, or no answer: the page then does without.
 */
export async function readTrip(sandboxes: string, pnr: string, lastName: string): Promise<Trip | undefined> {
  try {
    const url = `${sandboxes}/gds/amadeus/bookings/${encodeURIComponent(pnr)}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    if (!answer.ok) return undefined;
    const { travellers, segments } = booking.parse(await answer.json());
    if (!travellers.some(({ surname }) => plain(surname) === plain(lastName))) return undefined;
    return {
      travellers: travellers.map(({ given_name, surname, kind }) => ({
        givenName: asName(given_name),
        surname: asName(surname),
        isInfant: kind.startsWith('infant'),
      })),
      flights: segments.map(flightOf),
    };
  } catch {
    return undefined;
  }
}

function flightOf(segment: z.infer<typeof booking>['segments'][number]): TripFlight {
  const { flight, operated_by, origin, destination, departure, arrival, duration, aircraft } = segment;
  return {
    number: flight,
    day: dayOf(departure),
    from: stopAt(origin, departure),
    to: stopAt(destination, arrival),
    daysLater: (dateOf(arrival).getTime() - dateOf(departure).getTime()) / 86_400_000,
    duration: inWords(duration),
    aircraft: FLEET[aircraft] ?? aircraft,
    ...(flight.startsWith(`${operated_by} `) ? {} : { operatedBy: operated_by }),
  };
}

const stopAt = (airport: string, local: string): Stop => ({
  time: local.slice(11, 16),
  airport,
  city: places[airport]?.[0] || airport,
});

const dateOf = (local: string): Date => new Date(`${local.slice(0, 10)}T00:00:00Z`);

const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

const dayOf = (local: string): string => dayFormat.format(dateOf(local));

/** "PT13H5M" → "13 h 05 min". */
function inWords(duration: string): string {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?$/.exec(duration) ?? [];
  return `${hours} h ${minutes.padStart(2, '0')} min`;
}

/** Reservation systems know capitals only: "MARÍA" → "María". */
const asName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/(^|[\s'-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());

const plain = (name: string): string => name.normalize('NFD').replaceAll(/\P{L}/gu, '').toUpperCase();

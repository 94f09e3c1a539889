import { dateInDays } from './flights.ts';
import type { Flight, FlightCode } from './flights.ts';

export interface Traveller {
  id: string;
  givenName: string;
  surname: string;
  dateOfBirth: string;
  gender: 'MALE' | 'FEMALE';
  kind: 'adult' | 'child' | 'infant_lap';
  /** On whose lap. */
  adult?: string;
}

export interface Segment {
  id: string;
  flight: Flight;
  /** Reservation booking designator. */
  bookingClass: string;
  status: 'confirmed' | 'cancelled';
  flown: boolean;
}

export interface HeldSeat {
  traveller: string;
  segment: string;
  designator: string;
}

export interface Document {
  kind: 'ticket' | 'emd';
  number: string;
  traveller: string;
  segments: string[];
}

export interface Booking {
  pnr: string;
  /** What the airline's own system calls the booking; travellers mix the two up. */
  airlineLocator: string;
  createdOn: string;
  travellers: Traveller[];
  segments: Segment[];
  seats: HeldSeat[];
  documents: Document[];
}

/** What the start page tells people to try. The bookings for tests (hostile names, cancelled, flown) are not among them. */
export const demoBookings: { pnr: string; lastName: string; shows: string }[] = [
  { pnr: 'ABC123', lastName: 'SMITH', shows: 'Two adults and an infant on the lap, an A320 and then an A380' },
  { pnr: 'SOLO77', lastName: 'OKAFOR', shows: 'One adult, one flight: the same A320 as ABC123' },
  { pnr: 'HELD33', lastName: 'SMITH', shows: 'Seats held already, one of them paid' },
  { pnr: 'NOMAP2', lastName: 'LINDQVIST', shows: 'Another airline flies the second leg: no seat map' },
  { pnr: 'FULL00', lastName: 'SMITH', shows: 'Every seat taken' },
];

type Person = Omit<Traveller, 'dateOfBirth' | 'kind'> & { kind?: Traveller['kind']; ageInDays: number };

interface Plan {
  pnr: string;
  airlineLocator: string;
  people: Person[];
  flights: { id: string; code: FlightCode; gone?: 'cancelled' | 'flown' }[];
  seats?: HeldSeat[];
  emds?: Document[];
}

const YEAR = 365;
const ticketed = 20; // days ago

const john: Person = { id: '1', givenName: 'JOHN', surname: 'SMITH', gender: 'MALE', ageInDays: 34 * YEAR };
const leo: Person = {
  id: '3',
  givenName: 'LEO',
  surname: 'SMITH',
  gender: 'MALE',
  ageInDays: 300,
  kind: 'infant_lap',
  adult: '1',
};
const maria: Person = { id: '2', givenName: 'MARÍA', surname: 'GARCÍA', gender: 'FEMALE', ageInDays: 36 * YEAR };

function alone(givenName: string, surname: string): Person[] {
  return [{ id: '1', givenName, surname, gender: 'FEMALE', ageInDays: 29 * YEAR }];
}

/** Segment ids are no 1, 2, 3, and the infant may stand between the adults: both as the real systems have it. */
const PLANS: Plan[] = [
  {
    pnr: 'ABC123',
    airlineLocator: 'K7QZ4M',
    people: [john, leo, maria],
    flights: [
      { id: '47', code: 'ZS 482' },
      { id: '48', code: 'ZS 17' },
    ],
  },
  {
    pnr: 'SOLO77',
    airlineLocator: 'P2WX8D',
    people: alone('NGOZI', 'OKAFOR'),
    flights: [{ id: '12', code: 'ZS 482' }],
  },
  {
    pnr: 'HELD33',
    airlineLocator: 'M9TB6R',
    people: [
      { id: '1', givenName: 'ADA', surname: 'SMITH', gender: 'FEMALE', ageInDays: 41 * YEAR },
      { id: '2', givenName: 'BEN', surname: 'SMITH', gender: 'MALE', ageInDays: 43 * YEAR },
    ],
    flights: [
      { id: '3', code: 'ZS 482' },
      { id: '4', code: 'ZS 17' },
    ],
    seats: [
      { traveller: '1', segment: '3', designator: '8A' },
      { traveller: '2', segment: '3', designator: '8B' },
      { traveller: '1', segment: '4', designator: '47A' },
      { traveller: '2', segment: '4', designator: '47B' },
    ],
    emds: [{ kind: 'emd', number: '0008200000017', traveller: '1', segments: ['3'] }],
  },
  {
    pnr: 'NOMAP2',
    airlineLocator: 'H4CV7N',
    people: alone('ASTRID', 'LINDQVIST'),
    flights: [
      { id: '5', code: 'ZS 482' },
      { id: '6', code: 'ZS 6120' },
    ],
  },
  {
    pnr: 'FULL00',
    airlineLocator: 'D8JF3L',
    people: alone('RUTH', 'SMITH'),
    flights: [{ id: '20', code: 'ZS 484' }],
  },
  {
    pnr: 'FAMLY4',
    airlineLocator: 'R6GY2S',
    people: [
      { id: '1', givenName: 'SIOBHÁN MRS', surname: 'NÍ BHRIAIN', gender: 'FEMALE', ageInDays: 38 * YEAR },
      { id: '2', givenName: 'SEÁN MR', surname: "O'NEILL-BYRNE", gender: 'MALE', ageInDays: 40 * YEAR },
      { id: '3', givenName: 'AOIFE', surname: "O'NEILL-BYRNE", gender: 'FEMALE', ageInDays: 8 * YEAR, kind: 'child' },
      {
        id: '4',
        givenName: 'FIONN',
        surname: 'NÍ BHRIAIN',
        gender: 'MALE',
        ageInDays: 200,
        kind: 'infant_lap',
        adult: '1',
      },
    ],
    flights: [
      { id: '31', code: 'ZS 482' },
      { id: '32', code: 'ZS 17' },
      { id: '33', code: 'ZS 841' },
    ],
  },
  {
    pnr: 'HOSTL1',
    airlineLocator: 'X5NE9K',
    people: [
      {
        id: '1',
        givenName: '<IMG SRC=X ONERROR=ALERT(1)>',
        surname: 'HOSTILE',
        gender: 'FEMALE',
        ageInDays: 30 * YEAR,
      },
      {
        id: '2',
        givenName: '"\'><SCRIPT>ALERT(2)</SCRIPT>',
        surname: '</STYLE><B>${7*7}{{7*7}}',
        gender: 'MALE',
        ageInDays: 31 * YEAR,
      },
    ],
    flights: [{ id: '9', code: 'ZS 488' }],
  },
  {
    pnr: 'CANCL1',
    airlineLocator: 'B3LU5H',
    people: alone('OLGA', 'SMITH'),
    flights: [
      { id: '7', code: 'ZS 482', gone: 'cancelled' },
      { id: '8', code: 'ZS 17', gone: 'cancelled' },
    ],
  },
  {
    pnr: 'FLOWN1',
    airlineLocator: 'W9SA4C',
    people: alone('VERA', 'SMITH'),
    flights: [{ id: '2', code: 'ZS 480', gone: 'flown' }],
  },
];

/** All bookings as they stand when the sandboxes start; `now` in milliseconds since the epoch. */
export function makeBookings(flights: Map<FlightCode, Flight>, now: number): Map<string, Booking> {
  let ticketNumber = 2_400_000_010;
  const made = PLANS.map((plan): Booking => {
    const segments = plan.flights.map(({ id, code, gone }): Segment => ({
      id,
      flight: flights.get(code)!,
      bookingClass: 'M',
      status: gone === 'cancelled' ? 'cancelled' : 'confirmed',
      flown: gone === 'flown',
    }));
    const tickets = plan.people.map((person): Document => ({
      kind: 'ticket',
      number: `000${(ticketNumber += 1)}`,
      traveller: person.id,
      segments: segments.map((segment) => segment.id),
    }));
    return {
      pnr: plan.pnr,
      airlineLocator: plan.airlineLocator,
      createdOn: dateInDays(now, -ticketed),
      travellers: plan.people.map(({ ageInDays, ...person }): Traveller => ({
        kind: 'adult',
        ...person,
        dateOfBirth: dateInDays(now, -ageInDays),
      })),
      segments,
      seats: (plan.seats ?? []).map((seat) => ({ ...seat })),
      documents: [...tickets, ...(plan.emds ?? [])],
    };
  });
  return new Map(made.map((booking) => [booking.pnr, booking]));
}

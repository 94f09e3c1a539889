import { makeBookings } from './bookings.ts';
import type { Booking, HeldSeat, Segment, Traveller } from './bookings.ts';
import { planDecks } from './cabin.ts';
import type { CabinSeat, DeckPlan } from './cabin.ts';
import { scheduleFlights } from './flights.ts';
import type { Flight } from './flights.ts';

/** Who asks for a seat, as far as it decides where they may sit. */
export interface Sitter {
  kind: Traveller['kind'];
  infantOnLap: boolean;
}

/** A change was refused; nothing of it was done. */
export type Refusal = { seat: HeldSeat; why: 'unknown' | 'taken' | 'not_for_you' };

/**
 * The airline behind the reservation systems: its flights, its bookings, and who sits where. Everything is in memory and
 * starts over with a new one. The reservation systems' stand-ins read and change it; none of them keeps bookings of its own.
 */
export class Airline {
  readonly flights: Flight[];
  private readonly bookings: Map<string, Booking>;
  private readonly plans = new Map<Flight, DeckPlan[]>();

  /** `now` in milliseconds since the epoch: the day that flights are dated from. */
  constructor(now: number) {
    const flights = scheduleFlights(now);
    this.flights = [...flights.values()];
    this.bookings = makeBookings(flights, now);
  }

  booking(pnr: string): Booking | undefined {
    return this.bookings.get(pnr);
  }

  decks(flight: Flight): DeckPlan[] {
    let plan = this.plans.get(flight);
    if (!plan) this.plans.set(flight, (plan = planDecks(flight.aircraft, flight.crowd)));
    return plan;
  }

  seat(flight: Flight, designator: string): CabinSeat | undefined {
    for (const deck of this.decks(flight)) {
      const found = deck.seats.find((seat) => seat.designator === designator);
      if (found) return found;
    }
    return undefined;
  }

  /** What our bookings hold on a flight. Kept in the bookings alone, so that the two can't disagree. */
  heldOn(flight: Flight): Map<string, { pnr: string; traveller: string }> {
    const held = new Map<string, { pnr: string; traveller: string }>();
    for (const booking of this.bookings.values()) {
      const here = booking.segments.filter((segment) => segment.flight === flight && segment.status === 'confirmed');
      for (const seat of booking.seats) {
        if (here.some((segment) => segment.id === seat.segment)) {
          held.set(seat.designator, { pnr: booking.pnr, traveller: seat.traveller });
        }
      }
    }
    return held;
  }

  /** A stranger takes a seat. False where there is none, or somebody sits there already. */
  take(flight: Flight, designator: string): boolean {
    const seat = this.seat(flight, designator);
    if (!seat || seat.start === 'taken' || this.heldOn(flight).has(designator)) return false;
    seat.start = 'taken';
    return true;
  }

  /** The airline cancels every flight of a booking. */
  cancel(booking: Booking): void {
    for (const segment of booking.segments) segment.status = 'cancelled';
  }

  /**
   * Puts travellers on seats, all or nothing; a seat that a traveller of the list had before on that segment is given up.
   * Answers what was refused, or undefined when everybody sits.
   */
  assign(booking: Booking, wanted: HeldSeat[]): Refusal | undefined {
    const replaced = (seat: HeldSeat) =>
      wanted.some(({ traveller, segment }) => traveller === seat.traveller && segment === seat.segment);
    for (const [index, seat] of wanted.entries()) {
      const why = this.whyNot(booking, seat, replaced);
      if (why) return { seat, why };
      const twice = wanted.findIndex((other) => other.segment === seat.segment && other.designator === seat.designator);
      if (twice !== index) return { seat, why: 'taken' };
    }
    booking.seats = [...booking.seats.filter((seat) => !replaced(seat)), ...wanted];
    return undefined;
  }

  private whyNot(booking: Booking, wanted: HeldSeat, givenUp: (seat: HeldSeat) => boolean): Refusal['why'] | undefined {
    const segment = segmentOf(booking, wanted.segment);
    const seat = segment && this.seat(segment.flight, wanted.designator);
    const sitter = sitterOf(booking, wanted.traveller);
    if (!segment || !seat || !sitter || segment.status !== 'confirmed' || segment.flown) return 'unknown';
    const holder = this.heldOn(segment.flight).get(wanted.designator);
    const mine = holder?.pnr === booking.pnr && givenUp({ ...wanted, traveller: holder.traveller });
    if (holder ? !mine : seat.start === 'taken') return 'taken';
    if (holder?.traveller === wanted.traveller) return undefined;
    return seat.start === 'shut' || !maySit(sitter, seat) ? 'not_for_you' : undefined;
  }
}

export function segmentOf(booking: Booking, id: string): Segment | undefined {
  return booking.segments.find((segment) => segment.id === id);
}

/** Undefined where the booking has no such traveller. */
export function sitterOf(booking: Booking, id: string): Sitter | undefined {
  const traveller = booking.travellers.find((person) => person.id === id);
  return traveller && { kind: traveller.kind, infantOnLap: booking.travellers.some(({ adult }) => adult === id) };
}

/** The airline's rules: nobody with an infant on the lap where it says `1A`, no child at an exit or where it says `IE`. */
export function maySit(sitter: Sitter, seat: CabinSeat): boolean {
  if (sitter.kind === 'infant_lap') return false;
  if (sitter.infantOnLap && seat.codes.includes('1A')) return false;
  return sitter.kind !== 'child' || !(seat.codes.includes('E') || seat.codes.includes('IE'));
}

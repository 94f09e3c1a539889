import type { Booking } from '../../server/domain/booking.ts';
import type { GdsPort, ItemWord, SeatPick } from '../../server/domain/ports/gds.ts';
import type { Outcome } from '../../server/domain/ports/outcome.ts';
import type { SegmentMap } from '../../server/domain/seat-map.ts';
import type { Line, VendorCall, World } from './world.ts';
import { goodLine, WORLD_START } from './world.ts';

/** What reservation systems differ in, as far as the purchase feels it. */
export const systems = {
  sabre: { unassign: true, refundEmd: true, refundEmdMs: Infinity },
  amadeus: { unassign: false, refundEmd: false, refundEmdMs: 0 },
  /** Gives a document back on its first day only. */
  travelport: { unassign: true, refundEmd: true, refundEmdMs: 86_400_000 },
} as const;

export type GdsKind = keyof typeof systems;

/** One seat for one traveller, as the GDS has it. */
export interface GdsSeat {
  traveller: string;
  designator: string;
  /** Whose it is; `desk`: the airline moved the traveller out of it. */
  seat: 'ours' | 'desk' | null;
  /** The item that it was last given for. */
  item: string;
  documents: { number: string; item: string; live: boolean }[];
  emdRefused: boolean;
  /** Somebody else changed what was there: neither our doing nor our fault. */
  tampered: boolean;
}

/** Where people really sit, whoever keeps it: what the invariants compare our rows with. */
export interface RealSeats {
  seat(pick: { traveller: string; segment: string; designator: string }): RealSeat;
  /** All that were asked for once. */
  seats(): RealSeat[];
}

export type RealSeat = Pick<GdsSeat, 'seat' | 'item' | 'tampered'> & {
  documents: readonly { item: string; live: boolean }[];
};

/** The truth about seats and documents. Plain data, so that a test can keep it in a file. */
export interface GdsTruth {
  cancelled: boolean;
  lastDocument: number;
  seats: Record<string, GdsSeat>;
  /** By designator, in minor units. */
  prices: Record<string, number>;
  /** Somebody else sits there. */
  taken: string[];
}

export const SEGMENT = '1';
export const TRAVELLERS = ['1', '2', '3'] as const;

export const freshTruth = (): GdsTruth => ({
  cancelled: false,
  lastDocument: 0,
  seats: {},
  prices: Object.fromEntries([0, 0, 1000, 1700, 2400, 1200, 500, 3100].map((price, at) => [`${11 + at}A`, price])),
  taken: [],
});

export class Gds implements RealSeats {
  constructor(
    readonly world: World,
    readonly kind: GdsKind,
    readonly locator: string,
    readonly lastName: string,
    readonly truth: GdsTruth = freshTruth(),
  ) {}

  seat(pick: { traveller: string; designator: string }): GdsSeat {
    return (this.truth.seats[`${pick.traveller} ${pick.designator}`] ??= {
      traveller: pick.traveller,
      designator: pick.designator,
      seat: null,
      item: '',
      documents: [],
      emdRefused: false,
      tampered: false,
    });
  }

  seats(): GdsSeat[] {
    return Object.values(this.truth.seats);
  }

  assign(picks: readonly SeatPick[]): Outcome<ItemWord[]> {
    return done(
      picks.map((pick) => {
        const row = this.seat(pick);
        const no = (reason: ItemWord['reason']) => word(pick, 'seat', 'refused', reason);
        if (this.truth.cancelled) return no('booking_cancelled');
        if (row.seat === 'desk') return no('changed_at_gds');
        if (row.seat !== 'ours') {
          if (this.truth.taken.includes(pick.designator)) return no('seat_taken');
          if (this.truth.prices[pick.designator] !== pick.priceMinor) return no('price_changed');
        }
        Object.assign(row, { seat: 'ours', item: pick.item });
        return word(pick, 'seat', 'present');
      }),
    );
  }

  issue(picks: readonly SeatPick[]): Outcome<ItemWord[]> {
    return done(
      picks.map((pick) => {
        const row = this.seat(pick);
        if (this.truth.cancelled) return word(pick, 'emd', 'refused', 'booking_cancelled');
        if (row.seat !== 'ours') return word(pick, 'emd', 'refused', 'changed_at_gds');
        if (row.emdRefused) return word(pick, 'emd', 'refused', 'emd_refused');
        const number = `125${String(++this.truth.lastDocument).padStart(10, '0')}`;
        row.documents.push({ number, item: pick.item, live: true });
        return { ...word(pick, 'emd', 'present'), number };
      }),
    );
  }

  unassign(picks: readonly SeatPick[]): Outcome<ItemWord[]> {
    return done(
      picks.map((pick) => {
        const row = this.seat(pick);
        if (row.seat === 'ours') row.seat = null;
        return word(pick, 'seat', 'absent');
      }),
    );
  }

  refundEmds(picks: readonly SeatPick[]): Outcome<ItemWord[]> {
    const over = this.world.now > WORLD_START + systems[this.kind].refundEmdMs;
    return done(
      picks.map((pick) => {
        if (over) return word(pick, 'emd', 'refused', 'not_allowed');
        for (const document of this.seat(pick).documents) document.live = false;
        return word(pick, 'emd', 'absent');
      }),
    );
  }

  lookup(picks: readonly SeatPick[]): Outcome<ItemWord[]> {
    return done(
      picks.flatMap((pick) => {
        const row = this.seat(pick);
        const gone = this.truth.cancelled;
        const document = row.documents.find(({ live }) => live);
        const seat =
          row.seat === 'ours'
            ? word(pick, 'seat', 'present')
            : gone
              ? word(pick, 'seat', 'refused', 'booking_cancelled')
              : row.seat === 'desk'
                ? word(pick, 'seat', 'refused', 'changed_at_gds')
                : word(pick, 'seat', 'absent');
        const emd = document
          ? { ...word(pick, 'emd', 'present'), number: document.number }
          : gone
            ? word(pick, 'emd', 'refused', 'booking_cancelled')
            : word(pick, 'emd', 'absent');
        return [seat, emd];
      }),
    );
  }

  booking(): Booking {
    const time = { local: '2029-06-01T10:00' };
    return {
      gds: 'amadeus',
      recordLocator: this.locator,
      supplierLocators: [],
      ref: 'order-ref',
      travellers: TRAVELLERS.map((id) => ({
        id,
        ref: id,
        type: 'adult',
        givenName: `GIVEN${id}`,
        surname: this.lastName,
        seatable: true,
      })),
      segments: [
        {
          id: SEGMENT,
          ref: SEGMENT,
          marketing: { airline: 'SK', number: '417' },
          origin: 'LHR',
          destination: 'CDG',
          departure: time,
          arrival: time,
          status: 'confirmed',
          assignedSeats: Object.values(this.truth.seats)
            .filter(({ seat }) => seat === 'ours')
            .map(({ traveller, designator }) => ({ travellerId: traveller, designator, status: 'confirmed' })),
        },
      ],
      documents: [],
      staleWarning: false,
      readAt: new Date(this.world.now).toISOString(),
    };
  }

  seatMaps(): SegmentMap[] {
    const sits = new Set(Object.values(this.truth.seats).flatMap((one) => (one.seat ? [one.designator] : [])));
    const rows = Object.entries(this.truth.prices).map(([designator, amountMinor]) => ({
      number: Number.parseInt(designator, 10),
      exit: false,
      wing: false,
      bulkhead: false,
      slots: [
        {
          row: Number.parseInt(designator, 10),
          column: 'A',
          designator,
          characteristics: [],
          position: 'window' as const,
          offers: Object.fromEntries(
            TRAVELLERS.map((traveller) => [
              traveller,
              {
                availability:
                  this.truth.taken.includes(designator) || sits.has(designator)
                    ? ('occupied' as const)
                    : ('available' as const),
                rawStatus: '',
                price: amountMinor
                  ? { kind: 'paid' as const, total: { amountMinor, currency: 'EUR' } }
                  : { kind: 'free' as const },
              },
            ]),
          ),
        },
      ],
    }));
    const cabin = {
      cabin: 'economy' as const,
      columns: [{ kind: 'seat' as const, letter: 'A' }],
      rows,
      facilities: [],
    };
    const source = { fetchedAt: new Date(this.world.now).toISOString(), partial: false, warnings: [] };
    return [
      { segmentId: SEGMENT, map: { segmentId: SEGMENT, leg: 1, decks: [{ level: 'main', cabins: [cabin] }], source } },
    ];
  }
}

const done = <T>(value: T): Outcome<T> => ({ is: 'done', value });

const word = (
  pick: SeatPick,
  thing: ItemWord['thing'],
  said: ItemWord['word'],
  reason?: ItemWord['reason'],
): ItemWord => ({ item: pick.item, thing, word: said, ...(reason && { reason }) });

/** The GDS behind the port. Reading booking and map is always possible; what the runner asks goes over the line. */
export function gdsPort(gds: Gds, line: Line = goodLine): GdsPort {
  const { unassign, refundEmd } = systems[gds.kind];
  const call = (kind: VendorCall['kind']): VendorCall => ({ kind, lane: 'gds' });
  return {
    can: { assignPaid: true, unassign, issueEmd: true, refundEmd, lock: 'none' },
    findBooking: (locator, lastName) =>
      Promise.resolve(done(locator === gds.locator && lastName === gds.lastName ? gds.booking() : null)),
    seatMaps: () => Promise.resolve(done(gds.seatMaps())),
    assign: (_booking, picks) => line(call('assign_seats'), () => gds.assign(picks)),
    lookup: (_booking, picks) => line(call('look_up_booking'), () => gds.lookup(picks)),
    unassign: (_booking, picks) => line(call('remove_seats'), () => gds.unassign(picks)),
    issue: (_booking, picks) => line(call('issue_emds'), () => gds.issue(picks)),
    refundEmds: (_booking, picks) => line(call('refund_emds'), () => gds.refundEmds(picks)),
  };
}

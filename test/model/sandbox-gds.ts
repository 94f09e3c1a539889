import { amadeusDemoCredentials } from '../../demo/sandboxes/gds/amadeus.ts';
import type { GdsPort, ItemWord, SeatPick } from '../../server/domain/ports/gds.ts';
import type { OutboundRequest } from '../../server/domain/ports/outbound.ts';
import type { Outcome } from '../../server/domain/ports/outcome.ts';
import type { Item } from '../../server/domain/transaction/transaction.ts';
import { gdsFactories } from '../../server/gds/registry.ts';
import { DEADLINE_MS } from '../../server/services/carry-out-effect.ts';
import type * as wire from '../../server/wire/panel.ts';
import type { RealSeat } from '../support/world-gds.ts';
import { SANDBOXES, type SandboxWorld } from './sandbox-world.ts';
import type { GdsSide } from './sides.ts';
import type { Passage } from './wire.ts';

/** Bookings of the sandbox, and how often one is walked with: those with a wide body cost more time than they show. */
const BOOKINGS = [
  { locator: 'HOSTL1', lastName: 'HOSTILE', travellers: ['1', '2'] },
  { locator: 'HOSTL1', lastName: 'HOSTILE', travellers: ['1', '2'] },
  { locator: 'HOSTL1', lastName: 'HOSTILE', travellers: ['1', '2'] },
  { locator: 'SOLO77', lastName: 'OKAFOR', travellers: ['1'] },
  { locator: 'SOLO77', lastName: 'OKAFOR', travellers: ['1'] },
  { locator: 'FAMLY4', lastName: "O'NEILL-BYRNE", travellers: ['1', '2', '3'] },
];

interface Place {
  traveller: string;
  segment: string;
  designator: string;
}
interface Stands {
  segments: { id: string; status: string }[];
  seats: Place[];
}

const keyOf = ({ traveller, segment, designator }: Place): string => [traveller, segment, designator].join(' ');

/** Our adapter for Amadeus before Amadeus's sandbox. */
export class AmadeusSide implements GdsSide {
  readonly locator: string;
  readonly lastName: string;
  readonly #sandbox: SandboxWorld;
  readonly #travellers: readonly string[];
  #stands: Stands = { segments: [], seats: [] };
  #seen = -1;
  /** All that could be had when the walk began. */
  #offers: wire.Pick[] = [];
  /** By place: the item that it was last asked for. */
  readonly #asked = new Map<string, { place: Place; item: string }>();
  readonly #moved = new Set<string>();
  readonly #tampered = new Set<string>();

  constructor(sandbox: SandboxWorld) {
    const { locator, lastName, travellers } = sandbox.world.pick(BOOKINGS);
    this.#sandbox = sandbox;
    this.locator = locator;
    this.lastName = lastName;
    this.#travellers = travellers;
  }

  port(passage?: Passage): GdsPort {
    let picks: readonly SeatPick[] = [];
    const door = this.#sandbox.door(passage, (request) => this.#delivered(request, picks));
    let references = 0;
    const amadeus = gdsFactories.amadeus({
      outbound: door.outbound,
      clock: this.#sandbox.world.clock,
      newId: () => `walk-${++references}`,
      settings: { ...amadeusDemoCredentials, environment: 'test', baseUrl: `${SANDBOXES}/amadeus` },
    });
    return {
      ...amadeus,
      assign: (booking, asked, signal) => {
        picks = asked;
        const work = async () => this.#stood(asked, await amadeus.assign(booking, asked, signal));
        return door.call({ kind: 'assign_seats', lane: 'gds' }, DEADLINE_MS.gdsWrite, work);
      },
      lookup: (booking, asked, signal) =>
        door.call({ kind: 'look_up_booking', lane: 'gds' }, DEADLINE_MS.other, () =>
          amadeus.lookup(booking, asked, signal),
        ),
    };
  }

  async look(): Promise<void> {
    const { touched } = this.#sandbox;
    if (this.#seen === touched) return;
    this.#seen = touched;
    const { body } = await this.#sandbox.ask('GET', `/gds/amadeus/bookings/${this.locator}`);
    this.#stands = body as unknown as Stands;
  }

  seat(place: Place): RealSeat {
    const key = keyOf(place);
    const flies = this.#stands.segments.some(({ id, status }) => id === place.segment && status === 'confirmed');
    const sits = flies && this.#stands.seats.some((one) => keyOf(one) === key);
    const asked = this.#asked.get(key);
    return {
      seat: sits && asked ? 'ours' : this.#moved.has(key) ? 'desk' : null,
      item: asked?.item ?? '',
      documents: [],
      tampered: this.#tampered.has(key),
    };
  }

  seats(): RealSeat[] {
    return [...this.#asked.values()].map(({ place }) => this.seat(place));
  }

  async wish(): Promise<wire.Pick[]> {
    const { world } = this.#sandbox;
    if (!this.#offers.length) this.#offers = await this.#readOffers();
    const picks: wire.Pick[] = [];
    for (let count = 1 + world.below(3); count > 0; count--) {
      const left = this.#offers.filter((offer) =>
        picks.every(
          (one) =>
            one.segment !== offer.segment || (one.designator !== offer.designator && one.traveller !== offer.traveller),
        ),
      );
      if (left.length) picks.push(world.pick(left));
    }
    return picks;
  }

  async take({ segment, designator }: Item): Promise<void> {
    await this.#desk('take', { segment, designator });
  }

  /** All seats cost more, on the next few maps. */
  async raise(): Promise<void> {
    await this.#sandbox.stand('amadeus', 'seatmaps', 'dearer', 1 + this.#sandbox.world.below(3));
  }

  /** Amadeus's documents are the airline's: there is none to refuse. */
  refuseDocument(): Promise<void> {
    return Promise.resolve();
  }

  async move(item: Item): Promise<void> {
    await this.look();
    const before = this.#oursOf(item);
    if (!(await this.#elsewhere(item))) return;
    for (const place of [item, ...before]) {
      this.#moved.add(keyOf(place));
      this.#tampered.add(keyOf(place));
    }
  }

  async cancel(): Promise<void> {
    await this.look();
    for (const { place } of this.#asked.values())
      if (this.seat(place).seat === 'ours') this.#tampered.add(keyOf(place));
    await this.#desk('cancel', {});
  }

  /** Over REST no seat is taken off again: the desk puts the traveller on one that nobody paid for. */
  async solve(item: Item): Promise<boolean> {
    await this.look();
    const held = () => this.seat(item).seat === 'ours' && this.seat(item).item === item.id;
    if (item.want === 'drop' && held()) await this.#elsewhere(item);
    await this.look();
    return held();
  }

  #oursOf({ traveller, segment }: Place): Place[] {
    return [...this.#asked.values()]
      .map(({ place }) => place)
      .filter((one) => one.traveller === traveller && one.segment === segment && this.seat(one).seat === 'ours');
  }

  async #elsewhere({ traveller, segment }: Place): Promise<boolean> {
    const places = this.#offers.filter(
      (one) => one.traveller === traveller && one.segment === segment && !this.#asked.has(keyOf(one)),
    );
    for (const { designator } of places)
      if ((await this.#desk('move', { traveller, segment, designator })).status === 204) return true;
    return false;
  }

  #desk(what: 'take' | 'move' | 'cancel', wish: object) {
    return this.#sandbox.ask('POST', `/gds/amadeus/${what}`, { pnr: this.locator, ...wish });
  }

  /** Whose the seat is that this change of an order asks for. */
  #delivered({ method, body }: OutboundRequest, picks: readonly SeatPick[]): void {
    if (method !== 'PATCH') return;
    const { data } = JSON.parse(body!) as {
      data: {
        flightOffers: {
          travelerPricings: {
            travelerId: string;
            fareDetailsBySegment: { segmentId: string; additionalServices: { chargeableSeatNumber: string } }[];
          }[];
        }[];
      };
    };
    const [{ travelerId: traveller, fareDetailsBySegment: fares }] = data.flightOffers[0]!.travelerPricings as [
      (typeof data.flightOffers)[0]['travelerPricings'][0],
    ];
    const { segmentId: segment, additionalServices } = fares[0]!;
    const place = { traveller, segment, designator: additionalServices.chargeableSeatNumber };
    const pick = picks.find((one) => keyOf(one) === keyOf(place));
    if (!pick) throw new Error(`${keyOf(place)} is asked for, and no item`);
    this.#asked.set(keyOf(place), { place, item: pick.item });
  }

  /** A seat that stood already is the item's for which that was found. */
  #stood(picks: readonly SeatPick[], outcome: Outcome<ItemWord[]>): Outcome<ItemWord[]> {
    for (const { item, word } of outcome.is === 'done' ? outcome.value : []) {
      const place = picks.find((one) => one.item === item)!;
      if (word === 'present') this.#asked.set(keyOf(place), { place, item });
    }
    return outcome;
  }

  /** Per traveller and segment a few, those free of charge among them. */
  async #readOffers(): Promise<wire.Pick[]> {
    const port = this.port();
    const signal = AbortSignal.timeout(60_000);
    const found = await port.findBooking(this.locator, this.lastName, signal);
    if (found.is !== 'done' || !found.value) throw new Error(`no booking ${this.locator}`);
    const maps = await port.seatMaps(
      found.value,
      found.value.segments.map(({ id }) => id),
      signal,
    );
    if (maps.is !== 'done') throw new Error('no seat maps');
    return maps.value.flatMap((one) => {
      if ('noMap' in one) return [];
      const seats = one.map.decks
        .flatMap(({ cabins }) => cabins.flatMap(({ rows }) => rows.flatMap(({ slots }) => slots)))
        .filter((seat) => seat !== null);
      return this.#travellers.flatMap((traveller) => {
        const open = seats.filter((seat) => seat.offers[traveller]?.availability === 'available');
        const of = (kind: string) => open.filter((seat) => seat.offers[traveller]!.price.kind === kind);
        return [...of('free').slice(0, 4), ...of('paid').slice(0, 8)].map(({ designator }) => ({
          traveller,
          segment: one.segmentId,
          designator,
          assent: true as const,
        }));
      });
    });
  }
}

import type { Item } from '../../server/domain/transaction/transaction.ts';
import type * as wire from '../../server/wire/panel.ts';
import { Gateway, gatewayPort, type GatewayKind, type RealPayment } from '../support/world-gateway.ts';
import { freshTruth, Gds, gdsPort, SEGMENT, TRAVELLERS, type GdsKind, type GdsSeat } from '../support/world-gds.ts';
import { goodLine, type Line, type World } from '../support/world.ts';
import type { Configuration } from './configuration.ts';
import type { Act, GatewaySide, GdsSide, Mail } from './sides.ts';
import type { Passage, Wire } from './wire.ts';

const SECOND = 1000;

const lineOf = (wire: Wire, passage: Passage | undefined): Line =>
  passage
    ? (call, work) => passage.call(call, (sent) => Promise.resolve(wire.carry(sent, work)))
    : (call, work) => goodLine(call, work);

/** A gateway of the tests: any of those that are modelled. */
export class PortGateway implements GatewaySide {
  readonly #gateway: Gateway;
  readonly #wire: Wire;
  #callbacks = 0;

  constructor(world: World, configuration: Configuration, wire: Wire, post: (mail: Mail) => void) {
    const kind: GatewayKind = configuration.gateway;
    this.#wire = wire;
    this.#gateway = new Gateway(world, kind);
    this.#gateway.captureFails = configuration.captureFails;
    this.#gateway.atOnce = configuration.mode === 'automatic' ? configuration.atOnce : 0;
    const { callbacks } = configuration;
    /** A callback: now, later, twice, or never. */
    this.#gateway.onChange = (payment) => {
      if (callbacks === 'none' || (callbacks === 'lossy' && world.chance(0.3))) return;
      const arrive = () =>
        post({
          from: 'gateway',
          about: payment,
          arrive: (traveller) => traveller.callback(payment, `event ${++this.#callbacks}`),
        });
      world.later(world.chance(0.3) ? 0 : world.below(400) * SECOND, arrive);
      if (world.chance(0.2)) world.later(world.below(4000) * SECOND, arrive);
    };
  }

  port(passage?: Passage) {
    return gatewayPort(this.#gateway, lineOf(this.#wire, passage));
  }

  look(): Promise<void> {
    return Promise.resolve();
  }

  payments(): RealPayment[] {
    return this.#gateway.payments();
  }

  act(payment: string, what: Act): Promise<boolean> {
    return Promise.resolve(this.#gateway.act(payment, what));
  }

  byHand(payment: string, what: 'refund' | 'void'): Promise<void> {
    this.#gateway.byHand(payment, what);
    return Promise.resolve();
  }

  dispute(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

/** A reservation system of the tests. */
export class PortGds implements GdsSide {
  readonly #gds: Gds;
  readonly #world: World;
  readonly #wire: Wire;

  constructor(world: World, kind: GdsKind, locator: string, wire: Wire) {
    this.#world = world;
    this.#wire = wire;
    this.#gds = new Gds(world, kind, locator, 'WALKER', freshTruth());
  }

  get locator(): string {
    return this.#gds.locator;
  }

  get lastName(): string {
    return this.#gds.lastName;
  }

  port(passage?: Passage) {
    return gdsPort(this.#gds, lineOf(this.#wire, passage));
  }

  look(): Promise<void> {
    return Promise.resolve();
  }

  seat(pick: { traveller: string; designator: string }): GdsSeat {
    return this.#gds.seat(pick);
  }

  seats(): GdsSeat[] {
    return this.#gds.seats();
  }

  wish(): Promise<wire.Pick[]> {
    const world = this.#world;
    const { prices, taken } = this.#gds.truth;
    const free = Object.keys(prices).filter((one) => !taken.includes(one));
    const picks: wire.Pick[] = [];
    for (const traveller of TRAVELLERS.slice(0, 1 + world.below(3))) {
      const left = free.filter((one) => picks.every(({ designator }) => designator !== one));
      if (left.length) picks.push({ traveller, segment: SEGMENT, designator: world.pick(left) });
    }
    return Promise.resolve(picks);
  }

  take({ designator }: Item): Promise<void> {
    this.#gds.truth.taken.push(designator);
    return Promise.resolve();
  }

  raise({ designator }: Item): Promise<void> {
    const { prices } = this.#gds.truth;
    prices[designator] = prices[designator]! + 300;
    return Promise.resolve();
  }

  refuseDocument(item: Item): Promise<void> {
    this.seat(item).emdRefused = true;
    return Promise.resolve();
  }

  move(item: Item): Promise<void> {
    Object.assign(this.seat(item), { seat: 'desk', tampered: true });
    return Promise.resolve();
  }

  cancel(): Promise<void> {
    this.#gds.truth.cancelled = true;
    for (const one of this.seats()) {
      if (one.seat === 'ours') one.tampered = true;
      one.seat = null;
    }
    return Promise.resolve();
  }

  solve(item: Item): Promise<boolean> {
    const row = this.seat(item);
    if (item.want === 'drop' && row.item === item.id && row.seat === 'ours') row.seat = null;
    const held = row.seat === 'ours' && row.item === item.id;
    const documents = row.documents.filter((one) => one.item === item.id);
    if (!held) for (const document of documents) document.live = false;
    else if (item.needsEmd && !documents.some((one) => one.live))
      row.documents.push({ number: 'by hand', item: item.id, live: true });
    return Promise.resolve(held);
  }
}

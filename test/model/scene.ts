import { DepartCartError } from '../../server/domain/error.ts';
import type { Store } from '../../server/domain/ports/store.ts';
import type { MachineEvent } from '../../server/domain/transaction/event.ts';
import type { Item, Transaction } from '../../server/domain/transaction/transaction.ts';
import { changePurchase } from '../../server/services/change-purchase.ts';
import type { PurchaseServices } from '../../server/services/purchase-services.ts';
import { servicesOver, WorldTraveller } from '../support/world-server.ts';
import { chanceFrom, World, WORLD_START } from '../support/world.ts';
import { drawConfiguration, type Configuration } from './configuration.ts';
import { checkAlways, type Books } from './invariants.ts';
import { PortGateway, PortGds } from './port-sides.ts';
import { AmadeusSide } from './sandbox-gds.ts';
import { StripeSide } from './sandbox-gateway.ts';
import { SandboxWorld } from './sandbox-world.ts';
import type { GatewaySide, GdsSide, Mail } from './sides.ts';
import { Wire, type Passage } from './wire.ts';

/** Everything that a walk is made in: the vendors, the server's services, what was written, and what was seen of it. */
export class Scene {
  readonly violations: string[] = [];
  readonly trace: string[] = [];
  readonly world: World;
  readonly configuration: Configuration;
  readonly wire: Wire;
  readonly gateway: GatewaySide;
  readonly gds: GdsSide;
  readonly services: PurchaseServices;
  readonly traveller: WorldTraveller;
  transactions: Transaction[] = [];
  /** By payment that was open once: what the page was given for the gateway's field, as far as it asked. */
  readonly fields = new Map<string, Record<string, unknown> | undefined>();
  /** Something may have changed in the store. */
  stirred = false;
  readonly mail: Mail[] = [];
  readonly #brand: string;
  readonly #accepted = new Map<string, Item[]>();
  readonly #quotes = new Map<string, number>();
  readonly #sandbox: SandboxWorld | null = null;

  constructor(
    readonly seed: number,
    readonly store: Store,
  ) {
    const world = (this.world = new World(chanceFrom(seed)));
    const configuration = (this.configuration = drawConfiguration(world));
    const wire = (this.wire = new Wire(world, configuration, (kind, how) => this.say('call', kind, how)));
    const post = (mail: Mail) => this.mail.push(mail);
    this.#brand = `walk-${seed}`;
    const { stripe, amadeus } = configuration.sandboxes;
    const sandbox = stripe || amadeus ? new SandboxWorld(world, wire, configuration, post) : null;
    this.#sandbox = sandbox;
    this.gateway =
      stripe && sandbox ? new StripeSide(sandbox, configuration) : new PortGateway(world, configuration, wire, post);
    this.gds =
      amadeus && sandbox ? new AmadeusSide(sandbox) : new PortGds(world, configuration.gds, this.#name('W'), wire);
    this.services = this.server('T');
    this.traveller = new WorldTraveller(this.services, this.gds, this.#brand);
  }

  /** One process of the server. */
  server(name: string, passage?: Passage): PurchaseServices {
    const { store, world, gateway, gds, configuration } = this;
    return servicesOver({
      store,
      clock: world.clock,
      ids: this.#name('W') + name,
      gds: gds.port(passage),
      payments: gateway.port(passage),
      brand: this.#brand,
      mode: configuration.mode,
      emd: configuration.emd,
    });
  }

  get last(): Transaction {
    return this.transactions.at(-1)!;
  }

  /** Reads anew how things are at the vendors, as far as somebody has touched them. */
  async look(): Promise<void> {
    await this.#sandbox?.land();
    await this.gateway.look();
    await this.gds.look();
  }

  async read(): Promise<void> {
    const ids = this.transactions.map(({ id }) => id);
    const rows = await Promise.all(ids.map((id) => this.store.rows.transactions.get(id)));
    this.transactions = rows.map((row) => row!.transaction);
    for (const transaction of this.transactions) {
      if (this.#quotes.get(transaction.id) !== transaction.quote) {
        this.#quotes.set(transaction.id, transaction.quote);
        this.#accepted.set(
          transaction.id,
          transaction.items.filter(({ want }) => want === 'keep'),
        );
      }
      for (const { id, state } of transaction.payments)
        if (state === 'open' && !this.fields.has(id)) this.fields.set(id, undefined);
    }
  }

  books(): Books {
    const { gateway, gds, transactions, world } = this;
    return { gateway, gds, transactions, accepted: this.#accepted, now: world.now };
  }

  /** What has come by itself is heard; then everything must hold that always holds. */
  async settle(): Promise<void> {
    this.world.pass(0);
    await this.#sandbox?.settle();
    for (let mail = this.mail.shift(); mail; mail = this.mail.shift()) {
      const { from, about, arrive } = mail;
      this.say('hears', from, about);
      this.stirred = true;
      if (from === 'gateway') await arrive(this.traveller);
      else await this.try('returned', () => arrive(this.traveller));
    }
    if (this.stirred) await this.read();
    this.stirred = false;
    await this.look();
    checkAlways(this.books(), (invariant, why) => this.bad(invariant, why));
  }

  async send(event: MachineEvent): Promise<void> {
    this.say('send', event.type);
    this.stirred = true;
    await changePurchase(this.services, this.last.id, 'walk', () => event);
  }

  /** A traveller's call: that it is refused is an answer, that it breaks is not. */
  async try(what: string, call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
      this.say(what);
    } catch (error) {
      if (!(error instanceof DepartCartError) || error.code === 'internal') throw error;
      this.say(what, error.code);
    }
    const found = await this.store.rows.transactions.ofBooking(await this.traveller.key());
    if (found && !this.transactions.some(({ id }) => id === found.transaction.id))
      this.transactions.push(found.transaction);
    await this.read();
  }

  /** When the next thing comes due, here or out there. */
  nextAt(): number {
    const { now, nextAt } = this.world;
    const effects = this.transactions.flatMap((one) =>
      one.effects.map((effect) => ({ ...effect, lane: effect.lane === 'gds' ? 'gds' : `${one.id} ${effect.lane}` })),
    );
    const due = effects.map(({ dueAt, lane }) => {
      const held = effects.filter((one) => one.lane === lane && one.leaseId).map(({ leaseUntil }) => leaseUntil);
      return Math.max(dueAt, now + 1, ...held);
    });
    return Math.min(nextAt, ...due);
  }

  bad(invariant: number, why: string): void {
    this.violations.push(`invariant ${invariant}: ${why}`);
    this.say('BAD', String(invariant), why);
  }

  say(...words: string[]): void {
    const seconds = ((this.world.now - WORLD_START) / 1000).toFixed(0);
    this.trace.push(`${seconds} ${words.join(' ')} | ${this.transactions.map(briefly).join(' + ')}`);
  }

  #name(letter: string): string {
    return letter + this.seed.toString(36).toUpperCase().padStart(5, '0');
  }
}

function briefly({ status, items, payments, refunds }: Transaction): string {
  const things = [
    status,
    ...items.map(({ want, seat, emd }) => `${want}/${seat.state}/${emd.state}`),
    ...payments.map(({ state, givenUp }) => (givenUp ? `(${state})` : state)),
    ...refunds.map(({ state, amountMinor }) => `${state}:${amountMinor}`),
  ];
  return things.join(' ');
}

import { DepartCartError } from '../../server/domain/error.ts';
import type { Store } from '../../server/domain/ports/store.ts';
import { itemTarget, live } from '../../server/domain/transaction/derived.ts';
import type { MachineEvent } from '../../server/domain/transaction/event.ts';
import type { Effect, Item, Transaction } from '../../server/domain/transaction/transaction.ts';
import { changePurchase } from '../../server/services/change-purchase.ts';
import type { PurchaseServices } from '../../server/services/purchase-services.ts';
import { Gateway } from '../support/world-gateway.ts';
import { freshTruth, Gds, TRAVELLERS } from '../support/world-gds.ts';
import { WorldTraveller, worldServices } from '../support/world-server.ts';
import { chanceFrom, World, type Line } from '../support/world.ts';
import { drawConfiguration, type Configuration } from './configuration.ts';
import { Hand } from './hand.ts';
import { Wire, type Sent } from './wire.ts';
import {
  againstCapture,
  againstClose,
  againstOpen,
  checkAlways,
  checkAtRest,
  checkRecords,
  type Books,
} from './invariants.ts';

const SECOND = 1000;

/**
 * One walk: travellers, vendors, partner, airline, operator and two workers in any order, over the real services, runner and store; then
 * the world calms down and the books must balance. A seed gives the same walk again.
 */
export class Walk {
  readonly violations: string[] = [];
  readonly trace: string[] = [];
  readonly counts = { calls: 0, kills: 0, commits: 0 };
  readonly configuration: Configuration;
  transactions: Transaction[] = [];
  readonly #world: World;
  readonly #gateway: Gateway;
  readonly #gds: Gds;
  readonly #services: PurchaseServices;
  readonly #traveller: WorldTraveller;
  readonly #wire: Wire;
  readonly #hands: Hand[];
  readonly #brand: string;
  readonly #accepted = new Map<string, Item[]>();
  readonly #quotes = new Map<string, number>();
  readonly #seenOpen = new Set<string>();
  #inbox: { payment: string; from: 'gateway' | 'browser' }[] = [];
  #callbacks = 0;
  /** No more of them: the vendors answer. */
  #still = false;
  #unlucky = false;

  constructor(
    readonly seed: number,
    readonly store: Store,
  ) {
    this.#world = new World(chanceFrom(seed));
    const configuration = (this.configuration = drawConfiguration(this.#world));
    this.#wire = new Wire(this.#world, configuration);
    this.#brand = `walk-${seed}`;
    this.#gateway = new Gateway(this.#world, configuration.gateway);
    this.#gateway.captureFails = configuration.captureFails;
    this.#gateway.atOnce = configuration.mode === 'automatic' ? configuration.atOnce : 0;
    this.#gateway.onChange = (payment) => this.#tell(payment);
    const locator = `W${seed.toString(36).toUpperCase().padStart(5, '0')}`;
    this.#gds = new Gds(this.#world, configuration.gds, locator, 'WALKER', freshTruth());
    const services = (server: string, line?: Line) =>
      worldServices({
        store,
        gateway: this.#gateway,
        gds: this.#gds,
        brand: this.#brand,
        mode: configuration.mode,
        emd: configuration.emd,
        server,
        ...(line && { line }),
      });
    this.#services = services('T');
    this.#traveller = new WorldTraveller(this.#services, this.#gds, this.#brand);
    this.#hands = ['A', 'B'].map((name) => this.#hand((line) => services(name, line)));
  }

  async run(): Promise<void> {
    await this.#start();
    const steps = 30 + this.#world.below(70);
    for (let step = 0; step < steps && !this.violations.length; step++) await this.#step();
    if (this.violations.length) return;
    const { calm, outage } = this.configuration;
    await this.#comeToRest(calm ? 0 : this.#world.below(outage ? 40 : 10));
    for (let time = 0; time < 3 && this.#last.status === 'attention' && !this.violations.length; time++) {
      if (!this.#world.chance(0.7)) break;
      await this.#operate();
      await this.#comeToRest(calm ? 0 : this.#world.below(4));
    }
  }

  get #last(): Transaction {
    return this.transactions.at(-1)!;
  }

  // ---- what happens ------------------------------------------------------------------------------------------------

  async #step(): Promise<void> {
    const world = this.#world;
    const { calm, rough } = this.configuration;
    const { status, payments } = this.#last;
    const paid = ['completed', 'partially_completed', 'processing'].includes(status) && payments.length > 0;
    if (!calm && paid && world.chance(status === 'processing' ? 0.01 : 0.15)) await this.#afterSales();
    const draw = world.random();
    if (draw < 0.48) await this.#work();
    else if (draw < 0.52) this.#kill();
    else if (draw < 0.72) this.#pass(world.pick([1, 2, 5, 10, 20, 30, 60, world.chance(0.3) ? Infinity : 120]));
    else if (draw < 0.87) await this.#travellerPays();
    else if (draw < 0.88 && !calm) await this.#chooseAgain();
    else if (world.chance(rough * 8)) await this.#interfere();
    await this.#settle();
  }

  async #work(): Promise<void> {
    const hand = this.#world.pick(this.#hands);
    hand.diesInCommit = !this.configuration.calm && this.#world.chance(0.02);
    if (hand.busy) await this.#goOn(hand);
    else await this.#claim(hand);
  }

  /** What a worker says without its lease must change nothing. */
  async #goOn(hand: Hand): Promise<void> {
    const { transaction, effect, lease } = this.#handled.get(hand)!;
    const now = () => this.transactions.find(({ id }) => id === transaction)!;
    if (this.#stirred) await this.#read();
    const before = now();
    await hand.goOn();
    await this.#read();
    const ours = before.effects.some(({ id, leaseId }) => id === effect.id && leaseId === lease);
    if (!ours && now().version !== before.version)
      this.#bad(11, `a word of ${effect.kind} was heard without its lease`);
  }

  async #claim(hand: Hand): Promise<boolean> {
    const mine = new Set(this.transactions.map(({ id }) => id));
    const due = (await this.store.rows.transactions.dueEffects(this.#world.now, 1000)).filter((one) =>
      mine.has(one.transaction),
    );
    if (!due.length) return false;
    const { transaction, effect } = this.#world.pick(due);
    this.#say('claim', effect.kind);
    this.#handled.set(hand, { transaction, effect, lease: null });
    this.#stirred = true;
    await hand.take(transaction, effect);
    return true;
  }

  #kill(): void {
    const hand = this.#world.pick(this.#hands);
    if (this.configuration.calm || !hand.busy) return;
    this.#say('kill');
    this.counts.kills += 1;
    hand.kill();
  }

  #pass(seconds: number): void {
    const ms = Math.min(seconds * SECOND, this.#nextAt() - this.#world.now);
    if (ms > 0 && ms < Infinity) this.#world.pass(ms);
  }

  async #travellerPays(): Promise<void> {
    const world = this.#world;
    const transaction = this.#last;
    if (!live(transaction) || world.chance(0.15)) {
      const quote = world.chance(0.95) ? transaction.quote : transaction.quote - 1;
      await this.#try('pay', () => this.#traveller.pay(quote));
      return;
    }
    const open = [...this.#seenOpen];
    if (!open.length) return;
    const payment = world.chance(0.85) ? open.at(-1)! : world.pick(open);
    const what = world.pick(['ok', 'ok', 'ok', 'ok', 'ok', 'slow', 'decline', 'pending'] as const);
    if (!this.#gateway.act(payment, what)) return;
    this.#say('act', payment, what);
    if (world.chance(0.75)) world.later(world.below(20) * SECOND, () => this.#inbox.push({ payment, from: 'browser' }));
  }

  async #start(): Promise<void> {
    await this.#chooseAgain();
    // Nothing can go wrong with the first one: without it there is no walk.
    if (!this.transactions.length) throw new Error(`seed ${this.seed}: no purchase was started`);
  }

  /** Back to the seats and on to the payment: some of the seats, others, for one to three travellers. */
  async #chooseAgain(): Promise<void> {
    const world = this.#world;
    const designators = Object.keys(this.#gds.truth.prices).filter((one) => !this.#gds.truth.taken.includes(one));
    const seats: Record<string, string> = {};
    const count = 1 + world.below(3);
    for (const traveller of TRAVELLERS.slice(0, count)) {
      const left = designators.filter((one) => !Object.values(seats).includes(one));
      if (left.length) seats[traveller] = world.pick(left);
    }
    await this.#try('start', async () => this.#traveller.start(await this.#traveller.choose(seats)));
  }

  async #afterSales(): Promise<void> {
    const world = this.#world;
    const draw = world.random();
    const payment = this.#last.payments.at(-1)!.id;
    if (draw < 0.3)
      await this.#send({ type: 'refund', at: world.now, scope: 'item', item: world.pick(this.#last.items).id });
    else if (draw < 0.45) await this.#send({ type: 'refund', at: world.now, scope: 'whole' });
    else if (draw < 0.65)
      await this.#send({ type: 'refund', at: world.now, scope: 'amount', amountMinor: 1 + world.below(1200) });
    else if (draw < 0.9) this.#gateway.byHand(payment, 'refund');
    else if (draw < 0.93) {
      const dispute = { ref: `dp_${payment}`, amountMinor: 100 };
      await this.#send({ type: 'payment', at: world.now, payment, word: 'disputed', facts: { dispute } });
    } else await this.#chooseAgain();
  }

  async #interfere(): Promise<void> {
    const world = this.#world;
    const { truth } = this.#gds;
    const draw = world.random();
    const row = this.#gds.seat(world.pick(this.#last.items));
    const payments = this.#last.payments.map(({ id }) => id);
    this.#say('interfere', draw.toFixed(2));
    if (draw < 0.18) truth.taken.push(row.designator);
    else if (draw < 0.26) truth.prices[row.designator] = truth.prices[row.designator]! + 300;
    else if (draw < 0.32) row.emdRefused = true;
    else if (draw < 0.38) Object.assign(row, { seat: 'desk', tampered: true });
    else if (draw < 0.42) {
      truth.cancelled = true;
      for (const one of Object.values(truth.seats)) {
        if (one.seat === 'ours') one.tampered = true;
        one.seat = null;
      }
    } else if (draw < 0.52)
      await this.#send({ type: 'refund', at: world.now, scope: 'item', item: world.pick(this.#last.items).id });
    else if (draw < 0.6) await this.#send({ type: 'refund', at: world.now, scope: 'whole' });
    else if (draw < 0.78) {
      if (payments.length) this.#gateway.byHand(world.pick(payments), world.chance(0.8) ? 'refund' : 'void');
    } else if (draw < 0.83) await this.#try('leave', () => this.#traveller.leave());
    else if (draw < 0.9) await this.#chooseAgain();
    else if (draw < 0.92 && payments.length)
      await this.#send({ type: 'payment', at: world.now, payment: world.pick(payments), word: 'mismatch' });
  }

  /** A person looks at the attention list: first by hand at the vendor, then the truth is written down. */
  async #operate(): Promise<void> {
    const world = this.#world;
    const transaction = this.#last;
    const { target } = transaction.attention.find(({ state }) => state === 'open')!;
    const common = { type: 'operator', at: world.now, target, by: 'operator', note: '' } as const;
    const action = world.pick(['retry', 'reverse', 'solved'] as const);
    this.#say('operator', action, target);
    if (action !== 'solved') return this.#send({ ...common, action });
    const object = this.#gateway.objects[target];
    if (object && this.#gateway.heldMinor(object)) object.state = 'void';
    const item = transaction.items.find((one) => itemTarget(one) === target);
    const refund = transaction.refunds.find(({ id }) => id === target);
    await this.#send({
      ...common,
      action,
      tookMinor: object?.capturedMinor ?? 0,
      ...(item && { held: this.#solveByHand(item) }),
      ...(refund && {
        made: this.#gateway.objects[refund.payment]!.refunds.some(({ ours }) => ours === refund.id),
      }),
    });
  }

  #solveByHand(item: Item): boolean {
    const row = this.#gds.seat(item);
    if (item.want === 'drop' && row.item === item.id && row.seat === 'ours') row.seat = null;
    const held = row.seat === 'ours' && row.item === item.id;
    const documents = row.documents.filter((one) => one.item === item.id);
    if (!held) for (const document of documents) document.live = false;
    else if (item.needsEmd && !documents.some((one) => one.live))
      row.documents.push({ number: 'by hand', item: item.id, live: true });
    return held;
  }

  async #send(event: MachineEvent): Promise<void> {
    const { id } = this.#last;
    this.#say('send', event.type);
    this.#stirred = true;
    await changePurchase(this.#services, id, 'walk', () => event);
  }

  /** A traveller's call: that it is refused is an answer, that it breaks is not. */
  async #try(what: string, call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
      this.#say(what);
    } catch (error) {
      if (!(error instanceof DepartCartError) || error.code === 'internal') throw error;
      this.#say(what, error.code);
    }
    const found = await this.store.rows.transactions.ofBooking(await this.#traveller.key());
    if (found && !this.transactions.some(({ id }) => id === found.transaction.id))
      this.transactions.push(found.transaction);
    await this.#read();
  }

  // ---- vendors -----------------------------------------------------------------------------------------------------

  readonly #handled = new Map<Hand, { transaction: string; effect: Effect; lease: string | null }>();

  #hand(services: (line: Line) => PurchaseServices): Hand {
    let objection: [number, string] | null = null;
    let last: Sent | null = null;
    const now = async () => (await this.store.rows.transactions.get(this.#handled.get(hand)!.transaction))!.transaction;
    const hand: Hand = new Hand(services, {
      claimed: async () => {
        const handled = this.#handled.get(hand)!;
        const { effect } = handled;
        const transaction = await now();
        handled.lease = transaction.effects.find(({ id }) => id === effect.id)?.leaseId ?? null;
        const { amountMinor } = effect.input;
        const capture = effect.kind === 'capture_payment' && amountMinor !== undefined;
        objection = capture ? againstCapture(this.#books(), transaction, amountMinor) : null;
      },
      calling: async (call) => {
        const transaction = await now();
        if (objection) this.#bad(...objection);
        const payment = transaction.payments.find(({ id }) => id === call.lane);
        const against =
          call.kind === 'close_payment'
            ? againstClose(transaction, call.lane)
            : call.kind === 'open_payment' && !payment!.givenUp
              ? againstOpen(this.#books(), transaction, call.amountMinor!)
              : null;
        if (against) this.#bad(...against);
        last = this.#wire.sending(call, transaction.id);
        this.counts.calls += 1;
        if (!this.#wire.looked(last)) this.#bad(8, `${call.kind} is repeated without a look`);
      },
      line: (call, work) => {
        const { fault, outcome } = this.#wire.carry(last!, work, !this.#still || this.#unlucky);
        this.#say('call', call.kind, fault ?? 'ok');
        return Promise.resolve(outcome);
      },
      ended: () => {
        if (last && !last.lost) last.unknown = false;
        last = null;
      },
      lost: () => {
        last = null;
      },
    });
    return hand;
  }

  /** A callback: now, later, twice, or never. */
  #tell(payment: string): void {
    const { callbacks } = this.configuration;
    const world = this.#world;
    if (callbacks === 'none' || (callbacks === 'lossy' && world.chance(0.3))) return;
    const arrive = () => this.#inbox.push({ payment, from: 'gateway' });
    world.later(world.chance(0.3) ? 0 : world.below(400) * SECOND, arrive);
    if (world.chance(0.2)) world.later(world.below(4000) * SECOND, arrive);
  }

  // ---- between the steps -------------------------------------------------------------------------------------------

  async #settle(): Promise<void> {
    this.#world.pass(0);
    while (this.#inbox.length) {
      const { payment, from } = this.#inbox.shift()!;
      this.#say('hears', from, payment);
      this.#stirred = true;
      if (from === 'gateway') await this.#traveller.callback(payment, `event ${++this.#callbacks}`);
      else await this.#try('returned', () => this.#traveller.returned(payment));
    }
    if (this.#stirred) await this.#read();
    this.#stirred = false;
    for (const hand of this.#hands) for (const fault of hand.faults.splice(0)) this.violations.push(fault);
    checkAlways(this.#books(), (invariant, why) => this.#bad(invariant, why));
  }

  /** Something may have changed in the store. */
  #stirred = false;

  async #read(): Promise<void> {
    const ids = this.transactions.map(({ id }) => id);
    const rows = await Promise.all(ids.map((id) => this.store.rows.transactions.get(id)));
    this.transactions = rows.map((row) => row!.transaction);
    this.#hear();
  }

  #hear(): void {
    for (const transaction of this.transactions) {
      if (this.#quotes.get(transaction.id) !== transaction.quote) {
        this.#quotes.set(transaction.id, transaction.quote);
        this.#accepted.set(
          transaction.id,
          transaction.items.filter(({ want }) => want === 'keep'),
        );
      }
      for (const { id, state } of transaction.payments) if (state === 'open') this.#seenOpen.add(id);
    }
  }

  #books(): Books {
    return {
      gateway: this.#gateway,
      gds: this.#gds,
      transactions: this.transactions,
      accepted: this.#accepted,
      now: this.#world.now,
    };
  }

  #nextAt(): number {
    const { now, nextAt } = this.#world;
    const effects = this.transactions.flatMap((one) =>
      one.effects.map((effect) => ({ ...effect, lane: effect.lane === 'gds' ? 'gds' : `${one.id} ${effect.lane}` })),
    );
    const due = effects.map(({ dueAt, lane }) => {
      const held = effects.filter((one) => one.lane === lane && one.leaseId).map(({ leaseUntil }) => leaseUntil);
      return Math.max(dueAt, now + 1, ...held);
    });
    return Math.min(nextAt, ...due);
  }

  /** Nobody acts any more; some more bad luck, then none: what is there runs until nothing is left. */
  async #comeToRest(badLuck: number): Promise<void> {
    this.#still = true;
    let left = badLuck;
    const [first] = this.#hands;
    for (let step = 0; step < 3000; step++) {
      await this.#settle();
      if (this.violations.length) return;
      const hand = this.#hands.find(({ busy }) => busy);
      this.#unlucky = left > 0 && this.#world.chance(this.configuration.outage ? 0.95 : 0.35);
      if (this.#unlucky) left -= 1;
      if (hand) {
        if (this.#unlucky && this.#world.chance(this.configuration.outage ? 0.03 : 0.25)) {
          this.counts.kills += 1;
          hand.kill();
        } else await this.#goOn(hand);
      } else if (!(await this.#claim(first!))) {
        const at = this.#nextAt();
        if (at === Infinity) return this.#atRest();
        this.#world.pass(Math.max(1, at - this.#world.now));
      }
    }
    this.#bad(1, 'does not come to rest');
  }

  async #atRest(): Promise<void> {
    this.#still = false;
    const bad = (invariant: number, why: string) => this.#bad(invariant, why);
    checkAtRest(this.#books(), bad);
    for (const transaction of this.transactions) {
      this.counts.commits += transaction.version;
      const events = await this.store.rows.events.ofTransaction(transaction.id);
      checkRecords(transaction, events, await this.store.rows.transactions.audit(transaction.id), bad);
      if (this.configuration.calm && transaction.attention.length)
        this.#bad(1, `attention without a cause: ${transaction.attention.map(({ reason }) => reason).join()}`);
    }
  }

  #bad(invariant: number, why: string): void {
    this.violations.push(`invariant ${invariant}: ${why}`);
    this.#say('BAD', String(invariant), why);
  }

  #say(...words: string[]): void {
    const states = this.transactions.map(
      ({ status, items, payments, refunds }) =>
        `${status} ${items.map(({ want, seat, emd }) => `${want}/${seat.state}/${emd.state}`).join(' ')} ${payments
          .map(({ state, givenUp }) => (givenUp ? `(${state})` : state))
          .join(' ')} ${refunds.map(({ state, amountMinor }) => `${state}:${amountMinor}`).join(' ')}`,
    );
    this.trace.push(
      `${((this.#world.now - Date.UTC(2026, 5, 1, 12)) / SECOND).toFixed(0)} ${words.join(' ')} | ${states.join(' + ')}`,
    );
  }
}

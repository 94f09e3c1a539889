import type { Effect } from '../../server/domain/transaction/transaction.ts';
import { Hand } from './hand.ts';
import { againstCapture, againstClose, againstOpen } from './invariants.ts';
import type { Scene } from './scene.ts';
import type { Sent } from './wire.ts';

interface Handled {
  transaction: string;
  effect: Effect;
  lease: string | null;
}

/** Two workers of the server, each with one effect in hand at most; whatever they are about to do is judged before it is done. */
export class Workers {
  readonly counts = { calls: 0, kills: 0 };
  readonly #scene: Scene;
  readonly #hands: Hand[];
  readonly #handled = new Map<Hand, Handled>();

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#hands = ['A', 'B'].map((name) => this.#hand(name));
  }

  get busy(): Hand | undefined {
    return this.#hands.find(({ busy }) => busy);
  }

  /** One of them goes on with what it has, or takes something up. */
  async work(): Promise<void> {
    const { world, configuration } = this.#scene;
    const hand = world.pick(this.#hands);
    hand.diesInCommit = !configuration.calm && world.chance(0.02);
    if (hand.busy) await this.goOn(hand);
    else await this.#claim(hand);
  }

  /** The first of them takes something up. False: nothing is due. */
  claim(): Promise<boolean> {
    return this.#claim(this.#hands[0]!);
  }

  /** What a worker says without its lease must change nothing. */
  async goOn(hand: Hand): Promise<void> {
    const scene = this.#scene;
    const { transaction, effect, lease } = this.#handled.get(hand)!;
    const now = () => scene.transactions.find(({ id }) => id === transaction)!;
    if (scene.stirred) await scene.read();
    const before = now();
    await hand.goOn();
    await scene.read();
    const ours = before.effects.some(({ id, leaseId }) => id === effect.id && leaseId === lease);
    if (!ours && now().version !== before.version)
      scene.bad(11, `a word of ${effect.kind} was heard without its lease`);
  }

  /** One of them is no more, if it was at work. */
  killAny(): void {
    const hand = this.#scene.world.pick(this.#hands);
    if (!this.#scene.configuration.calm && hand.busy) this.kill(hand);
  }

  kill(hand: Hand): void {
    this.#scene.say('kill');
    this.counts.kills += 1;
    hand.kill();
  }

  /** Faults of our own. */
  faults(): string[] {
    return this.#hands.flatMap((hand) => hand.faults.splice(0));
  }

  async #claim(hand: Hand): Promise<boolean> {
    const scene = this.#scene;
    const mine = new Set(scene.transactions.map(({ id }) => id));
    const due = (await scene.store.rows.transactions.dueEffects(scene.world.now, 1000)).filter((one) =>
      mine.has(one.transaction),
    );
    if (!due.length) return false;
    const { transaction, effect } = scene.world.pick(due);
    scene.say('claim', effect.kind);
    this.#handled.set(hand, { transaction, effect, lease: null });
    scene.stirred = true;
    await hand.take(transaction, effect);
    return true;
  }

  #hand(name: string): Hand {
    const scene = this.#scene;
    let objection: [number, string] | null = null;
    let last: Sent | null = null;
    const now = async () =>
      (await scene.store.rows.transactions.get(this.#handled.get(hand)!.transaction))!.transaction;
    const hand: Hand = new Hand((passage) => scene.server(name, passage), {
      claimed: async () => {
        const handled = this.#handled.get(hand)!;
        const { effect } = handled;
        const transaction = await now();
        handled.lease = transaction.effects.find(({ id }) => id === effect.id)?.leaseId ?? null;
        const { amountMinor } = effect.input;
        const capture = effect.kind === 'capture_payment' && amountMinor !== undefined;
        if (capture) await scene.look();
        objection = capture ? againstCapture(scene.books(), transaction, amountMinor) : null;
      },
      calling: async (call) => {
        const transaction = await now();
        if (objection) scene.bad(...objection);
        const payment = transaction.payments.find(({ id }) => id === call.lane);
        const against =
          call.kind === 'close_payment'
            ? againstClose(transaction, call.lane)
            : call.kind === 'open_payment' && !payment!.givenUp
              ? againstOpen(scene.books(), transaction, call.amountMinor!)
              : null;
        if (against) scene.bad(...against);
        const sent = scene.wire.sending(call, transaction.id);
        last = sent;
        this.counts.calls += 1;
        if (!scene.wire.looked(sent)) scene.bad(8, `${call.kind} is repeated without a look`);
        return sent;
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
}

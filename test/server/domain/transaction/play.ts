import { completeEffect } from '../../../../server/domain/transaction/complete.ts';
import { due, isConfirmed, isUndecided, kept } from '../../../../server/domain/transaction/derived.ts';
import type { Answer, MachineEvent, PaymentFacts, ThingFact } from '../../../../server/domain/transaction/event.ts';
import { askOf, givenUpAs, itemsToSend, stillWanted } from '../../../../server/domain/transaction/repeats.ts';
import { eventOfFact, type CallbackFact } from '../../../../server/domain/transaction/hear-callback.ts';
import type { Start } from '../../../../server/domain/transaction/start.ts';
import { statusOf } from '../../../../server/domain/transaction/status.ts';
import { transition } from '../../../../server/domain/transaction/transition.ts';
import type {
  Effect,
  EffectKind,
  Payment,
  ToldEvent,
  Transaction,
} from '../../../../server/domain/transaction/transaction.ts';
import type { PaymentWord, RefundWord, SeatRefusal } from '../../../../server/domain/transaction/words.ts';
import { purchase, type Happening } from './purchases.ts';

export type Step = typeof transition;
export type Hear = typeof eventOfFact;

/**
 * A purchase played by hand: the test says what each vendor answers, the machine what it wants next. After every step what must hold
 * in every purchase is checked; what does not is kept in `broken`.
 */
export class Play {
  now = 0;
  transaction: Transaction;
  readonly told: ToldEvent[] = [{ seq: 1, type: 'transaction.created', about: '' }];
  readonly broken: string[] = [];
  /** Every effect that was carried out, in order. */
  readonly sent: string[] = [];
  readonly #step: Step;
  readonly #hear: Hear;

  constructor(options: Partial<Start> = {}, step: Step = transition, hear: Hear = eventOfFact) {
    this.transaction = purchase(options);
    this.#step = step;
    this.#hear = hear;
  }

  send(event: Happening): Answer {
    return this.#commit(this.transaction, { at: this.now, ...event } as MachineEvent);
  }

  #commit(before: Transaction, event: MachineEvent): Answer {
    const { transaction, events, answer } = this.#step(before, event);
    this.#check(before, transaction, events);
    this.transaction = transaction;
    this.told.push(...events);
    return answer;
  }

  effect(kind: EffectKind): Effect {
    const found = this.transaction.effects.find((effect) => effect.kind === kind);
    if (!found) throw new Error(`no ${kind} is asked for, but ${this.asked().join(', ') || 'nothing'}`);
    return found;
  }

  asked(): EffectKind[] {
    return this.transaction.effects.map(({ kind }) => kind);
  }

  get payment(): Payment {
    return this.transaction.payments.at(-1)!;
  }

  /** Waits until the effect is due and takes it. Where it is not wanted any more, it is completed without a call: null. */
  claim(kind: EffectKind): Effect | null {
    const effect = this.effect(kind);
    this.now = Math.max(this.now, effect.dueAt);
    const unwanted = stillWanted(this.transaction, effect, this.now);
    if (unwanted) {
      this.#commit(completeEffect(this.transaction, effect.id), unwanted);
      return null;
    }
    this.#checkClaim(effect);
    this.sent.push(kind);
    return effect;
  }

  complete(effect: Effect, event: Happening): void {
    const answered = 'word' in event && event.word === 'unknown' ? undefined : askOf(effect);
    const whole = { at: this.now, ...(answered !== undefined && { answered }), ...event } as MachineEvent;
    this.#commit(completeEffect(this.transaction, effect.id), whole);
  }

  /** A gateway's answer to an effect. */
  gateway(kind: EffectKind, word: PaymentWord, facts: PaymentFacts = {}): void {
    const effect = this.claim(kind);
    if (effect) this.complete(effect, { type: 'payment', payment: effect.target, word, facts });
  }

  refunded(word: RefundWord): void {
    const effect = this.claim('refund_payment');
    if (effect) this.complete(effect, { type: 'refund_word', refund: effect.input.refund!, word });
  }

  /** A GDS's answer to an effect: one word for all items, or one for each in their order. */
  gds(kind: EffectKind, ...words: (ThingFact['word'] | [ThingFact['word'], SeatRefusal])[]): void {
    const effect = this.claim(kind);
    if (effect) this.answer(effect, ...words);
  }

  answer(effect: Effect, ...words: (ThingFact['word'] | [ThingFact['word'], SeatRefusal])[]): void {
    const { items, leftOut } = itemsToSend(this.transaction, effect);
    const list = items.flatMap((item, n): ThingFact[] => {
      const said = words[n] ?? words[0]!;
      const [word, reason] = typeof said === 'string' ? [said] : said;
      return things(effect, item).map((thing) => ({ item: item.id, thing, word, ...(reason && { reason }) }));
    });
    this.complete(effect, { type: 'things', list: [...list, ...leftOut] });
  }

  /** The vendor keeps saying "not now" until the effect is given up. */
  gaveUp(kind: EffectKind): void {
    const effect = this.claim(kind);
    if (effect)
      this.#commit(completeEffect(this.transaction, effect.id), givenUpAs(this.transaction, effect, this.now));
  }

  expire(): void {
    const effect = this.effect('expire');
    this.now = Math.max(this.now, effect.dueAt);
    this.complete(effect, { type: 'expire' });
  }

  /** A gateway that cannot be read says something by itself. False: it was nothing new. */
  callback(fact: CallbackFact): boolean {
    const event = this.#hear(this.payment, fact, this.now);
    if (event) this.#commit(this.transaction, event);
    return event !== null;
  }

  /** The usual way up to here. */
  pay(): Answer {
    return this.send({ type: 'pay', quote: this.transaction.quote });
  }
  open(): void {
    this.pay();
    this.gateway('open_payment', 'opened');
  }
  hold(): void {
    this.open();
    this.gateway('inspect_payment', 'authorised');
  }
  confirm(): void {
    this.hold();
    this.gds('assign_seats', 'present');
    if (this.transaction.items.some(({ needsEmd }) => needsEmd)) this.gds('issue_emds', 'present');
  }

  types(): string[] {
    return this.told.map(({ type, about }) => (type === 'fulfillment.updated' ? `${type} ${about}` : type));
  }

  #bad(what: string): void {
    this.broken.push(`${this.now}: ${what}`);
  }

  /** What must hold when a call goes out. */
  #checkClaim(effect: Effect): void {
    const { transaction } = this;
    const payment = transaction.payments.find(({ id }) => id === effect.target);
    if (effect.kind === 'capture_payment' && transaction.mode === 'manual') {
      const there = transaction.items.reduce((sum, item) => sum + (isConfirmed(item) ? item.priceMinor : 0), 0);
      if (isUndecided(transaction)) this.#bad('money is taken while an item is undecided');
      if (effect.input.amountMinor! > there) this.#bad(`${effect.input.amountMinor} is taken for seats worth ${there}`);
      if (due(transaction, payment!) === 0) this.#bad('money is taken that is not due');
    }
    if (effect.kind === 'close_payment' && !payment!.end && !transaction.stopped && kept(transaction) > 0)
      this.#bad('a hold is let go while a wanted item costs something');
    if (effect.kind === 'open_payment' && payment!.amountMinor > kept(transaction))
      this.#bad('a payment is opened for more than the list costs');
  }

  /** What must hold after every commit. */
  #check(before: Transaction, then: Transaction, events: readonly ToldEvent[]): void {
    if (then.version !== before.version + 1) this.#bad('the version did not grow by one');
    if (then.payments.filter(({ givenUp }) => !givenUp).length > 1) this.#bad('two live payments');
    if (statusOf(then) !== then.status) this.#bad('the stored status is not the derived one');
    if (new Set(then.told).size !== then.told.length) this.#bad('an event told twice');
    events.forEach(({ seq }, n) => {
      if (seq !== before.eventSeq + n + 1) this.#bad('a gap in the numbers of the events');
    });
    for (const payment of then.payments) {
      const back = then.refunds.filter((one) => one.payment === payment.id && one.state === 'present');
      const sum = back.reduce((total, one) => total + one.amountMinor, 0);
      if (payment.state === 'captured' && sum > payment.capturedMinor) this.#bad('more given back than taken');
    }
    const captures = then.effects.some(
      ({ kind, id }) => kind === 'capture_payment' && !before.effects.some((effect) => effect.id === id),
    );
    if (captures && then.mode === 'manual' && isUndecided(then)) this.#bad('money is asked for too early');
    const keys = then.effects.map(({ kind, target, input }) => `${kind} ${target} ${input.key ?? ''}`);
    if (new Set(keys).size !== keys.length) this.#bad('an unfinished effect twice');
    for (const payment of then.payments) {
      const rests = payment.state === 'closed' || payment.state === 'captured';
      const blocked = then.attention.some(({ target, state }) => target === payment.id && state !== 'retried');
      const waited = then.effects.some(({ lane }) => lane === payment.id);
      if (!rests && !blocked && !waited) this.#bad(`nobody will ever look at a payment that is ${payment.state}`);
    }
  }
}

/** What an effect asks about an item: a look asks about what is in doubt. */
function things(effect: Effect, item: Transaction['items'][number]): ('seat' | 'emd')[] {
  switch (effect.kind) {
    case 'assign_seats':
    case 'remove_seats':
      return ['seat'];
    case 'look_up_booking':
      return (['seat', 'emd'] as const).filter((thing) => item[thing].state === 'unsure');
    default:
      return ['emd'];
  }
}

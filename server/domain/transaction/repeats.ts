import { due } from './derived.ts';
import type { MachineEvent, ThingFact } from './event.ts';
import type { Effect, EffectKind, Item, Transaction } from './transaction.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What a vendor that keeps saying "not now" costs, and what the effect then comes back as. */
export interface Repeats {
  /** Waits after each answer that says it is known not done. One more such answer gives the effect up. */
  delaysMs: readonly number[];
  givenUpAs: 'not_done' | 'overdue' | 'tick' | 'expire';
}

const traveller = [5 * SECOND, 15 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE];
const owedSomebody = [5 * SECOND, 30 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR];

export const repeatDelays: Readonly<Record<EffectKind, Repeats>> = {
  open_payment: { delaysMs: [SECOND, 3 * SECOND, 10 * SECOND], givenUpAs: 'not_done' },
  confirm_payment: { delaysMs: [SECOND, 3 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE], givenUpAs: 'not_done' },
  capture_payment: {
    delaysMs: [5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR],
    givenUpAs: 'overdue',
  },
  close_payment: { delaysMs: owedSomebody, givenUpAs: 'overdue' },
  refund_payment: { delaysMs: owedSomebody, givenUpAs: 'overdue' },
  assign_seats: { delaysMs: traveller, givenUpAs: 'overdue' },
  issue_emds: { delaysMs: traveller, givenUpAs: 'overdue' },
  remove_seats: { delaysMs: owedSomebody, givenUpAs: 'overdue' },
  refund_emds: { delaysMs: owedSomebody, givenUpAs: 'overdue' },
  // a look that cannot be made is tried six times; then its line counts as used and the next one is planned
  inspect_payment: { delaysMs: traveller, givenUpAs: 'tick' },
  look_up_booking: { delaysMs: traveller, givenUpAs: 'tick' },
  expire: { delaysMs: [], givenUpAs: 'expire' },
};

/** How long to wait after a vendor's "not now", when it had said so `agains` times before; null: no more, it is given up. */
export const repeatDelayMs = (kind: EffectKind, agains: number): number | null =>
  repeatDelays[kind].delaysMs[agains] ?? null;

/** The event that an effect is completed with after its last "not now". */
export function givenUpAs(transaction: Transaction, effect: Effect, at: number): MachineEvent {
  const as = repeatDelays[effect.kind].givenUpAs;
  if (as === 'tick' || as === 'expire') return { type: as, at };
  if (effect.input.refund !== undefined)
    return { type: 'refund_word', at, refund: effect.input.refund, word: 'overdue' };
  if (!effect.input.items) return { type: 'payment', at, payment: effect.target, word: as };
  const thing = thingOf(effect.kind);
  return {
    type: 'things',
    at,
    list: itemsOf(transaction, effect).map(({ id }) => ({
      item: id,
      thing,
      word: 'overdue',
      reason: 'gds_unavailable',
    })),
  };
}

/**
 * Asked at the claim, in its commit: is this write still wanted? Close, refund and remove always are.
 * @returns null when it is, else the event that the effect is completed with, without any call
 */
export function stillWanted(transaction: Transaction, effect: Effect, at: number): MachineEvent | null {
  const { kind } = effect;
  if (kind === 'assign_seats' || kind === 'issue_emds') {
    const { items, leftOut } = itemsToSend(transaction, effect);
    return items.length ? null : { type: 'things', at, list: leftOut };
  }
  const payment = transaction.payments.find(({ id }) => id === effect.target);
  if (!payment) return null;
  const answered = askOf(effect);
  const notDone: MachineEvent = {
    type: 'payment',
    at,
    payment: payment.id,
    word: 'not_done',
    ...(answered !== undefined && { answered }),
  };
  if (kind === 'open_payment' || kind === 'confirm_payment') return payment.givenUp ? notDone : null;
  if (kind !== 'capture_payment') return null;
  const asked = due(transaction, payment);
  return asked === null || Math.min(asked, payment.amountMinor) === effect.input.amountMinor ? null : notDone;
}

/**
 * The items that a GDS is asked about when this effect is carried out. Where something is to be added, items that are not wanted any
 * more are left out, and come back as `absent`: `leftOut` goes to the machine together with the GDS's own words, or those items
 * would stay asked for.
 */
export function itemsToSend(transaction: Transaction, effect: Effect): { items: Item[]; leftOut: ThingFact[] } {
  const items = itemsOf(transaction, effect);
  if (effect.kind !== 'assign_seats' && effect.kind !== 'issue_emds') return { items, leftOut: [] };
  const thing = thingOf(effect.kind);
  return {
    items: items.filter((item) => item.want === 'keep'),
    leftOut: items.filter((item) => item.want === 'drop').map((item) => ({ item: item.id, thing, word: 'absent' })),
  };
}

/** The items of an effect that are still in the list. */
const itemsOf = (transaction: Transaction, effect: Effect): Item[] =>
  (effect.input.items ?? []).flatMap((id) => transaction.items.find((item) => item.id === id) ?? []);

/** The asking behind an effect's key: what an event names as `answered` when the outcome is known. */
export const askOf = (effect: Effect): string | undefined => effect.input.key?.replace(/:\d+$/, '');

const thingOf = (kind: EffectKind): 'seat' | 'emd' =>
  kind === 'assign_seats' || kind === 'remove_seats' ? 'seat' : 'emd';

import { raiseAttention } from './changes.ts';
import { isBlocked, isSecured, itemTarget } from './derived.ts';
import { applyThing } from './apply-thing.ts';
import { addEffect, bookingLane } from './effects.ts';
import { bookingLooksMs, mostBackTries } from './times.ts';
import type { EffectKind, Item, ThingState, Transaction } from './transaction.ts';

/** The booking's lane: one thing at a time, questions first. */
export function decideBooking(transaction: Transaction, at: number): void {
  if (transaction.effects.some((effect) => effect.lane === bookingLane)) return;
  const free = transaction.items.filter((item) => !isBlocked(transaction, itemTarget(item)));
  const unsure = free.filter((item) => item.seat.state === 'unsure' || item.emd.state === 'unsure');
  if (unsure.length) return lookUp(transaction, unsure, at);
  transaction.gdsLooks = 0;

  const keep = free.filter((item) => item.want === 'keep');
  const gone = free.filter((item) => item.want === 'drop');
  const seatless = keep.filter((item) => item.seat.state === 'absent');
  const documentless = keep.filter(
    (item) => item.seat.state === 'present' && item.needsEmd && item.emd.state === 'absent',
  );
  const emdsLeft = stillTried(transaction, gone, 'emd', at);
  const seatsLeft = stillTried(
    transaction,
    gone.filter((item) => item.emd.state === 'absent'),
    'seat',
    at,
  );
  const { removeSeat, refundEmd } = transaction.can;
  if (seatless.length && isSecured(transaction)) ask(transaction, 'assign_seats', seatless, 'seat', 'adding', at);
  else if (documentless.length && isSecured(transaction))
    ask(transaction, 'issue_emds', documentless, 'emd', 'adding', at);
  else if (emdsLeft.length && refundEmd) ask(transaction, 'refund_emds', emdsLeft, 'emd', 'removing', at);
  else if (seatsLeft.length && removeSeat) ask(transaction, 'remove_seats', seatsLeft, 'seat', 'removing', at);
  if (!refundEmd) for (const item of emdsLeft) raiseAttention(transaction, itemTarget(item), 'emd_not_given_back', at);
  if (!removeSeat)
    for (const item of seatsLeft) raiseAttention(transaction, itemTarget(item), 'seat_not_given_back', at);
}

/** The next planned look; after the last one the missing outcome is left to a person, and the rest goes on. */
function lookUp(transaction: Transaction, unsure: readonly Item[], at: number): void {
  const waitMs = bookingLooksMs[transaction.gdsLooks];
  if (waitMs !== undefined) {
    transaction.gdsLooks += 1;
    const items = unsure.map((item) => item.id);
    addEffect(transaction, 'look_up_booking', bookingLane, 'booking', at + waitMs, { items });
    return;
  }
  for (const item of unsure)
    for (const thing of ['seat', 'emd'] as const)
      if (item[thing].state === 'unsure') applyThing(transaction, item, { item: item.id, thing, word: 'overdue' }, at);
  decideBooking(transaction, at);
}

/** What is still there of dropped items; one that was tried to be taken back too often is left to a person. */
function stillTried(transaction: Transaction, items: readonly Item[], thing: 'seat' | 'emd', at: number): Item[] {
  const there = items.filter((item) => item[thing].state === 'present');
  for (const item of there)
    if (item[thing].tries >= mostBackTries)
      raiseAttention(transaction, itemTarget(item), `${thing}_not_given_back`, at);
  return there.filter((item) => item[thing].tries < mostBackTries);
}

function ask(
  transaction: Transaction,
  kind: EffectKind,
  items: readonly Item[],
  thing: 'seat' | 'emd',
  state: ThingState,
  at: number,
): void {
  for (const item of items) {
    item[thing].state = state;
    item[thing].tries += 1;
  }
  const ids = items.map((item) => item.id);
  addEffect(transaction, kind, bookingLane, ids.join(), at, { items: ids });
}

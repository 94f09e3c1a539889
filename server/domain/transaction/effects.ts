import { idPart } from './changes.ts';
import { quietMs } from './times.ts';
import type { Effect, EffectInput, EffectKind, Payment, Transaction } from './transaction.ts';

/** The lane of a booking at its GDS, and of the clock. A payment's lane is its id. */
export const bookingLane = 'gds';
export const clockLane = 'clock';

const writes: readonly EffectKind[] = [
  ...(['open_payment', 'confirm_payment', 'capture_payment', 'close_payment', 'refund_payment'] as const),
  ...(['assign_seats', 'issue_emds', 'remove_seats', 'refund_emds'] as const),
];

/** Whether it changes something at a vendor, so that a repeat needs a look first. Looks and the timer repeat freely. */
export const isWrite = (kind: EffectKind): boolean => writes.includes(kind);

/** No write of this lane is unfinished. */
export const isLaneQuiet = (transaction: Transaction, lane: string): boolean =>
  !transaction.effects.some((effect) => effect.lane === lane && isWrite(effect.kind));

/** The planned look at a payment; at most one. */
export const plannedLook = (transaction: Transaction, payment: Payment): Effect | undefined =>
  transaction.effects.find((effect) => effect.kind === 'inspect_payment' && effect.target === payment.id);

/** Asks for something outside: a row that the runner finds. Changes `transaction`. */
export function addEffect(
  transaction: Transaction,
  kind: EffectKind,
  lane: string,
  target: string,
  dueAt: number,
  input: EffectInput = {},
  purpose: string | null = null,
): void {
  transaction.lastEffect += 1;
  transaction.effects.push({
    id: `eff_${idPart(transaction)}_${transaction.lastEffect}`,
    kind,
    lane,
    target,
    purpose,
    input,
    dueAt,
    notBefore: purpose === 'unsure' || purpose === 'refund' ? dueAt : 0,
    leaseId: null,
    leaseUntil: 0,
    claims: 0,
    agains: 0,
    inDoubt: false,
  });
}

/**
 * Asks a gateway to change something. One asking has one idempotency key: it stays while the outcome is unknown and changes after
 * a known end, or with other input. Changes `transaction`.
 */
export function addWrite(
  transaction: Transaction,
  kind: EffectKind,
  payment: Payment,
  ask: string,
  input: EffectInput,
  at: number,
): void {
  const text = JSON.stringify(input);
  const before = transaction.asks[ask] ?? { n: 0, input: '', inDoubt: false };
  const n = before.inDoubt && before.input === text ? before.n : before.n + 1;
  transaction.asks[ask] = { n, input: text, inDoubt: true };
  addEffect(transaction, kind, payment.id, payment.id, at, { ...input, key: `${ask}:${n}` });
}

/** A callback or the browser says that there is something to see: the planned look is pulled forward, else one is planned. */
export function lookSoon(transaction: Transaction, payment: Payment, at: number): void {
  const planned = plannedLook(transaction, payment);
  if (!planned) {
    const dueAt = payment.state === 'unsure' ? at + quietMs : at;
    addEffect(transaction, 'inspect_payment', payment.id, payment.id, dueAt, {}, payment.state);
    return;
  }
  const sooner = Math.max(at, planned.notBefore);
  if (sooner >= planned.dueAt) return;
  planned.dueAt = sooner;
  // a look pulled forward does not use up a planned one
  payment.looks = Math.max(0, payment.looks - 1);
}

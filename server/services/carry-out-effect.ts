import type { Booking } from '../domain/booking.ts';
import type { BrandSettings } from '../domain/brand.ts';
import type { ItemWord, SeatPick } from '../domain/ports/gds.ts';
import type { Outcome } from '../domain/ports/outcome.ts';
import type { PaymentPort, PaymentRef, Reading } from '../domain/ports/payments.ts';
import type { MachineEvent, PaymentFacts, ThingFact } from '../domain/transaction/event.ts';
import { itemsToSend } from '../domain/transaction/repeats.ts';
import type { Effect, Item, Payment, Transaction } from '../domain/transaction/transaction.ts';
import type { PaymentWord, RefundWord } from '../domain/transaction/words.ts';
import { bookingPlace, type FoundPurchase } from './find-purchase.ts';
import { isAsAsked } from './is-as-asked.ts';
import type { PurchaseServices } from './purchase-services.ts';

/** What carrying out an effect came to. */
export type Carried =
  /** What the machine hears, and what is to be sealed beside it. `answered`: the ask whose outcome is known now. */
  | { event: MachineEvent; client?: { payment: string; data: Record<string, unknown> } }
  /** Known not done; comes due again then. */
  | { again: string; alert?: string };

/** Longest call at a GDS write, and at anything else. The lease must be longer. */
export const DEADLINE_MS = { gdsWrite: 60_000, other: 20_000 };

export const isGdsWrite = (effect: Effect): boolean =>
  ['assign_seats', 'issue_emds', 'remove_seats', 'refund_emds'].includes(effect.kind);

/** Carries one effect out at its vendor and says what came of it in the machine's words. Throws only for a fault of our own. */
export function carryOut(
  services: PurchaseServices,
  brand: BrandSettings,
  found: FoundPurchase,
  effect: Effect,
): Promise<Carried> {
  const signal = AbortSignal.timeout(isGdsWrite(effect) ? DEADLINE_MS.gdsWrite : DEADLINE_MS.other);
  if (effect.kind === 'expire') return Promise.resolve({ event: { type: 'expire', at: services.clock.now() } });
  return effect.lane === 'gds'
    ? atGds(services, brand, found, effect, signal)
    : atGateway(services, brand, found, effect, signal);
}

/** The machine's word for a write whose answer nobody has. */
export function unknownEvent(transaction: Transaction, effect: Effect, at: number): MachineEvent {
  if (effect.lane === 'gds') return { type: 'things', at, list: thingsOf(transaction, effect, 'unknown') };
  if (effect.kind === 'refund_payment')
    return { type: 'refund_word', at, refund: effect.input.refund!, word: 'unknown' };
  return { type: 'payment', at, payment: effect.target, word: 'unknown' };
}

/** The same word for every item of an effect at the GDS. */
export function thingsOf(
  transaction: Transaction,
  effect: Effect,
  word: ThingFact['word'],
  reason?: ThingFact['reason'],
): ThingFact[] {
  const asked = new Set(effect.input.items ?? []);
  return transaction.items
    .filter((item) => asked.has(item.id))
    .flatMap((item): ThingFact[] => {
      const about = effect.kind === 'issue_emds' || effect.kind === 'refund_emds' ? 'emd' : 'seat';
      const things: ('seat' | 'emd')[] =
        effect.kind === 'look_up_booking'
          ? (['seat', 'emd'] as const).filter((one) => item[one].state === 'unsure')
          : [about];
      return things.map((thing) => ({ item: item.id, thing, word, ...(reason && { reason }) }));
    });
}

async function atGds(
  services: PurchaseServices,
  brand: BrandSettings,
  { transaction, seals }: FoundPurchase,
  effect: Effect,
  signal: AbortSignal,
): Promise<Carried> {
  const port = services.gdsOf(brand);
  const booking = JSON.parse(await services.vault.open(bookingPlace(transaction), seals.booking)) as Booking;
  const { items, leftOut } = itemsToSend(transaction, effect);
  const picks = picksOf(transaction, items);
  const call = {
    assign_seats: port.assign,
    issue_emds: port.issue,
    remove_seats: port.unassign,
    refund_emds: port.refundEmds,
    look_up_booking: port.lookup,
  }[effect.kind as 'assign_seats'];
  const outcome: Outcome<ItemWord[]> = await call.call(port, booking, picks, signal);
  const at = services.clock.now();
  switch (outcome.is) {
    case 'done':
      return { event: { type: 'things', at, list: [...leftOut, ...outcome.value] } };
    case 'again':
      return { again: outcome.at };
    case 'refused_by_configuration':
      return { again: '', alert: outcome.detail };
    case 'unsupported':
    case 'declined':
      return { event: { type: 'things', at, list: thingsOf(transaction, effect, 'refused', 'not_allowed') } };
    case 'accepted':
    case 'needs_action':
    case 'unknown':
      // A look that nobody answered has taught nothing: it is made again.
      return effect.kind === 'look_up_booking' ? { again: '' } : { event: unknownEvent(transaction, effect, at) };
  }
}

const picksOf = (transaction: Transaction, items: readonly Item[]): SeatPick[] =>
  items.map((item) => ({
    item: item.id,
    traveller: item.traveller,
    segment: item.segment,
    leg: item.leg,
    designator: item.designator,
    offerRef: item.offerRef,
    priceMinor: item.priceMinor,
    currency: transaction.currency,
    ...(item.document && { document: item.document }),
  }));

async function atGateway(
  services: PurchaseServices,
  brand: BrandSettings,
  { transaction }: FoundPurchase,
  effect: Effect,
  signal: AbortSignal,
): Promise<Carried> {
  const port = services.paymentsOf(brand);
  const payment = transaction.payments.find((one) => one.id === effect.target);
  if (!port || !payment) return { again: '', alert: 'the brand’s file names no gateway any more' };
  const ref: PaymentRef = {
    paymentId: payment.id,
    currency: transaction.currency,
    key: effect.input.key ?? `${payment.id}:inspect`,
    ...(payment.gatewayRef && { gatewayRef: payment.gatewayRef }),
  };
  if (effect.kind === 'refund_payment') return refund(services, port, ref, transaction, effect, signal);
  const outcome = await ask(services, brand, port, ref, transaction, payment, effect, signal);
  const at = services.clock.now();
  const says = (word: PaymentWord, facts?: PaymentFacts): Carried => ({
    event: { type: 'payment', at, payment: payment.id, word, ...(facts && { facts }), ...answered(effect) },
  });
  switch (outcome.is) {
    case 'done':
      if (!outcome.value) return { event: { type: 'tick', at } };
      return heard(payment, outcome.value, isAsAsked(brand, transaction, payment, outcome.value), at, effect);
    case 'accepted':
      return says('accepted');
    case 'declined':
      return says(effect.kind === 'capture_payment' ? 'capture_refused' : 'declined');
    case 'needs_action':
      return {
        ...says('opened', { step: 'action' }),
        client: { payment: payment.id, data: outcome.client as Record<string, unknown> },
      };
    case 'again':
      return { again: outcome.at };
    case 'refused_by_configuration':
      return { again: '', alert: outcome.detail };
    case 'unsupported':
      return says('not_done');
    case 'unknown':
      return effect.kind === 'inspect_payment' ? { again: '' } : { event: unknownEvent(transaction, effect, at) };
  }
}

function ask(
  services: PurchaseServices,
  brand: BrandSettings,
  port: PaymentPort,
  ref: PaymentRef,
  transaction: Transaction,
  payment: Payment,
  effect: Effect,
  signal: AbortSignal,
): Promise<Outcome<Reading | null>> {
  switch (effect.kind) {
    case 'open_payment':
      return port.open(
        {
          ref,
          transactionId: transaction.id,
          amountMinor: payment.amountMinor,
          currency: transaction.currency,
          returnUrl: `${services.publicUrl}/return/${transaction.gateway}/${payment.id}`,
          expiresAt: new Date(transaction.expiresAt).toISOString(),
          methods: brand.payment?.methods ?? [],
        },
        signal,
      );
    case 'confirm_payment':
      return port.confirm(ref, signal);
    case 'capture_payment':
      return port.capture(ref, effect.input.amountMinor!, signal);
    case 'close_payment':
      return port.close(ref, effect.input.held ?? false, signal);
    default:
      return port.inspect(
        ref,
        {
          what: payment.asked,
          heard: payment.heard === 2 ? 'authorised' : payment.heard === 1 ? 'pending' : 'nothing',
          expiresAt: new Date(transaction.expiresAt).toISOString(),
          ...(payment.sessionResult && { sessionResult: payment.sessionResult }),
        },
        signal,
      );
  }
}

/** A reading, as the machine hears it. */
function heard(payment: Payment, reading: Reading, same: boolean, at: number, effect: Effect): Carried {
  const facts: PaymentFacts = {
    ...(reading.capturedMinor !== undefined && { capturedMinor: reading.capturedMinor }),
    ...(reading.gatewayRef && { gatewayRef: reading.gatewayRef }),
    ...(reading.step && { step: reading.step }),
    ...(reading.means && { means: reading.means }),
    ...(reading.refunds && { refunds: reading.refunds }),
    ...(reading.dispute && { dispute: reading.dispute }),
  };
  const word: PaymentWord = same ? reading.word : 'mismatch';
  const event: MachineEvent = { type: 'payment', at, payment: payment.id, word, facts, ...answered(effect) };
  return { event, ...(reading.client && { client: { payment: payment.id, data: reading.client } }) };
}

async function refund(
  services: PurchaseServices,
  port: PaymentPort,
  ref: PaymentRef,
  transaction: Transaction,
  effect: Effect,
  signal: AbortSignal,
): Promise<Carried> {
  const row = transaction.refunds.find((one) => one.id === effect.input.refund)!;
  const payment = transaction.payments.find((one) => one.id === effect.target)!;
  const whole = row.amountMinor === payment.capturedMinor;
  const outcome = await port.refund(ref, { id: row.id, amountMinor: effect.input.amountMinor!, whole }, signal);
  const at = services.clock.now();
  const says = (word: RefundWord, gatewayRef?: string): Carried => ({
    event: {
      type: 'refund_word',
      at,
      refund: row.id,
      word,
      ...(gatewayRef && { gatewayRef }),
      ...(word !== 'unknown' && answered(effect)),
    },
  });
  switch (outcome.is) {
    case 'done':
      return says('present', outcome.value.gatewayRef);
    case 'accepted':
    case 'needs_action':
      return says('accepted');
    case 'declined':
    case 'unsupported':
      return says('refused');
    case 'again':
      return { again: outcome.at };
    case 'refused_by_configuration':
      return { again: '', alert: outcome.detail };
    case 'unknown':
      return says('unknown');
  }
}

/** The ask that an effect's key belongs to: its outcome is known, so the next asking gets a new key. */
function answered(effect: Effect): { answered?: string } {
  const key = effect.input.key;
  return key ? { answered: key.slice(0, key.lastIndexOf(':')) } : {};
}

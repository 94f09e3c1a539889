import type { MachineEvent, PaymentFacts } from '../../../../server/domain/transaction/event.ts';
import type {
  AttentionEntry,
  Effect,
  EffectInput,
  EffectKind,
  Item,
  Payment,
  Refund,
  Transaction,
} from '../../../../server/domain/transaction/transaction.ts';
import type { PaymentWord, RefundWord, SeatRefusal, ThingWord } from '../../../../server/domain/transaction/words.ts';

/**
 * The shared model's purchase in our shape: seconds become milliseconds, its ids become ours, and what it does not keep gets the
 * value that ours has at the start. Nothing is decided here.
 */
export interface ModelTransaction {
  id: string;
  version: number;
  quote: number;
  mode: 'manual' | 'automatic';
  gateway: string;
  gds: string;
  caps: { readable: boolean; hardClose: boolean; removeSeat: boolean; refundEmd: boolean };
  go: boolean;
  stopped: Transaction['stopped'];
  expiresAt: number;
  lastItem: number;
  items: {
    id: number;
    row: number;
    price: number;
    needsEmd: boolean;
    want: 'keep' | 'drop';
    reason: string | null;
    sold: boolean;
    seat: Item['seat'];
    emd: Item['emd'];
  }[];
  attempts: {
    id: string;
    state: Payment['state'];
    asked: Payment['asked'];
    amount: number;
    givenUp: boolean;
    end: string | null;
    captured: number;
    capturedOnce: boolean;
    everOpen?: boolean;
    ranks: Record<string, number>;
    heard: 0 | 1 | 2;
    sessionResult?: boolean;
    asks: Payment['asksMade'];
  }[];
  refunds: {
    id: string;
    ref?: string;
    payment: string;
    amount: number;
    origin: Refund['origin'];
    state: Refund['state'];
    tries: number;
    rank: number;
    dropped: boolean;
  }[];
  attention: { target: string; reason: AttentionEntry['reason']; state: AttentionEntry['state'] }[];
  effects: ModelEffect[];
  keys: Record<string, { n: number; input: string; inDoubt: boolean }>;
  seq: number;
  eventSeq: number;
  told: Record<string, boolean>;
  status: Transaction['status'];
  ended: boolean;
  looks: Record<string, number>;
}

export interface ModelEffect {
  id: number;
  kind: EffectKind;
  lane: string;
  target: string;
  due: number;
  purpose: string | null;
  notBefore: number;
  input: { items?: number[]; key?: string; amount?: number; held?: boolean; refund?: string };
  lease: string | null;
  leaseUntil: number;
  claims: number;
  agains: number;
  inDoubt: boolean;
}

/** One of the model's events, as loose as it writes them. */
export interface ModelEvent {
  type: string;
  answered?: string;
  items?: { row: number; price: number; needsEmd: boolean }[];
  quote?: number;
  scope?: string;
  item?: number;
  amount?: number;
  payment?: string;
  sessionResult?: boolean;
  id?: string;
  word?: string;
  captured?: number;
  rank?: number;
  about?: string;
  end?: string;
  refunds?: { ref: string; amount: number; failed?: boolean }[];
  refund?: string;
  ref?: string;
  list?: { item: number; kind: 'seat' | 'emd'; word: string; reason?: string }[];
  action?: string;
  target?: string;
  took?: number;
  held?: boolean;
  done?: boolean;
}

const ms = (seconds: number): number => seconds * 1000;

/** The words inside a text that name something: purchase, payment, refund, item. */
const idsIn = (text: string): string =>
  text.replace(/txn_(\d+)\.(pay|ref)_(\d+)/g, '$2_$1_$3').replace(/^(.*)\|txn$/, '$1|TXN');

const itemId = (transaction: { id: string }, n: number): string => `itm_${transaction.id.slice('txn_'.length)}_${n}`;

const itemsIn = (transaction: { id: string }, text: string): string =>
  text.replace(/item:(\d+)/g, (_all, n: string) => `item:${itemId(transaction, Number(n))}`);

const inputOf = (transaction: ModelTransaction, input: ModelEffect['input']): EffectInput => ({
  ...(input.items && { items: input.items.map((n) => itemId(transaction, n)) }),
  ...(input.refund !== undefined && { refund: idsIn(input.refund) }),
  ...(input.amount !== undefined && { amountMinor: input.amount }),
  ...(input.held !== undefined && { held: input.held }),
  ...(input.key !== undefined && { key: idsIn(input.key) }),
});

export function fromModel(model: ModelTransaction): Transaction {
  return {
    id: model.id,
    brand: 'model',
    bookingKey: 'booking',
    gds: model.gds,
    gateway: model.gateway,
    mode: model.mode,
    currency: 'EUR',
    quote: model.quote,
    go: model.go,
    stopped: model.stopped,
    expiresAt: ms(model.expiresAt),
    status: model.status,
    endedAt: model.ended ? 0 : null,
    version: model.version,
    eventSeq: model.eventSeq,
    gdsLooks: model.looks.gds ?? 0,
    touched: model.told.touched ?? false,
    can: {
      readable: model.caps.readable,
      hardClose: model.caps.hardClose,
      removeSeat: model.caps.removeSeat,
      refundEmd: model.caps.refundEmd,
    },
    items: model.items.map((item) => ({
      ...placeOf(item),
      id: itemId(model, item.id),
      want: item.want,
      reason: item.reason,
      sold: item.sold,
      seat: item.seat,
      emd: item.emd,
    })),
    payments: model.attempts.map((attempt) => paymentOf(model, attempt)),
    refunds: model.refunds.map(({ id, ref, payment, amount, ...rest }) => ({
      ...rest,
      id: idsIn(id),
      payment: idsIn(payment),
      gatewayRef: ref === undefined ? null : idsIn(ref),
      amountMinor: amount,
    })),
    attention: model.attention.map((entry) => ({
      ...entry,
      target: itemsIn(model, idsIn(entry.target)),
      raisedAt: 0,
    })),
    effects: model.effects.map((effect) => effectOf(model, effect)),
    asks: Object.fromEntries(
      Object.entries(model.keys).map(([ask, { input, ...rest }]) => [
        idsIn(ask),
        { ...rest, input: JSON.stringify(inputOf(model, JSON.parse(input) as ModelEffect['input'])) },
      ]),
    ),
    told: Object.keys(model.told)
      .filter((key) => key !== 'touched')
      .map((key) => itemsIn(model, idsIn(key)).replace('TXN', model.id)),
    lastItem: model.lastItem,
    lastEffect: model.seq,
  };
}

/** The place at the GDS: the model numbers them. */
const placeOf = (item: { row: number; price: number; needsEmd: boolean }) => ({
  traveller: String(item.row),
  segment: '1',
  leg: 1,
  flightKey: 'XX 1 2026-01-01 1',
  designator: '1A',
  offerRef: null,
  priceMinor: item.price,
  needsEmd: item.needsEmd,
});

const paymentOf = (model: ModelTransaction, attempt: ModelTransaction['attempts'][number]): Payment => ({
  id: idsIn(attempt.id),
  gatewayRef: null,
  state: attempt.state,
  asked: attempt.asked,
  step: 'card',
  amountMinor: attempt.amount,
  givenUp: attempt.givenUp,
  end: attempt.end,
  capturedMinor: attempt.captured,
  capturedOnce: attempt.capturedOnce,
  everOpen: attempt.everOpen ?? false,
  ranks: attempt.ranks,
  heard: attempt.heard,
  ...(attempt.sessionResult && { sessionResult: 'result' }),
  looks: model.looks[attempt.id] ?? 0,
  asksMade: attempt.asks,
  disputes: [],
});

function effectOf(model: ModelTransaction, effect: ModelEffect): Effect {
  const { id, due, notBefore, lease, leaseUntil, target, lane, input, ...rest } = effect;
  const items = /^[\d,]+$/.test(target);
  return {
    ...rest,
    id: `eff_${model.id.slice('txn_'.length)}_${id}`,
    lane: idsIn(lane),
    target: items
      ? target
          .split(',')
          .map((n) => itemId(model, Number(n)))
          .join()
      : target === 'txn'
        ? model.id
        : idsIn(target),
    input: inputOf(model, input),
    dueAt: ms(due),
    notBefore: ms(notBefore),
    leaseId: lease,
    leaseUntil: ms(leaseUntil),
  };
}

/** @param at the model's clock, in its seconds */
export function eventFromModel(model: ModelTransaction, event: ModelEvent, at: number): MachineEvent {
  const base = { at: ms(at), ...(event.answered && { answered: idsIn(event.answered) }) };
  switch (event.type) {
    case 'reprice':
      return { ...base, type: 'reprice', items: (event.items ?? []).map(placeOf) };
    case 'pay':
      return { ...base, type: 'pay', quote: event.quote! };
    case 'cancel':
    case 'expire':
    case 'tick':
      return { ...base, type: event.type };
    case 'refund':
      if (event.scope === 'whole') return { ...base, type: 'refund', scope: 'whole' };
      if (event.scope === 'item') return { ...base, type: 'refund', scope: 'item', item: itemId(model, event.item!) };
      return { ...base, type: 'refund', scope: 'amount', amountMinor: event.amount! };
    case 'hint':
      return {
        ...base,
        type: 'hint',
        payment: idsIn(event.payment!),
        ...(event.sessionResult && { sessionResult: 'result' }),
      };
    case 'payment':
      return {
        ...base,
        type: 'payment',
        payment: idsIn(event.id!),
        word: event.word as PaymentWord,
        facts: factsOf(event),
      };
    case 'refund_word':
      return {
        ...base,
        type: 'refund_word',
        refund: idsIn(event.refund!),
        word: event.word as RefundWord,
        ...(event.rank && { rank: event.rank }),
      };
    case 'refund_found':
      return {
        ...base,
        type: 'refund_found',
        payment: idsIn(event.payment!),
        ref: idsIn(event.ref!),
        amountMinor: event.amount!,
      };
    case 'things':
      return {
        ...base,
        type: 'things',
        list: event.list!.map(({ item, kind, word, reason }) => ({
          item: itemId(model, item),
          thing: kind,
          word: word as ThingWord,
          ...(reason && { reason: reason as SeatRefusal }),
        })),
      };
    case 'operator':
      return operatorOf(model, event, base);
    default:
      throw new Error(`the model has a new event: ${event.type}`);
  }
}

const factsOf = (event: ModelEvent): PaymentFacts => ({
  ...(event.captured !== undefined && { capturedMinor: event.captured }),
  ...(event.rank !== undefined && { rank: event.rank }),
  ...(event.about !== undefined && { about: event.about }),
  ...(event.end !== undefined && { end: event.end }),
  ...(event.refunds && {
    refunds: event.refunds.map(({ ref, amount }) => ({
      ref: idsIn(ref),
      ...(ref.startsWith('txn_') && { ours: idsIn(ref) }),
      amountMinor: amount,
    })),
  }),
});

function operatorOf(model: ModelTransaction, event: ModelEvent, base: { at: number }): MachineEvent {
  const target = itemsIn(model, idsIn(event.target!));
  const who = { by: 'operator', note: 'by hand' };
  if (event.action !== 'solved')
    return { ...base, ...who, type: 'operator', action: event.action as 'retry' | 'reverse', target };
  return {
    ...base,
    ...who,
    type: 'operator',
    action: 'solved',
    target,
    ...(event.took !== undefined && { tookMinor: event.took }),
    ...(event.held !== undefined && { held: event.held }),
    ...(event.done !== undefined && { made: event.done }),
  };
}

/** Without what the model does not keep: when and by whom an entry was made, what a gateway calls our own refund. */
export function comparable(transaction: Transaction): Transaction {
  return {
    ...transaction,
    endedAt: transaction.endedAt === null ? null : 0,
    attention: transaction.attention.map(({ target, reason, state }) => ({ target, reason, state, raisedAt: 0 })),
    refunds: transaction.refunds.map((refund) =>
      refund.origin === 'gateway' ? refund : { ...refund, gatewayRef: null },
    ),
  };
}

import type { Purchase } from '../../server/wire/panel.ts';
import type { StateWords } from '../messages/message.ts';
import type { PaymentSpeech } from '../messages/payment-words.ts';
import type { PanelState } from '../state/panel-model.ts';
import type { Paying } from '../state/paying.ts';
import type { Message } from '../styles/state-message.ts';
import { chargedOf, deadline, isConfirmed, isPending, picksOf, seatsText, sumOf } from './paying-view.ts';

type Look = Pick<Message, 'icon' | 'tone'>;

const looks = {
  quiet: { icon: 'clock', tone: '' },
  seat: { icon: 'seat', tone: 'warn' },
  price: { icon: 'price', tone: 'warn' },
  bad: { icon: 'alert', tone: 'bad' },
  lock: { icon: 'lock', tone: 'bad' },
  bank: { icon: 'lock', tone: 'warn' },
  back: { icon: 'refund', tone: 'bad' },
  good: { icon: 'check', tone: 'good' },
  partly: { icon: 'check', tone: 'warn' },
} as const satisfies Record<string, Look>;

/** What a page says; null: the pay page, which is a page of its own. */
export function pageMessage(paying: Paying, state: PanelState, speech: PaymentSpeech): Message | null {
  const { payment: words, sum } = speech;
  const { page, purchase } = paying;
  if (page === 'starting') return { ...words.starting, ...looks.quiet };
  if (page === 'not-started') return { ...problemWords(paying, speech), ...looks.bad };
  if (page === 'lost') return { ...lostWords(paying, speech), ...looks.seat };
  if (!purchase || page === 'pay') return null;
  switch (page) {
    case 'price':
      return { ...priceWords(purchase, speech), ...looks.price };
    case 'bank':
      return { ...words.bank(sum(purchase.total)), ...looks.bank };
    case 'pending':
      return { ...words.pending(sum(purchase.total)), ...looks.quiet };
    case 'confirming':
      return { ...confirmingWords(paying, purchase, speech), ...looks.quiet };
    case 'ending':
      return { ...words.ending, ...looks.quiet };
    case 'done':
      return { ...doneWords(purchase, state, speech), ...looks.good };
    case 'partly':
      return { ...partlyWords(purchase, speech), ...looks.partly };
    case 'failed':
      return { ...failedWords(purchase, speech), ...looks.back };
    case 'expired':
      return { ...words.expired, ...looks.quiet };
    case 'refunded':
      return { ...words.refunded(sum(purchase.refunded ?? chargedOf(purchase))), icon: 'refund', tone: '' };
    case 'checking':
      return { ...checkingWords(purchase, state, speech), ...looks.quiet };
  }
}

/** What stands over the field on the pay page: a refusal, a fault, the gateway's own sentence; null: nothing. */
export function payNotice(paying: Paying, speech: PaymentSpeech): Message | null {
  const { payment: words } = speech;
  const { purchase, doing, told, problem } = paying;
  if (problem && !problem.isTried && problem.doing !== 'status')
    return { ...problemWords(paying, speech), ...looks.bad };
  if (problem) return { heading: words.lostTouch, body: '', icon: 'off', tone: 'warn' };
  if (doing) return null;
  const isDeclined = purchase?.payment?.step === 'declined';
  if (isDeclined) {
    const { heading, body } = words.declined(deadline(purchase, speech));
    return { heading, body: told ? `${told} ${body}` : body, ...looks.lock };
  }
  if (!told) return null;
  // Nothing was asked of the bank yet: the sentence is about what was entered.
  if (!purchase?.payment) return { heading: words.enterAgain, body: told, icon: 'alert', tone: 'warn' };
  return { heading: words.notApproved.heading, body: `${told} ${words.notApproved.body}`, ...looks.lock };
}

function problemWords({ problem }: Paying, { payment: words }: PaymentSpeech): StateWords {
  switch (problem?.code) {
    case 'gds_unavailable':
      return words.airlineDown;
    case 'gateway_unavailable':
      return words.gatewayDown;
    case 'payment_not_offered':
      return words.notOffered;
    default:
      return problem?.doing === 'pay' ? words.notHeard : words.notStarted;
  }
}

function lostWords({ lost }: Paying, speech: PaymentSpeech): StateWords {
  const { payment: words } = speech;
  const isTaken = lost.every(({ why }) => why === 'gone' || why === 'taken');
  return (isTaken ? words.lost : words.refused)(seatsText(lost, speech), lost.length);
}

function priceWords({ items }: Purchase, { payment: words }: PaymentSpeech): StateWords {
  const moved = items.filter(({ was, price }) => was !== undefined && was !== price).length;
  return moved ? words.price(moved) : words.elsewhere;
}

function confirmingWords({ isLate }: Paying, { items, total }: Purchase, speech: PaymentSpeech): StateWords {
  const pending = picksOf(items.filter(isPending));
  const { confirming, late } = speech.payment;
  return isLate && pending.length ? late(seatsText(pending, speech), total === 0) : confirming;
}

function doneWords(purchase: Purchase, { opened }: PanelState, { payment: words }: PaymentSpeech): StateWords {
  const isPaid = chargedOf(purchase) > 0;
  return words.done(opened?.record_locator ?? '', opened?.brand.name ?? '', isPaid);
}

function partlyWords(purchase: Purchase, speech: PaymentSpeech): StateWords {
  const { payment: words } = speech;
  const got = purchase.items.filter(isConfirmed);
  const lost = purchase.items.length - got.length;
  const { heading, body } = words.partly(got.length, purchase.items.length, lost);
  return { heading, body: [body, moneyOfOthers(purchase, sumOf(got), speech)].filter(Boolean).join(' ') };
}

/** Where the money for the seats that were not given is. */
function moneyOfOthers(purchase: Purchase, due: number, { payment: words, sum }: PaymentSpeech): string {
  const { charged = 0, refunded = 0 } = purchase;
  if (charged - refunded > due) return words.goesBack(sum(charged - refunded - due));
  if (refunded) return words.wentBack(sum(refunded));
  return due ? words.paidOnly(purchase.items.filter(isConfirmed).length) : '';
}

function failedWords(purchase: Purchase, { payment: words, sum }: PaymentSpeech): StateWords {
  const { items, payment, charged = 0, refunded = 0 } = purchase;
  if (items.every(({ why }) => why === 'abandoned')) return words.over;
  const money = charged
    ? charged > refunded
      ? words.goesBack(sum(charged - refunded))
      : words.wentBack(sum(refunded))
    : payment
      ? words.held(sum(sumOf(items)))
      : words.nothingToPay;
  return { heading: words.failedHeading, body: `${words.failed} ${money}` };
}

const aboutRefund = new Set(['refund_failed', 'seat_not_given_back', 'emd_not_given_back']);

function checkingWords({ attention = [], items }: Purchase, { opened }: PanelState, speech: PaymentSpeech): StateWords {
  const { checking } = speech.payment;
  const pending = picksOf(items.filter(isPending));
  if (attention.includes('gds_outcome_missing') && pending.length) return checking.seats(seatsText(pending, speech));
  if (attention.some((reason) => aboutRefund.has(reason))) return checking.refund;
  return checking.payment(opened?.brand.name ?? '');
}

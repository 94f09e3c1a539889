/** An event as the airline reads it: nothing in it is taken for granted. */
export interface HeardEvent {
  id?: string;
  type: string;
  sequence?: number;
  data: Record<string, unknown>;
}

/** What an event tells, in a sentence. */
export function sayEvent({ type, data }: HeardEvent): string {
  return SENTENCES.get(type)?.(data) ?? 'An event of a kind that this site does not know. It was put aside.';
}

const SENTENCES = new Map<string, (data: HeardEvent['data']) => string>(
  Object.entries({
    'transaction.created': (data) => {
      const amount = money(data);
      return amount ? `A traveller chose seats for ${amount}.` : 'A traveller chose seats.';
    },
    'payment.processed': (data) => `${money(data) ?? 'The money'} is captured.`,
    'payment.failed': (data) => `A payment did not go through: ${reason(data)}. The traveller may try again.`,
    'fulfillment.updated': ({ status }) =>
      FULFILMENT.get(String(status)) ?? 'Something changed about the seats, in a word that this site does not know.',
    'transaction.completed': (data) => {
      const amount = money(data);
      const kept = data['status'] === 'partially_completed' ? 'Some of the seats are sold' : 'The seats are sold';
      return amount ? `${kept}, and ${amount} is ours.` : `${kept}. There was nothing to pay.`;
    },
    'transaction.failed': (data) => `No seat was sold: ${reason(data)}.`,
    'transaction.attention': (data) => `A person has to look at this purchase: ${reason(data)}.`,
    'refund.processed': (data) => `${money(data) ?? 'Money'} went back to the traveller.`,
    'dispute.opened': (data) => `The traveller’s bank wants ${money(data) ?? 'the money'} back.`,
    'dispute.closed': ({ outcome }) =>
      outcome === 'won'
        ? 'The dispute is over, and we keep the money.'
        : outcome === 'lost'
          ? 'The dispute is over, and the money is gone.'
          : 'The dispute is over.',
    'test.ping': () => 'A test. Everything between us works.',
  }),
);

const FULFILMENT = new Map(
  Object.entries({
    pending: 'The seats are being confirmed.',
    confirmed: 'Every seat is confirmed.',
    partially_confirmed: 'Some of the seats are confirmed, others could not be had.',
    failed: 'None of the seats could be had.',
    cancelled: 'The seats were given back.',
  }),
);

/** "€84.00"; undefined when there is no amount, or nothing of it. */
function money({ amount, currency }: HeardEvent['data']): string | undefined {
  if (typeof amount !== 'number' || amount === 0) return undefined;
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return String(amount);
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(amount);
}

const reason = ({ reason: word }: HeardEvent['data']): string =>
  typeof word === 'string' && word !== '' ? word.replaceAll('_', ' ') : 'no reason given';

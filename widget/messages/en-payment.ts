import { count } from './en.ts';
import type { PaymentWords } from './payment-words.ts';

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const spelt = (n: number) => numbers[n] ?? String(n);
const low = (n: number) => spelt(n).toLowerCase();

/** Brands as their owners write them. */
const brands: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
};

export const enPayment: PaymentWords = {
  heading: 'Pay for your seats',
  line: (locator, seats, flights, total) =>
    `${locator} · ${count(seats, 'seat', 'seats')} on ${count(flights, 'flight', 'flights')} · ${total}`,
  name: 'Payment',
  yourSeats: 'Your seats',

  buttons: {
    back: 'Back to seats',
    pay: (total) => `Pay ${total}`,
    paying: 'Paying…',
    take: 'Take these seats',
    taking: 'Taking them…',
    accept: (total) => `Accept ${total}`,
    others: (total) => `Go on with the others, ${total}`,
    takeInstead: (designator) => `Take ${designator}`,
    chooseOther: 'Choose another seat',
    chooseOthers: 'Choose other seats',
    seeMap: 'See the map',
    chooseFor: (name) => `Choose another for ${name}`,
    tryAgain: 'Try again',
    startAgain: 'Start again',
    withBank: 'Continue with your bank',
    cancel: 'Cancel this payment',
    cancelling: 'Cancelling…',
    print: 'Print the receipt',
  },

  charges: (brand) =>
    `${brand} charges your card. The card details go straight to its payment provider. You pay only for seats the airline confirms.`,
  free: 'Nothing to pay. The airline books these seats for you.',
  payBy: (time) => `Pay by ${time}; after that we check the prices again.`,
  legal: { terms: 'Terms', privacy: 'Privacy', opens: 'opens in a new window' },
  fieldLoading: 'Fetching the card field…',
  fieldFailed: {
    heading: 'The card field did not load',
    body: 'Something on this page, an ad blocker or the network stopped the payment provider. Nothing was charged, your seats are still chosen.',
  },
  enterAgain: 'Check what you entered.',

  starting: {
    heading: 'Checking your seats',
    body: 'The airline tells us whether they are still free and what they cost now.',
  },
  notStarted: {
    heading: 'We can’t go on to payment yet',
    body: 'Nothing was charged, your seats are still chosen.',
  },
  airlineDown: {
    heading: 'The airline isn’t answering',
    body: 'Its seat system does not respond. Nothing was charged, your seats are still chosen.',
  },
  gatewayDown: {
    heading: 'The payment provider isn’t answering',
    body: 'Nothing was charged, your seats are still chosen.',
  },
  notOffered: {
    heading: 'These seats can’t be paid for here',
    body: 'Choose seats that are free of charge, or ask the airline.',
  },
  notHeard: {
    heading: 'We got no answer',
    body: 'Press again: you are not charged twice.',
  },
  lostTouch: 'The connection is interrupted. It goes on by itself.',

  lost: (designators, seats) => ({
    heading: `${designators} ${seats === 1 ? 'was' : 'were'} just taken`,
    body: `Someone else booked ${seats === 1 ? 'it' : 'them'} a moment ago. Nothing was charged.`,
  }),
  refused: (designators, seats) => ({
    heading: `${designators} can’t be had`,
    body: `The airline does not give you ${seats === 1 ? 'this seat' : 'these seats'} any more. Nothing was charged.`,
  }),
  alike: (designator, facts) => `${designator} is the same: ${facts}.`,
  price: (moved) => ({
    heading: moved === 1 ? 'The price changed' : 'The prices changed',
    body: `The airline changed ${moved === 1 ? 'one price' : `${low(moved)} prices`} while you were choosing. Nothing was charged yet.`,
  }),
  elsewhere: {
    heading: 'Your seats were changed',
    body: 'They were changed in another window. This is how they stand now; nothing was charged yet.',
  },
  was: 'was',

  declined: (time) => ({
    heading: 'Your bank declined the card',
    body: `Nothing was charged. Try another card${time ? ` by ${time}` : ''}, or ask your bank.`,
  }),
  notApproved: {
    heading: 'The payment was not approved',
    body: 'Nothing was charged. Try again, or with another card.',
  },
  bank: (total) => ({
    heading: 'Confirm with your bank',
    body: `Your bank asks you to approve ${total}. If it is open in another window, go on there.`,
  }),
  pending: (total) => ({
    heading: 'Waiting for your bank',
    body: `Your bank is still working on ${total}. You can close this page; it goes on by itself.`,
  }),
  confirming: {
    heading: 'Confirming your seats',
    body: 'The airline is putting them on your booking.',
  },
  confirmingSeat: (designator) => `Confirming ${designator}…`,
  late: (designators, isFree) => ({
    heading: `Still confirming ${designators} with the airline`,
    body: `This can take a few minutes. You can close this page; it goes on by itself${isFree ? '.' : ' and your card is charged only for seats you get.'}`,
  }),
  ending: {
    heading: 'Calling it off',
    body: 'We make sure that nothing is charged. You can close this page; it goes on by itself.',
  },

  done: (locator, brand, isPaid) => ({
    heading: 'Your seats are booked',
    body: `They are on your booking ${locator} and will be on your boarding passes.${isPaid ? ` ${brand} sends the receipt.` : ''}`,
  }),
  partly: (got, all, lost) => ({
    heading: `${spelt(got)} of ${low(all)} seats ${got === 1 ? 'is' : 'are'} yours`,
    body: `The airline could not confirm ${lost === 1 ? 'one seat' : `${low(lost)} seats`}.`,
  }),
  paidOnly: (got) => `You paid only for the ${got === 1 ? 'one' : low(got)}.`,
  goesBack: (amount) => `${amount} is on its way back to your card.`,
  wentBack: (amount) => `${amount} was sent back to your card; banks take some days to show it.`,
  notCharged: 'not charged',
  failedHeading: 'We couldn’t book these seats',
  failed: 'The airline refused them.',
  held: (total) =>
    `You were not charged; your bank lifts the hold of ${total} by itself. Your flights are not touched.`,
  nothingToPay: 'Nothing was charged. Your flights are not touched.',
  over: {
    heading: 'This purchase is over',
    body: 'It was ended, or its seats are gone. You were not charged. Your flights are not touched.',
  },
  expired: {
    heading: 'Time ran out',
    body: 'You were not charged. Your seats are still chosen; the prices are checked again.',
  },
  refunded: (amount) => ({
    heading: 'Your money is on its way back',
    body: `${amount} goes back to your card; banks take some days to show it. Your flights are not touched.`,
  }),
  checking: {
    payment: (brand) => ({
      heading: 'We are checking your payment',
      body: `${brand} looks into it and writes to you. You are not charged twice, and your flights are not touched.`,
    }),
    seats: (designators) => ({
      heading: `We are still confirming ${designators} with the airline`,
      body: 'You can close this page; it goes on by itself and your card is charged only for seats you get.',
    }),
    refund: {
      heading: 'Your refund is being arranged',
      body: 'You can close this page; it goes on by itself. Your flights are not touched.',
    },
  },

  receipt: {
    heading: 'Receipt',
    seats: (seats) => count(seats, 'seat', 'seats'),
    means: 'Paid with',
    ending: (brand, last4) => `${brands[brand] ?? brand} ending ${last4}`,
    documents: 'Documents',
    reference: 'Reference',
    refunded: 'Refunded',
  },
  onLap: (infant) => `${infant} on lap`,
};

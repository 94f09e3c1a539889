import { count } from './en.ts';
import type { MoreWords } from './message.ts';

/** A name may end in a full stop already: "María G." */
const end = (sentence: string) => (sentence.endsWith('.') ? sentence : `${sentence}.`);

const seconds = (n: number) => count(n, 'second', 'seconds');
const atCheckIn = 'You can choose at check-in.';

export const enMore: MoreWords = {
  card: {
    empty: 'Press a seat to choose it',
    places: { W: 'Window', A: 'Aisle', '9': 'Middle' },
    facts: [
      ['L', 'gain', 'Extra legroom'],
      ['K', 'gain', 'Front of the cabin, nobody in front'],
      ['Q', 'gain', 'Quiet zone'],
      ['B', 'gain', 'Place for a bassinet'],
      ['E', 'neutral', 'Exit row'],
      ['H', 'neutral', 'For travellers with a disability'],
      ['OW', 'neutral', 'Over the wing'],
      ['1D', 'drawback', 'Reclines less than other seats'],
      ['29', 'drawback', 'Does not recline'],
      ['30', 'drawback', 'Reclines less than other seats'],
      ['1W', 'drawback', 'No window here'],
      ['AL', 'drawback', 'Next to a lavatory'],
      ['AG', 'drawback', 'Next to a galley'],
      ['6', 'drawback', 'Next to a galley'],
      ['6A', 'drawback', 'Next to a galley'],
    ],
    nextTo: (names) => `Next to ${names}`,
    nearFront: 'Near the front',
    available: 'available',
    chosen: 'somebody else is choosing it',
    seatOf: (name) => `${name}’s seat`,
    yourSeat: 'your seat already',
    reasons: {
      taken: 'taken',
      blocked: 'not available',
      not_in_fare: 'not part of your fare',
      exit_row_child: 'exit row, not for children',
      exit_row_infant: 'exit row, not with an infant on lap',
      no_infant: 'not with an infant on lap',
      not_for_you: 'not available for you',
      unpriced: 'the airline names no price for it',
    },
    held: (paid) => (paid ? 'Paid; it can’t be changed here.' : 'It can’t be changed here yet.'),
    exitRow: 'Exit row: for travellers aged 16 or over who can help the crew in an evacuation.',
    assent: (name, designator) => `${name} can help: take ${designator}`,
    otherSeat: 'Another seat',
  },

  summary: {
    heading: 'Your seats',
    total: 'Total',
    taxes: 'Taxes and fees included',
    nothingToPay: 'Nothing to pay',
    clear: 'Clear seats',
    review: 'Look over your seats',
    unchosen: (names, travellers, to) =>
      `${names} ${travellers === 1 ? 'has no seat' : 'have no seats'} to ${to} yet. Without a choice they get one free at check-in.`,
  },

  buttons: {
    nextFlightTo: (city) => `Next flight, to ${city}`,
    nextFlight: 'Next flight',
    payment: 'Continue to payment',
    keep: 'Keep these seats',
    take: 'Take these seats',
    without: 'Continue without choosing',
    keeping: 'Keeping your choice…',
    tryNow: 'Try now',
    trying: 'Trying…',
    reload: 'Load again',
    carryOn: 'Carry on',
    findBooking: 'Find booking',
    finding: 'Looking…',
    backToSeats: 'Back to seats',
    changeSeats: 'Change seats',
    dismiss: 'Close',
  },

  states: {
    noMap: {
      operated_by_other: (flight, operator) => ({
        heading: 'No seat map for this flight',
        body: `${operator ? `${operator}, which flies ${flight},` : `The airline that flies ${flight}`} does not share its seat map. ${atCheckIn}`,
      }),
      no_map: (flight) => ({
        heading: 'No seat map for this flight',
        body: `The airline has no seat map of ${flight} to show. ${atCheckIn}`,
      }),
      all_taken: () => ({
        heading: 'Every seat here is taken',
        body: 'You still have your place on board: the airline gives you a seat at check-in, at no charge.',
      }),
      closed: (flight) => ({
        heading: 'Too late to choose here',
        body: `${flight} leaves soon. You can still ask for a seat at check-in or at the gate.`,
      }),
      flown: (flight) => ({ heading: 'This flight has left', body: `${flight} is on its way or has landed.` }),
      cancelled: (flight) => ({
        heading: 'This flight was cancelled',
        body: `There are no seats to choose on ${flight}. Whoever sold you the ticket tells you what happens next.`,
      }),
      not_confirmed: (flight) => ({
        heading: 'This flight is not confirmed yet',
        body: `The airline has still to confirm ${flight}. You can choose seats once it has.`,
      }),
      group_booking: () => ({
        heading: 'Seats of a group are given together',
        body: 'This is a group booking: the airline or whoever booked for the group chooses its seats.',
      }),
      currency_not_supported: (flight) => ({
        heading: 'These seats can’t be sold here',
        body: `The airline prices the seats of ${flight} in a currency that can’t be paid here. ${atCheckIn}`,
      }),
    },
    notFound: {
      heading: 'We can’t find this booking',
      body: 'Check the six characters of the booking reference and the last name on the ticket. If you were given two references, try the other one.',
    },
    find: {
      heading: 'Find your booking',
      body: 'You need the six characters of the booking reference and a traveller’s last name.',
    },
    linkBroken: (canFind) => ({
      heading: 'This link doesn’t open a booking',
      body: canFind
        ? 'It may be cut off, or older than the trip. Your booking is safe: find it by its reference and a traveller’s last name.'
        : 'It may be cut off, or older than the trip. Your booking is safe: open the link in the newest e-mail, or go to the airline’s own page.',
    }),
    recordLocator: 'Booking reference',
    lastName: 'Last name',
    missing: {
      recordLocator: 'Enter the booking reference: six letters and digits.',
      lastName: 'Enter the last name of one traveller.',
    },
    airlineDown: (left) => ({
      heading: 'The airline isn’t answering',
      body: `Your booking is safe. We try again by ourselves in ${seconds(left)}.`,
    }),
    unreachable: (left) => ({
      heading: 'We can’t reach the seats',
      body: `Your booking is safe. We try again by ourselves in ${seconds(left)}.`,
    }),
    tooMany: (left) => ({
      heading: 'Too many tries',
      body: `For your safety we wait a moment. We try again by ourselves in ${seconds(left)}.`,
    }),
    offline: {
      heading: 'You’re offline',
      body: 'What you chose is kept on this page. It goes on when the connection is back.',
    },
    sessionOver: {
      heading: 'Still there?',
      body: 'For your safety this page closed after 30 minutes. Your choices are kept, the prices are checked again.',
    },
    notHere: {
      heading: 'Seats can’t be chosen here',
      body: 'This page is not set up for it. Your booking is safe, and you can choose at check-in.',
    },
    outdated: {
      heading: 'This page is out of date',
      body: 'Load it again to choose your seats. What you chose is kept.',
    },
    fetchingPayment: {
      heading: 'One moment',
      body: 'The payment page is on its way.',
    },
    paymentMissing: {
      heading: 'The payment page did not load',
      body: 'Nothing was charged, your seats are still chosen. Try again, or load this page anew.',
    },
    kept: (seats, total, free) => ({
      heading: 'Your choice is kept',
      body: free
        ? `${count(seats, 'seat', 'seats')}, nothing to pay. The airline has not booked ${seats === 1 ? 'it' : 'them'} yet; until then somebody else can take ${seats === 1 ? 'it' : 'one'}.`
        : `${count(seats, 'seat', 'seats')} for ${total}. Nothing was charged. The airline books ${seats === 1 ? 'it' : 'them'} once paid; until then somebody else can take ${seats === 1 ? 'it' : 'one'}.`,
    }),
    without: {
      heading: 'Your booking stays as it is',
      body: 'The airline gives you a seat at check-in, at no charge. You can come back and choose until sales close.',
    },
  },

  notices: {
    gone: (designator) => ({
      heading: `${designator} was just taken.`,
      body: 'Someone else booked it a moment ago. Nothing was charged.',
    }),
    refused: (designator, why) => ({
      heading: `${designator} can’t be chosen.`,
      body: `The airline says: ${why}. Nothing was charged.`,
    }),
    changedElsewhere: {
      heading: 'Your seats were changed in another window.',
      body: 'This is how they stand now.',
    },
    putBack: {
      heading: 'This choice could not be kept.',
      body: 'Your seats stand as they were.',
    },
    offline: {
      heading: 'You’re offline.',
      body: 'What you chose is kept on this page. It goes on when the connection is back.',
    },
    notKept: {
      heading: 'Your choice is not kept yet.',
      body: 'It stands on this page, and we go on trying.',
    },
  },

  said: {
    chosen: (designator, name, total) => `${end(`${designator} chosen for ${name}`)} Total ${total}`,
    moved: (designator, name, from, total) => `${end(`${designator} goes from ${from} to ${name}`)} Total ${total}`,
    released: (designator, total) => `${designator} released. Total ${total}`,
    cleared: 'All seats released.',
    nowChoosing: (name) => end(`Now choosing for ${name}`),
    cannot: (designator, why) => `${designator}: ${why}.`,
    heldStays: (name, designator) => `${name} has ${designator} already. It can’t be changed here yet.`,
  },
};

import { seatWordsEn } from '../seat-map/words.ts';
import type { Words } from './message.ts';

/** "1 traveller", "2 travellers". */
export const count = (n: number, one: string, other: string): string => `${n} ${n === 1 ? one : other}`;

export const en: Words = {
  language: 'en',
  seat: seatWordsEn,
  heading: 'Choose your seats',
  booking: (locator, travellers, infants) => {
    const lap = infants ? `, ${count(infants, 'infant', 'infants')}` : '';
    return `${locator} · ${count(travellers, 'traveller', 'travellers')}${lap}`;
  },
  steps: { name: 'Steps', seats: 'Seats', payment: 'Payment', done: 'Done' },
  testMode: 'Test mode: no real card is charged',
  flights: 'Flights',
  route: (from, to) => `${from} to ${to}`,
  arrow: 'to',
  progress: (seated, travellers) => (seated ? `${seated} of ${count(travellers, 'seat', 'seats')}` : 'No seats yet'),
  nothingHere: 'Nothing to choose',
  who: 'Who are you choosing for?',
  noSeatYet: 'No seat yet',
  onLap: (infant) => `+ ${infant}, on lap`,
  held: 'yours',
  paid: 'paid',
  legend: {
    prices: 'What seats cost',
    marks: 'What the marks mean',
    extraLegroom: 'Extra legroom',
    yours: 'Your choice',
    taken: 'Taken',
    notForYou: 'Not for you',
    exit: 'Exit',
  },
  mapName: (flight, route) => `Seats on ${flight}, ${route}`,
  loading: (flight) => (flight ? `Fetching the seats of ${flight}…` : 'Fetching your seats…'),
  incomplete: 'Choosing seats did not load. Your booking is safe. Load the page again to choose.',
};

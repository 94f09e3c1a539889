import type { Purchase } from '../../server/wire/panel.ts';
import type { ApiProblem } from '../api/post.ts';
import type { ChosenPick } from './picks.ts';

/** Where a purchase stands for the traveller: one at a time, computed of everything else. */
export type PayingPage =
  /** The seats are being checked with the airline; nothing can be paid yet. */
  | 'starting'
  /** That could not be done. */
  | 'not-started'
  /** Seats went to somebody else in the meantime. */
  | 'lost'
  /** A price moved; to be accepted or not. */
  | 'price'
  | 'pay'
  /** The bank asks something, and this page is not where it asks. */
  | 'bank'
  /** The bank works on it. */
  | 'pending'
  | 'confirming'
  /** Called off, and not all is undone yet. */
  | 'ending'
  | 'done'
  | 'partly'
  | 'failed'
  | 'expired'
  | 'refunded'
  /** A person has to look at it. */
  | 'checking';

/** What the traveller's press has under way. `bank`: the gateway's browser SDK is at it. */
export type Doing = 'start' | 'pay' | 'bank' | 'return' | 'leave';

/** A seat that was to be bought and can't be had. */
export type LostPick = ChosenPick & { why: string };

/** One purchase, from "Continue to payment" to the receipt. */
export interface Paying {
  readonly page: PayingPage;
  /** As the server said it last; null: not yet. */
  readonly purchase: Purchase | null;
  readonly doing: Doing | null;
  /** What the last press came to, when it got no answer; `left`: it is being tried again by itself. */
  readonly problem: (Pick<ApiProblem, 'code'> & { doing: Doing | 'status'; isTried: boolean }) | null;
  /** The gateway's field. */
  readonly field: 'none' | 'loading' | 'ready' | 'failed';
  /** The gateway's own sentence on what was entered or refused, in the traveller's language. */
  readonly told: string;
  /** Prices moved and were not accepted yet. */
  readonly isMoved: boolean;
  readonly lost: readonly LostPick[];
  /** The airline takes longer than people wait without a word. */
  readonly isLate: boolean;
}

export const starting: Paying = {
  page: 'starting',
  purchase: null,
  doing: 'start',
  problem: null,
  field: 'none',
  told: '',
  isMoved: false,
  lost: [],
  isLate: false,
};

/** A press is on its way that nothing else may cross. Finding out what the seats cost is none. */
export function isBusy(paying: Paying | null): boolean {
  return paying !== null && paying.doing !== null && paying.doing !== 'start';
}

import type {
  MapAnswer,
  Opened,
  Pick,
  Purchase,
  Reason,
  Segment,
  Selection,
  Traveller,
} from '../../server/wire/panel.ts';
import type { ProblemCode } from '../api/post.ts';
import type { Paying } from './paying.ts';
import { isSeated, type ChosenPick } from './picks.ts';

/** What stands in the way. It stays on the page while it is tried again, so that nobody's focus is taken from under them. */
export interface Trouble {
  code: ProblemCode;
  /** Seconds until it is tried again by itself; 0: being tried now; null: not by itself. */
  left: number | null;
}

/** Something that the traveller did not do and should know. */
export type Notice =
  | { kind: 'gone'; designator: string }
  | { kind: 'refused'; designator: string; why: Reason | null }
  | { kind: 'changed-elsewhere' }
  | { kind: 'put-back' };

/** What is to be spoken after a change; the panel has the words. A new object each time, since saying it twice is two sayings. */
export type Saying =
  | { kind: 'chosen'; designator: string; traveller: string; from?: string; next?: string }
  | { kind: 'released'; designator: string }
  | { kind: 'cannot'; designator: string; why: Reason }
  | { kind: 'held'; traveller: string; designator: string }
  | { kind: 'assent'; designator: string }
  | { kind: 'cleared' };

export type Review = 'cart' | 'checkout';

/**
 * All that the panel shows. `opened` and `trouble` are never both there: what is in the way of the whole panel has taken
 * the booking's names off the page, while the picks stay, to be laid on what the next opening brings.
 */
export interface PanelState {
  readonly opened: Opened | null;
  readonly trouble: Trouble | null;
  readonly segment: string;
  readonly traveller: string;
  readonly maps: Readonly<Record<string, MapAnswer>>;
  /** In the way of the shown segment's map. */
  readonly mapTrouble: Trouble | null;
  /** Segments whose map is shown, and old: to be read again. */
  readonly stale: readonly string[];
  /** As the traveller wants it, at once; `kept` is what the server answered last. */
  readonly picks: readonly ChosenPick[];
  readonly kept: Selection;
  /** In the way of keeping the picks; `sent`: what the server may have kept, though its answer was lost. */
  readonly strain: (Trouble & { sent: readonly (readonly ChosenPick[])[] }) | null;
  readonly online: boolean;
  readonly looked: string | null;
  /** The exit row seat that waits for an assent. */
  readonly pending: string | null;
  /** Who accepted an exit row's condition: it is asked once. */
  readonly assents: readonly string[];
  readonly notice: Notice | null;
  readonly saying: Saying | null;
  /** "Continue to payment" was pressed and the picks are still on their way. */
  readonly leaving: boolean;
  readonly end: 'kept' | 'without' | null;
  /** What was chosen before is shown by itself, with the way on; from the cart there is a way back to the seats, too. */
  readonly review: Review | null;
  /** The purchase that is shown; null: seats are being chosen. */
  readonly paying: Paying | null;
  /** The purchase whose end the traveller has read, or which was given up. */
  readonly read: string | null;
  /** The file with the pages of a purchase did not come. */
  readonly isFileMissing: boolean;
}

export const start: PanelState = {
  opened: null,
  trouble: null,
  segment: '',
  traveller: '',
  maps: {},
  mapTrouble: null,
  stale: [],
  picks: [],
  kept: { version: 0, picks: [], total: 0 },
  strain: null,
  online: true,
  looked: null,
  pending: null,
  assents: [],
  notice: null,
  saying: null,
  leaving: false,
  end: null,
  review: null,
  paying: null,
  read: null,
  isFileMissing: false,
};

export function segmentOf(state: PanelState, id = state.segment): Segment | undefined {
  return state.opened?.segments.find((segment) => segment.id === id);
}

export function travellerOf(state: PanelState, id = state.traveller): Traveller | undefined {
  return state.opened?.travellers.find((traveller) => traveller.id === id);
}

/** Who has no seat on this segment, neither chosen here nor held by the booking, in the answer's order. */
export function seatless(state: PanelState, segment: string): Traveller[] {
  const shown = segmentOf(state, segment);
  return (state.opened?.travellers ?? []).filter(({ id }) => shown && !isSeated(state.picks, shown, id));
}

/** What an opening shows first: the flight shown before, else the one whose map came along, for whoever has no seat there yet. */
export function openState(state: PanelState, opened: Opened, picks: readonly ChosenPick[]): PanelState {
  const { map, selection, segments } = opened;
  const isKnown = (segment: string) => segments.some(({ id }) => id === segment);
  const next: PanelState = {
    ...state,
    opened,
    trouble: null,
    maps: map ? { [map.segment]: map } : {},
    stale: [],
    picks: picks.filter((pick) => isKnown(pick.segment)),
    kept: selection,
    strain: null,
    assents: [...new Set(selection.picks.filter((pick) => pick.assent).map((pick) => pick.traveller))],
  };
  return showSegment(next, isKnown(state.segment) ? state.segment : (map?.segment ?? segments[0]?.id ?? ''));
}

/**
 * Whether an opening goes on with its purchase in place of the seats: one that moves, that has ended and was not read yet,
 * or that waits to be paid, as long as it is about the seats that are chosen.
 */
export function isPaying({ purchase, selection }: Opened, read: string | null): boolean {
  if (!purchase || purchase.transaction === read || isAbandoned(purchase)) return false;
  if (purchase.status !== 'created') return true;
  const seat = (pick: Pick) => `${pick.segment} ${pick.traveller} ${pick.designator}`;
  const chosen = new Set(selection.picks.map(seat));
  return purchase.items.length === chosen.size && purchase.items.every(({ pick }) => chosen.has(seat(pick)));
}

/** Left by the traveller's own wish: nothing to be told about. */
function isAbandoned({ status, items }: Purchase): boolean {
  return status === 'failed' && items.length > 0 && items.every(({ why }) => why === 'abandoned');
}

/** Turns to a segment: to whoever has no seat there yet. A map that failed before is asked for again. */
export function showSegment(state: PanelState, segment: string): PanelState {
  const held = segmentOf(state, segment)?.held ?? {};
  const travellers = state.opened?.travellers ?? [];
  const traveller = seatless(state, segment)[0] ?? travellers.find(({ id }) => !held[id]) ?? travellers[0];
  const quiet = { mapTrouble: null, looked: null, pending: null, notice: null, end: null };
  return { ...state, ...quiet, segment, traveller: traveller?.id ?? '' };
}

const nobodys = new Set<Reason | 0 | undefined>(['taken', 'blocked', 'not_in_fare']);

/** Whether no seat of the flight is left for anybody, nor any of it this booking's: then there is nothing to look at. */
export function isAllTaken(state: PanelState): boolean {
  const { picks, segment, maps } = state;
  const map = maps[segment];
  const isTheirs =
    picks.some((pick) => pick.segment === segment) || Object.keys(segmentOf(state)?.held ?? {}).length > 0;
  if (!map || isTheirs) return false;
  const seats = map.decks.flatMap(({ cabins }) => cabins.flatMap(({ rows }) => rows.flatMap((row) => row.seats)));
  return seats.every((seat) => !seat || [seat.no].flat().every((reason) => nobodys.has(reason)));
}

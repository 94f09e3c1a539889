import type { MapAnswer, Opened, Selection } from '../../server/wire/panel.ts';
import type { ApiProblem, ProblemCode } from '../api/post.ts';
import { chooseSeat } from './choose.ts';
import { isPaying, openState, showSegment, start, type Notice, type PanelState, type Trouble } from './panel-model.ts';
import { pageOf } from './paying-page.ts';
import { canBuy, notStarted, pays, restart, takeInstead } from './panel-purchase.ts';
import { isBusy, starting, type Paying } from './paying.ts';
import type { ChosenPick } from './picks.ts';
import type { Asked } from './requests.ts';
import { giveBack, isKept, isSame, merge } from './selection.ts';

export type PanelEvent =
  | { type: 'opened'; opened: Opened }
  | { type: 'open-failed'; problem: ApiProblem }
  | { type: 'map'; map: MapAnswer }
  | { type: 'map-failed'; segment: string; problem: ApiProblem }
  | { type: 'map-old'; segment: string }
  | { type: 'kept'; sent: readonly ChosenPick[]; selection: Selection }
  | { type: 'keep-failed'; sent: readonly ChosenPick[]; problem: ApiProblem }
  /** The purchase goes on; by its own store. */
  | { type: 'paying'; paying: Paying }
  /** A purchase can't be started from this selection. */
  | { type: 'not-started'; problem: ApiProblem }
  | { type: 'left' }
  | { type: 'file-missing' }
  | { type: 'session-over' }
  | { type: 'connection'; online: boolean }
  | { type: 'second' }
  | { type: 'asked'; request: Asked };

/** State and what happened, to the next state. Pure: calls and clocks are the store's. */
export function reduce(state: PanelState, event: PanelEvent): PanelState {
  const next = forward(state, event);
  const { opened, picks, pending, paying, end } = next;
  // There is nothing left to look over, or something that the map has to show.
  return next.review && opened && (!picks.length || pending || paying || end) ? { ...next, review: null } : next;
}

function forward(state: PanelState, event: PanelEvent): PanelState {
  const next = step(state, event);
  if (!next.leaving) return state.leaving && next.paying?.page === 'starting' ? { ...next, paying: null } : next;
  if (!isKept(next)) return next;
  // The last seat is kept: now the traveller may go on.
  return canBuy(next) ? { ...next, leaving: false, paying: { ...starting } } : { ...next, leaving: false, end: 'kept' };
}

function step(state: PanelState, event: PanelEvent): PanelState {
  switch (event.type) {
    case 'opened':
      return opened(state, event.opened);
    case 'open-failed':
      return stop(state, event.problem);
    case 'map':
      return mapRead(state, event.map);
    case 'map-failed':
      return mapFailed(state, event.segment, event.problem);
    case 'map-old':
      return { ...state, stale: [...state.stale, event.segment] };
    case 'kept':
      return kept(state, event.sent, event.selection);
    case 'keep-failed':
      return keepFailed(state, event.sent, event.problem);
    case 'paying':
      return pays(state, event.paying);
    case 'not-started':
      return notStarted(state, event.problem);
    case 'left':
      return { ...state, paying: null, read: state.paying?.purchase?.transaction ?? state.read };
    case 'file-missing':
      return { ...state, isFileMissing: true };
    case 'session-over':
      return stop(state, { code: 'session_over', detail: '' });
    case 'connection':
      return connection(state, event.online);
    case 'second':
      return second(state);
    case 'asked':
      return asked(state, event.request);
  }
}

function asked(state: PanelState, { name, what }: Asked): PanelState {
  switch (name) {
    case 'show-segment':
      return state.segment === what.segment ? state : showSegment(state, what.segment);
    case 'show-traveller':
      return { ...state, traveller: what.traveller, pending: null, looked: null };
    case 'toggle-seat':
      return chooseSeat(state, what.designator, what.assent === true);
    case 'look-at-seat':
      return state.looked === what.designator ? state : { ...state, looked: what.designator };
    case 'clear-seats':
      return { ...state, picks: [], pending: null, notice: null, saying: { kind: 'cleared' } };
    case 'find-booking':
      return { ...start, online: state.online, trouble: now(state.trouble) };
    case 'try-again':
      return {
        ...state,
        trouble: now(state.trouble),
        mapTrouble: now(state.mapTrouble),
        strain: now(state.strain),
        isFileMissing: false,
      };
    case 'continue':
      return {
        ...state,
        pending: null,
        leaving: what.to === 'payment',
        end: what.to === 'without' ? 'without' : null,
        strain: now(state.strain),
      };
    case 'back-to-seats':
      return { ...state, end: null, review: null, leaving: false, paying: isBusy(state.paying) ? state.paying : null };
    case 'take-instead':
      return takeInstead(state, what);
    case 'start-again':
      return { ...state, ...restart(state), leaving: true };
    case 'see-seats':
      return { ...start, online: state.online, segment: what.segment ?? '', read: restart(state).read };
    case 'pay':
    case 'accept-price':
    case 'resume-payment':
    case 'leave-payment':
      // Its own store's.
      return state;
    case 'dismiss':
      return what.what === 'notice' ? { ...state, notice: null } : { ...state, pending: null };
  }
}

/** What was pressed and not kept before is laid on what the server has now; a kept seat that is gone since is said. */
function opened(state: PanelState, { selection, ...rest }: Opened): PanelState {
  const picks = merge(state.kept.picks, state.picks, selection.picks);
  const next = { ...openState(state, { selection, ...rest }, picks), notice: noticeOf(selection.refused ?? []) };
  const { purchase } = rest;
  if (!purchase || !isPaying({ selection, ...rest }, state.read)) return next;
  const paying = { ...starting, purchase, doing: null };
  return { ...next, paying: { ...paying, page: pageOf(paying) } };
}

/** Something is in the way of the whole panel. */
function stop(state: PanelState, problem: ApiProblem): PanelState {
  const quiet = {
    mapTrouble: null,
    strain: null,
    looked: null,
    pending: null,
    notice: null,
    leaving: false,
    end: null,
    paying: null,
  };
  return { ...state, ...quiet, opened: null, maps: {}, trouble: troubleOf(problem) };
}

const RETRY_SECONDS = 20;
/** At first, and while the traveller waits for it to go on to payment. */
const KEEP_RETRY_SECONDS = 5;

/** What does not end by itself; all else, known or not, is tried again. */
const lasting = new Set<ProblemCode>([
  'booking_not_found',
  'invalid_request',
  'session_over',
  'origin_not_allowed',
  'key_unknown',
  'key_is_stripes',
  'brand_disabled',
  'link_not_valid',
  'gds_not_ready',
  'client_outdated',
  'offline',
]);

function troubleOf({ code, retryAfterSeconds }: ApiProblem, seconds = RETRY_SECONDS): Trouble {
  return { code, left: lasting.has(code) ? null : (retryAfterSeconds ?? seconds) };
}

/** These concern more than the part whose call found them. */
const whole = new Set<ProblemCode>([
  'booking_not_found',
  'session_over',
  'origin_not_allowed',
  'key_unknown',
  'client_outdated',
]);

function mapRead(state: PanelState, map: MapAnswer): PanelState {
  const { opened } = state;
  const { segment, no_map } = map;
  const segments = opened?.segments.map((one) => (one.id === segment && no_map ? { ...one, no_map } : one));
  return {
    ...state,
    opened: opened && segments && no_map ? { ...opened, segments } : opened,
    maps: { ...state.maps, [segment]: map },
    stale: state.stale.filter((id) => id !== segment),
    mapTrouble: segment === state.segment ? null : state.mapTrouble,
  };
}

function mapFailed(state: PanelState, segment: string, problem: ApiProblem): PanelState {
  if (whole.has(problem.code)) return stop(state, problem);
  const stale = state.stale.filter((id) => id !== segment);
  // A map that is only old goes on being shown; another segment's is asked for when the traveller comes to it.
  const shown = segment === state.segment && !state.maps[segment];
  const code = problem.code === 'invalid_request' ? 'internal' : problem.code;
  return { ...state, stale, mapTrouble: shown ? troubleOf({ ...problem, code }) : state.mapTrouble };
}

/** What became of refused picks, in the words of the first one. */
function noticeOf([first]: NonNullable<Selection['refused']>): Notice | null {
  if (!first) return null;
  const { designator, why } = first;
  if (why === 'gone' || why === 'taken') return { kind: 'gone', designator };
  return { kind: 'refused', designator, why: why === 'assent' || why === 'twice' ? null : why };
}

function kept(state: PanelState, sent: readonly ChosenPick[], selection: Selection): PanelState {
  // The answer of a call from before the session was opened anew.
  if (selection.version < state.kept.version) return state;
  const refused = selection.refused ?? [];
  const merged = merge(sent, state.picks, selection.picks);
  const next = { ...state, kept: selection, strain: null };
  const [first] = refused;
  if (!first) return { ...next, picks: merged };
  const { designator, segment, traveller, why } = first;
  const back = { ...next, picks: giveBack(merged, state.kept, refused), leaving: false };
  if (why === 'assent' && segment === state.segment && traveller === state.traveller) {
    return { ...back, pending: designator, assents: state.assents.filter((id) => id !== traveller) };
  }
  // What the map said is no longer true.
  const stale = [...new Set([...state.stale, ...refused.map((pick) => pick.segment)])];
  return { ...back, stale, notice: noticeOf(refused) };
}

function keepFailed(state: PanelState, sent: readonly ChosenPick[], problem: ApiProblem): PanelState {
  if (whole.has(problem.code)) return stop(state, problem);
  const { selection } = problem;
  if (selection) {
    // What it kept from a call of ours whose answer was lost nobody else has changed.
    const isOurs = state.strain?.sent.some((one) => isSame(one, selection.picks));
    const before = isOurs ? selection.picks : sent;
    const next = { ...state, picks: merge(before, state.picks, selection.picks), kept: selection };
    if (isSame(next.picks, state.picks)) return { ...next, strain: null };
    return { ...next, strain: null, leaving: false, notice: { kind: 'changed-elsewhere' } };
  }
  if (problem.code === 'offline' || !lasting.has(problem.code)) {
    const before = state.strain?.sent ?? [];
    const most = state.leaving ? KEEP_RETRY_SECONDS : RETRY_SECONDS;
    const seconds = Math.min(KEEP_RETRY_SECONDS * 2 ** before.length, most);
    const strain = { ...troubleOf(problem, seconds), sent: [...before, sent] };
    return { ...state, strain, online: state.online && problem.code !== 'offline' };
  }
  // Not accepted and never will be: what the server keeps is what stands.
  return { ...state, picks: state.kept.picks, strain: null, leaving: false, notice: { kind: 'put-back' } };
}

function connection(state: PanelState, online: boolean): PanelState {
  if (!online) return { ...state, online };
  const { trouble, mapTrouble, strain } = state;
  return {
    ...state,
    online,
    trouble: trouble?.code === 'offline' ? now(trouble) : trouble,
    mapTrouble: mapTrouble?.code === 'offline' ? now(mapTrouble) : mapTrouble,
    strain: now(strain),
  };
}

function now<T extends Trouble>(trouble: T | null): T | null {
  return trouble && { ...trouble, left: 0 };
}

function second(state: PanelState): PanelState {
  const tick = <T extends Trouble>(trouble: T | null) =>
    trouble?.left ? { ...trouble, left: trouble.left - 1 } : trouble;
  const { trouble, mapTrouble, strain } = state;
  return { ...state, trouble: tick(trouble), mapTrouble: tick(mapTrouble), strain: tick(strain) };
}

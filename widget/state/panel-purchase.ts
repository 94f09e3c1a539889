import type { Pick } from '../../server/wire/panel.ts';
import type { ApiProblem } from '../api/post.ts';
import { segmentOf, showSegment, type PanelState } from './panel-model.ts';
import { starting, type LostPick, type Paying } from './paying.ts';
import type { ChosenPick } from './picks.ts';
import { needsAssent, priceFor, seatAt } from './seats.ts';

/** Whether what is chosen can be bought here; an older server keeps a choice and sells nothing. */
export function canBuy({ opened, kept }: PanelState): boolean {
  return opened?.purchase !== undefined && (kept.total === 0 || Boolean(opened.payment));
}

/** The purchase as its store has it now. What it found out about seats and prices is true of the map and the choice, too. */
export function pays(state: PanelState, paying: Paying): PanelState {
  const { lost, purchase } = paying;
  const next = { ...state, paying };
  if (lost.length && lost !== state.paying?.lost) return withoutLost(next, lost);
  if (!purchase || purchase.quote === state.paying?.purchase?.quote) return next;
  const price = new Map(purchase.items.map((item) => [seatOf(item.pick), item.price]));
  const priced = (pick: ChosenPick) => ({ ...pick, price: price.get(seatOf(pick)) ?? pick.price });
  const picks = state.kept.picks.map(priced);
  const total = picks.reduce((sum, pick) => sum + pick.price, 0);
  return { ...next, picks: state.picks.map(priced), kept: { ...state.kept, picks, total } };
}

const seatOf = ({ segment, traveller, designator }: Pick) => `${segment} ${traveller} ${designator}`;

/** Turns to the first seat that is gone, whose map is to be read again. */
function withoutLost(state: PanelState, lost: readonly LostPick[]): PanelState {
  const gone = new Set(lost.map(seatOf));
  const next = { ...state, picks: state.picks.filter((pick) => !gone.has(seatOf(pick))) };
  const stale = [...new Set([...state.stale, ...lost.map(({ segment }) => segment)])];
  const [first] = lost;
  if (!first || !segmentOf(next, first.segment)) return { ...next, stale };
  return { ...showSegment(next, first.segment), traveller: first.traveller, stale };
}

export function notStarted(state: PanelState, { selection }: ApiProblem): PanelState {
  if (!selection || !state.paying) return state;
  const prices = new Map(state.picks.map((pick) => [seatOf(pick), pick.price]));
  const refused = selection.refused ?? [];
  const next = { ...state, picks: selection.picks, kept: selection };
  if (!refused.length) return { ...next, paying: null, notice: { kind: 'changed-elsewhere' } };
  const lost = refused.map((pick) => ({ ...pick, price: prices.get(seatOf(pick)) ?? 0 }));
  return withoutLost({ ...next, paying: { ...state.paying, page: 'lost', doing: null, lost } }, lost);
}

/** The seat in the place of the lost one; once it is kept the purchase is started with it. */
export function takeInstead(state: PanelState, pick: Pick): PanelState {
  const place = seatAt(state.maps[pick.segment], pick.designator);
  const index = state.opened?.travellers.findIndex(({ id }) => id === pick.traveller) ?? -1;
  const price = place && priceFor(place.seat, index);
  if (price === null) return { ...state, paying: null };
  const isTheirs = (one: ChosenPick) => one.segment === pick.segment && one.traveller === pick.traveller;
  const taken = { ...pick, price, ...(place && needsAssent(place) && { assent: true as const }) };
  return {
    ...state,
    picks: [...state.picks.filter((one) => !isTheirs(one)), taken],
    paying: { ...starting },
    leaving: true,
  };
}

/** A purchase that is over makes room for the next one. */
export function restart({ paying, read }: PanelState): { paying: Paying; read: string | null } {
  return { paying: { ...starting }, read: paying?.purchase?.transaction ?? read };
}

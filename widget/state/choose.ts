import { seatless, segmentOf, type PanelState } from './panel-model.ts';
import { pickOf } from './picks.ts';
import { needsAssent, priceFor, reasonFor, seatAt } from './seats.ts';

/**
 * A press on a seat, for the current traveller: choose it, move there, take it over from a fellow traveller, or release it.
 * What cannot be had changes nothing and is said. The seat is shown as chosen before the server has heard of it: a late
 * seat reads as a missed tap, and what the server refuses is taken back with words.
 */
export function chooseSeat(state: PanelState, designator: string, assent: boolean): PanelState {
  const { segment, traveller, assents } = state;
  const held = segmentOf(state)?.held[traveller];
  const place = seatAt(state.maps[segment], designator);
  if (!place) return state;
  const looking = { ...state, looked: designator, pending: null, notice: null, leaving: false };
  if (held) return { ...looking, saying: { kind: 'held', traveller, designator: held.designator } };

  const before = pickOf(state.picks, segment, traveller);
  if (before?.designator === designator) {
    const picks = state.picks.filter((pick) => pick !== before);
    return { ...looking, picks, saying: { kind: 'released', designator } };
  }

  const index = state.opened?.travellers.findIndex(({ id }) => id === traveller) ?? -1;
  const why = reasonFor(place.seat, index);
  const price = priceFor(place.seat, index);
  if (why || price === null) return { ...looking, saying: { kind: 'cannot', designator, why: why ?? 'unpriced' } };

  const isExit = needsAssent(place);
  if (isExit && !assent && !assents.includes(traveller)) {
    return { ...looking, pending: designator, saying: { kind: 'assent', designator } };
  }

  const owner = state.picks.find((pick) => pick.segment === segment && pick.designator === designator);
  const others = state.picks.filter((pick) => pick !== before && pick !== owner);
  const chosen: PanelState = {
    ...looking,
    picks: [...others, { traveller, segment, designator, price, ...(isExit && { assent: true as const }) }],
    assents: isExit && !assents.includes(traveller) ? [...assents, traveller] : assents,
  };
  // The first seat of one traveller leads to the next without one; whoever only moves goes on choosing.
  const next = before ? undefined : seatless(chosen, segment)[0]?.id;
  const saying = {
    kind: 'chosen' as const,
    designator,
    traveller,
    ...(owner && { from: owner.traveller }),
    ...(next && { next }),
  };
  return { ...chosen, traveller: next ?? traveller, saying };
}

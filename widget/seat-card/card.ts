import type { MoreSpeech, MoreWords, Tone } from '../messages/message.ts';
import { firstName } from '../state/names.ts';
import { segmentOf, travellerOf, type PanelState } from '../state/panel-model.ts';
import { pickOf } from '../state/picks.ts';
import { isNearFront, needsAssent, neighbours, priceFor, reasonFor, seatAt, type SeatPlace } from '../state/seats.ts';

/** What the card says of one seat. */
export interface Card {
  designator: string;
  /** "Middle · available". */
  line: string;
  price: string;
  facts: { tone: Tone; text: string }[];
  /** The condition of an exit row. */
  isExit: boolean;
  /** Why a seat of the booking stays as it is. */
  note: string;
  /** Waits for the traveller's assent. */
  isPending: boolean;
}

/**
 * The seat that waits for an assent, else the one under the pointer or the focus, else the current traveller's. Says only
 * what the airline's map says: no centimetres, no "quiet", where there is no code for it.
 */
export function cardOf(state: PanelState, speech: MoreSpeech): Card | null {
  const segment = segmentOf(state);
  const own = segment?.held[state.traveller] ?? pickOf(state.picks, state.segment, state.traveller);
  const designator = state.pending ?? state.looked ?? own?.designator;
  const place = designator ? seatAt(state.maps[state.segment], designator) : null;
  if (!place) return null;
  const { more, price } = speech;
  const codes = place.seat.c ?? [];
  const index = state.opened?.travellers.findIndex(({ id }) => id === state.traveller) ?? -1;
  const holder = holderOf(state, place.designator);
  const isClosed = holder !== undefined || reasonFor(place.seat, index) !== null;
  const amount = pickAt(state, place.designator)?.price ?? (isClosed ? null : priceFor(place.seat, index));
  const where = (['W', 'A', '9'] as const).filter((code) => codes.includes(code)).map((code) => more.card.places[code]);
  return {
    designator: place.designator,
    line: [...where, statusOf(state, place, index, more)].join(' · '),
    price: amount === null ? '' : price(amount),
    facts: factsOf(state, place, speech),
    isExit: needsAssent(place),
    note: noteOf(state, holder, more),
    isPending: state.pending === place.designator,
  };
}

function pickAt(state: PanelState, designator: string) {
  return state.picks.find((pick) => pick.segment === state.segment && pick.designator === designator);
}

/** The seat that the booking has stays; why another one cannot be taken instead is said on that one. */
function noteOf(state: PanelState, holder: ReturnType<typeof holderOf>, { card, said }: MoreWords): string {
  if (holder) return card.held(holder.paid);
  const traveller = travellerOf(state);
  const own = traveller && segmentOf(state)?.held[traveller.id];
  return own ? said.heldStays(firstName(traveller), own.designator) : '';
}

/** Whose the seat already is by the booking. */
function holderOf(state: PanelState, designator: string) {
  const held = Object.entries(segmentOf(state)?.held ?? {}).find(([, seat]) => seat.designator === designator);
  const traveller = held && travellerOf(state, held[0]);
  return traveller && { traveller, paid: held[1].paid };
}

function statusOf(state: PanelState, place: SeatPlace, index: number, { card }: MoreWords): string {
  const holder = holderOf(state, place.designator);
  if (holder) return holder.traveller.id === state.traveller ? card.yourSeat : card.seatOf(firstName(holder.traveller));
  const owner = travellerOf(state, pickAt(state, place.designator)?.traveller ?? '');
  if (owner) return card.seatOf(firstName(owner));
  const why = reasonFor(place.seat, index);
  if (why) return card.reasons[why];
  return place.seat.chosen ? card.chosen : card.available;
}

function factsOf(state: PanelState, place: SeatPlace, { more, list }: MoreSpeech): Card['facts'] {
  const codes = new Set(place.seat.c);
  const facts = new Map(
    more.card.facts.filter(([code]) => codes.has(code)).map(([, tone, text]) => [text, { tone, text }]),
  );
  const held = segmentOf(state)?.held ?? {};
  const beside = neighbours(place).flatMap((designator) => {
    const id =
      pickAt(state, designator)?.traveller ?? Object.keys(held).find((key) => held[key]?.designator === designator);
    const traveller = id === undefined || id === state.traveller ? undefined : travellerOf(state, id);
    return traveller ? [firstName(traveller), ...(traveller.lap ? [traveller.lap] : [])] : [];
  });
  return [
    ...(beside.length ? [{ tone: 'gain' as const, text: more.card.nextTo(list(beside)) }] : []),
    ...(isNearFront(place) && !codes.has('K') ? [{ tone: 'gain' as const, text: more.card.nearFront }] : []),
    ...facts.values(),
  ];
}

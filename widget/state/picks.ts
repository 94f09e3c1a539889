import type { Segment, Selection } from '../../server/wire/panel.ts';

/** A pick with what it costs: the map's price when it was pressed, the server's once the server has answered. */
export type ChosenPick = Selection['picks'][number];

/** The pick of one traveller on one segment. */
export function pickOf(picks: readonly ChosenPick[], segment: string, traveller: string): ChosenPick | undefined {
  return picks.find((pick) => pick.segment === segment && pick.traveller === traveller);
}

/** Whether the traveller has a seat on the segment, chosen here or held by the booking. */
export function isSeated(picks: readonly ChosenPick[], segment: Segment, traveller: string): boolean {
  return segment.held[traveller] !== undefined || pickOf(picks, segment.id, traveller) !== undefined;
}

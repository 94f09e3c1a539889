import type { Pick, Selection } from '../../server/wire/panel.ts';
import type { PanelState } from './panel-model.ts';
import type { ChosenPick } from './picks.ts';

const place = (pick: Pick) => `${pick.segment} ${pick.traveller}`;
const seat = (pick: Pick) => `${pick.segment} ${pick.designator}`;
const whole = (pick: Pick) => `${place(pick)} ${pick.designator} ${pick.assent ?? ''}`;

/** The same seats for the same travellers, in whatever order. */
export function isSame(some: readonly Pick[], others: readonly Pick[]): boolean {
  const known = new Set(others.map(whole));
  return some.length === known.size && some.every((pick) => known.has(whole(pick)));
}

/**
 * What stands after the server answered a call made from `sent`, while the traveller went on to `local`: where the
 * traveller changed something meanwhile, that; else the server's. One seat is never with two travellers: the later press wins.
 */
export function merge(
  sent: readonly ChosenPick[],
  local: readonly ChosenPick[],
  server: readonly ChosenPick[],
): ChosenPick[] {
  const before = new Map(sent.map((pick) => [place(pick), pick.designator]));
  const now = new Map(local.map((pick) => [place(pick), pick.designator]));
  const isChanged = (pick: Pick) => before.get(place(pick)) !== now.get(place(pick));
  const pressed = local.filter(isChanged);
  const pressedSeats = new Set(pressed.map(seat));
  return [...server.filter((pick) => !isChanged(pick) && !pressedSeats.has(seat(pick))), ...pressed];
}

/**
 * The picks after a refusal: who lost a seat that was only just pressed gets back the one the server had kept before,
 * unless that is gone, too, or with somebody else by now.
 */
export function giveBack(picks: ChosenPick[], kept: Selection, refused: readonly Pick[]): ChosenPick[] {
  const held = new Set([...picks, ...refused].map(seat));
  const seated = new Set(picks.map(place));
  const lost = new Set(refused.map(place));
  return [
    ...picks,
    ...kept.picks.filter((pick) => lost.has(place(pick)) && !seated.has(place(pick)) && !held.has(seat(pick))),
  ];
}

/** Whether the server has what the traveller sees. */
export function isKept(state: PanelState): boolean {
  return isSame(state.picks, state.kept.picks);
}

/** The server's sum while it speaks of these picks, else our own of the prices shown. */
export function totalOf(state: PanelState): number {
  return isKept(state) ? state.kept.total : state.picks.reduce((sum, { price }) => sum + price, 0);
}

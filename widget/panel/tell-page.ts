import type { PageEventName, PageEvents, SeatDetail } from '../page-events.ts';
import { segmentOf, type PanelState } from '../state/panel-model.ts';
import type { PanelEvent } from '../state/panel-state.ts';
import type { ChosenPick } from '../state/picks.ts';

type Tell = <N extends PageEventName>(name: N, detail: PageEvents[N]) => void;

/** What of a change the page hears about. */
export function tellPage(next: PanelState, before: PanelState, event: PanelEvent, tell: Tell): void {
  if (event.type === 'opened') {
    const { opened } = event;
    // Carrying on after the session was over is no second arrival.
    if (before.segment) return;
    tell('departcart:ready', {
      mode: opened.brand.mode,
      segments: opened.segments.length,
      travellers: opened.travellers.length,
      seats: next.picks.length,
    });
    return;
  }
  if ('problem' in event) {
    const { code, detail } = event.problem;
    // What is tried again and fails again is one fault; these two are none.
    const isKnown = [before.trouble, before.mapTrouble, before.strain].some((trouble) => trouble?.code === code);
    if (!isKnown && code !== 'selection_changed' && code !== 'offline') tell('departcart:error', { code, detail });
  }
  const isTheirs = event.type === 'asked';
  for (const pick of missingFrom(next.picks, before.picks)) {
    const detail = detailOf(pick, before);
    if (detail && (next.opened || isTheirs)) tell('departcart:seat-deselect', { ...detail, refused: !isTheirs });
  }
  for (const pick of missingFrom(before.picks, next.picks)) {
    const detail = detailOf(pick, next);
    if (detail) tell('departcart:seat-select', detail);
  }
  if (next.end === before.end) return;
  if (next.end === 'kept') {
    tell('departcart:checkout', {
      seats: next.picks.flatMap((pick) => detailOf(pick, next) ?? []),
      total: next.kept.total,
      currency: next.opened?.currency ?? '',
    });
  }
  if (next.end === 'without') tell('departcart:close', {});
}

function missingFrom(some: readonly ChosenPick[], all: readonly ChosenPick[]): ChosenPick[] {
  const key = ({ segment, traveller, designator }: ChosenPick) => `${segment} ${traveller} ${designator}`;
  const known = new Set(some.map(key));
  return all.filter((pick) => !known.has(key(pick)));
}

function detailOf(pick: ChosenPick, state: PanelState): SeatDetail | null {
  const segment = segmentOf(state, pick.segment);
  const { traveller, designator, price } = pick;
  if (!segment || !state.opened) return null;
  return {
    segment: segment.id,
    flight: segment.flight,
    traveller,
    designator,
    price,
    currency: state.opened.currency,
  };
}

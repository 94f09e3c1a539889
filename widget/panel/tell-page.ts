import type { PageEventName, PageEvents, PaymentState, SeatDetail } from '../page-events.ts';
import { segmentOf, type PanelState } from '../state/panel-model.ts';
import type { PanelEvent } from '../state/panel-state.ts';
import type { Paying } from '../state/paying.ts';
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
  if (event.type === 'file-missing') {
    tell('departcart:error', { code: 'incomplete', detail: 'The third file of the panel did not load.' });
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
  const isOn = next.paying?.page === 'starting' && !next.leaving && !before.paying;
  if (isOn || (next.end === 'kept' && before.end !== 'kept')) {
    tell('departcart:checkout', {
      seats: next.picks.flatMap((pick) => detailOf(pick, next) ?? []),
      total: next.kept.total,
      currency: next.opened?.currency ?? '',
    });
  }
  if (next.end === 'without' && before.end !== 'without') tell('departcart:close', {});
  tellPurchase(next, before, tell);
}

function tellPurchase(next: PanelState, before: PanelState, tell: Tell): void {
  const state = next.paying && wordOf(next.paying);
  if (state && state !== (before.paying && wordOf(before.paying))) tell('departcart:payment', { state });
  const purchase = next.paying?.purchase;
  const isEnd = state === 'done' || state === 'partly';
  // One that had ended before this page came was told by the page that saw it.
  if (!purchase || !isEnd || !before.paying || ['done', 'partly'].includes(before.paying.page)) return;
  const got = purchase.items.filter(({ state: stands }) => stands === 'confirmed');
  tell('departcart:complete', {
    transaction: purchase.transaction,
    is: state === 'done' ? 'completed' : 'partially_completed',
    seats: got.flatMap(({ pick, price }) => detailOf({ ...pick, price }, next) ?? []),
    total: got.reduce((sum, { price }) => sum + price, 0),
    currency: purchase.currency,
  });
}

function wordOf({ page, doing, purchase }: Paying): PaymentState {
  switch (page) {
    case 'not-started':
      return 'starting';
    case 'lost':
      return 'seat_taken';
    case 'price':
      return 'price_changed';
    case 'bank':
      return 'action';
    case 'ending':
      return 'pending';
    case 'pay':
      return doing ? 'paying' : purchase?.payment?.step === 'declined' ? 'declined' : 'open';
    default:
      return page;
  }
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

import type { LitElement } from 'lit';
import type { SeatMapElement } from '../seat-map/seat-map.ts';
import type { PanelState } from '../state/panel-model.ts';
import type { PanelEvent } from '../state/panel-state.ts';

/** The first of these that is there and shown: of a card in the rail and one in the dock, one is not. */
function focus(root: ShadowRoot, ...selectors: string[]): void {
  selectors
    .flatMap((selector) => [...root.querySelectorAll<HTMLElement>(selector)])
    .find((element) => element.getClientRects().length > 0)
    ?.focus();
}

/** The heading of a purchase's page, or the seats after it. */
function focusPage(root: ShadowRoot, { paying, opened }: PanelState): void {
  if (!paying) focus(root, opened ? 'dc-segment-tabs' : '.title', '.title');
  else if (paying.page === 'pay') focus(root, '.title');
  else focus(root, '.message .heading', '.yes .heading', '.title');
}

/** Resolves when the panel and the elements inside it are drawn. */
export async function drawn(panel: LitElement): Promise<void> {
  await panel.updateComplete;
  const inside = [...panel.renderRoot.querySelectorAll<LitElement>('[data-lit]')];
  await Promise.all(inside.map((element) => element.updateComplete));
}

/**
 * Where the focus goes after a change: to the question that was put and back to its seat, on to the next flight, to what took
 * the place of the map. It is never left to fall to the top of the page: where what had it (`from`) is gone, the nearest
 * thing that goes on from there takes it; what took it since, in the panel or outside of it, has it rightly.
 */
export function moveFocus(
  root: ShadowRoot,
  from: Element | null,
  next: PanelState,
  before: PanelState,
  event: PanelEvent,
): void {
  const request = event.type === 'asked' ? event.request : null;
  const isAnswer = request?.name === 'dismiss' || (request?.name === 'toggle-seat' && request.what.assent === true);
  const { activeElement, body } = root.ownerDocument;
  if (request && next.pending && next.pending !== before.pending) focus(root, 'dc-seat-card');
  else if (before.pending && isAnswer) root.querySelector<SeatMapElement>('dc-seat-map')?.focusSeat(before.pending);
  else if (from && next.paying?.page !== before.paying?.page) focusPage(root, next);
  else if (request && next.end !== before.end) focus(root, next.end ? '.message .heading' : 'dc-segment-tabs');
  else if (request && before.opened && next.segment !== before.segment && from?.localName !== 'dc-segment-tabs') {
    focus(root, 'dc-segment-tabs');
  } else if (from && !root.activeElement && (!activeElement || activeElement === body)) {
    focus(root, '.message .heading', '.yes .heading', 'dc-segment-tabs', '.title');
  }
}

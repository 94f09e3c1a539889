import { SEAT_MAP_TAG, SeatMapElement } from '../../../widget/seat-map/seat-map.ts';
import { seatWordsEn } from '../../../widget/seat-map/words.ts';
import { type Asked, PanelRequest } from '../../../widget/state/requests.ts';
import { registerTokens, tokens } from '../../../widget/styles/tokens.ts';
import { a320, travellers } from './sample-maps.ts';

registerTokens();
if (!customElements.get(SEAT_MAP_TAG)) customElements.define(SEAT_MAP_TAG, SeatMapElement);

let host: HTMLElement | undefined;

/** A map on the page below a host with the panel's tokens, María choosing; properties may be set otherwise. */
export async function showMap(properties: Partial<SeatMapElement> = {}): Promise<SeatMapElement> {
  clearPage();
  host = document.createElement('main');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [tokens.styleSheet!];
  root.append(document.createElement('slot'));
  const map = new SeatMapElement();
  Object.assign(map, {
    map: a320(),
    travellers,
    current: 't2',
    words: seatWordsEn,
    currency: 'EUR',
    locale: 'en-IE',
    label: 'Seats on ZS 482, Dublin to London',
    ...properties,
  });
  host.append(map);
  document.body.style.margin = '0';
  document.body.append(host);
  await map.updateComplete;
  return map;
}

export function clearPage(): void {
  host?.remove();
  host = undefined;
}

/** The requests that the map sends from now on. */
export function listen(map: SeatMapElement): Asked[] {
  const asked: Asked[] = [];
  map.addEventListener(PanelRequest.type, (event) => asked.push((event as PanelRequest).detail as Asked));
  return asked;
}

export const seat = (map: SeatMapElement, designator: string): HTMLElement => {
  const element = map.seatElement(designator);
  if (!element) throw new Error(`no seat ${designator}`);
  return element;
};

export const nameOf = (map: SeatMapElement, designator: string): string | null =>
  seat(map, designator).getAttribute('aria-label');

/** The designator that has the focus. */
export const focused = (map: SeatMapElement): string | undefined =>
  (map.renderRoot as ShadowRoot).activeElement?.getAttribute('data-seat') ?? undefined;

import type { MapAnswer, Traveller } from '../../../server/wire/panel.ts';
import { SEAT_MAP_TAG, SeatMapElement } from '../../../widget/seat-map/seat-map.ts';
import { seatWordsEn } from '../../../widget/seat-map/words.ts';
import { PanelRequest } from '../../../widget/state/requests.ts';
import { registerTokens, tokens } from '../../../widget/styles/tokens.ts';

/** The product's seat map alone, all decks, below a host that does what the panel does: tokens in, requests answered. */

customElements.define(SEAT_MAP_TAG, SeatMapElement);

const travellers: Traveller[] = [{ id: 't1', name: 'María G.', initials: 'MG', kind: 'adult' }];
let host: HTMLElement;
let element: SeatMapElement;

/** What the panel has done before the map arrives: it stands there with its tokens, and has warmed the map up. */
export function prepare(box: HTMLElement, isWarm: boolean): void {
  registerTokens();
  if (isWarm) SeatMapElement.warm(seatWordsEn, 'EUR', 'en-IE');
  host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [tokens.styleSheet!];
  root.append(document.createElement('slot'));
  box.append(host);
}

export function mount(_box: HTMLElement, map: MapAnswer): void {
  element = new SeatMapElement();
  Object.assign(element, {
    map,
    travellers,
    current: 't1',
    words: seatWordsEn,
    currency: 'EUR',
    locale: 'en-IE',
    label: 'Seats',
  });
  element.addEventListener(PanelRequest.type, (event) => {
    const { name, what } = (event as PanelRequest).detail;
    if (name !== 'toggle-seat') return;
    const { designator } = what as { designator: string };
    element.picks = element.picks.t1 === designator ? {} : { t1: designator };
  });
  host.append(element);
}

export const seatElement = (designator: string): Element | null => element.seatElement(designator);
export const isChosen = (designator: string): boolean =>
  seatElement(designator)?.getAttribute('aria-selected') === 'true';

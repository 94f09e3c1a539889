import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { MapAnswer, Segment } from '../../server/wire/panel.ts';
import { bookingOf, openBooking, type Opening } from '../api/open.ts';
import { pageEvent } from '../page-events.ts';
import type { Speech } from '../messages/message.ts';
import { SeatMapElement } from '../seat-map/seat-map.ts';
import { given } from '../state/given.ts';
import {
  isAllTaken,
  isPaying,
  openState,
  segmentOf,
  start,
  type PanelState,
  type Review,
} from '../state/panel-model.ts';
import type { Clock } from '../state/clock.ts';
import { PanelRequest, type Asked } from '../state/requests.ts';
import { controls } from '../styles/controls.ts';
import { registerTokens, tokens } from '../styles/tokens.ts';
import type * as choosing from './choosing.ts';
import { fetchFile } from './fetch-file.ts';
import { wearLook } from './look.ts';
import { styles } from './seat-panel.styles.ts';
import { speechFor } from './speech.ts';
import type { BookingReference, Head, PanelSession, PanelView } from './view.ts';

type Choosing = typeof choosing;

/** The second file's address for another try; put in by vite.config.ts. */
declare const __CHOOSING_AGAIN__: string;

/** A change of one of these is another booking, or another way to it. */
const OPENED_WITH = [
  'api',
  'publishableKey',
  'pnr',
  'lastName',
  'booking',
  'encryptedId',
  'source',
  'reference',
] as const;

/**
 * `<departcart-seat-panel>`: the seats of one booking, from the traveller bar to the total.
 *
 * This file draws the first picture: head, tabs, traveller bar, legend, map. When that stands, `choosing.ts` is fetched,
 * with all that follows a press; what is pressed before it is there waits for it. From "Continue to payment" on a third
 * file has the page.
 *
 * Attributes: `api`, `publishable-key`, `pnr` and `last-name` or `encrypted-id` (of a link), `locale`, `source`, `reference`,
 * `heading` (2 to 6: the level of its title), `review` (`cart` or `checkout`: what was chosen before is shown first, by itself).
 * Properties beside them: `booking` (instead of `pnr` and `last-name`, which session-replay scripts read), `opening` (an opening
 * call already made; it serves once).
 *
 * Slots: `header`, `footer`, `payment` (the gateway's field, which the panel itself puts into the page's light DOM; where this
 * server sells nothing, shown once the choice is kept).
 * Events: see `page-events.ts`; all bubble, none holds anything personal.
 * Parts: `panel`, `ribbon`, `head`, `title`, `steps`, `body`, `loading`, `rail`, `dock`, `line`, `message`, `notice`, `field`,
 * `pass`, `receipt`; of its elements
 * `tabs`, `tab`, `travellers`, `traveller`, `badge`, `legend`, `stage`, `deck-switch`, `card`, `summary`, `total`, `form`,
 * `field`, `button`.
 * Custom properties: `--departcart-primary`, `-secondary`, `-accent`, `-text`, `-text-muted`, `-background`, `-surface`,
 * `-font`, `-font-heading`, `-radius`, `-sticky-top` (height of the page's own sticky header).
 */
export class SeatPanelElement extends LitElement {
  /** Tests put one in that they can move. */
  static clock: Clock | undefined;

  static override styles = [tokens, controls, styles];
  static override properties = {
    state: { state: true },
    said: { state: true },
    choosing: { state: true },
    api: {},
    publishableKey: { attribute: 'publishable-key' },
    pnr: {},
    lastName: { attribute: 'last-name' },
    encryptedId: { attribute: 'encrypted-id' },
    review: {},
    locale: {},
    source: {},
    reference: {},
    heading: { type: Number },
    booking: given,
    opening: given,
  };

  #speech!: Speech;
  #brand = new CSSStyleSheet();
  /** Of one opening; aborted when it counts no more. */
  #round = new AbortController();
  #session: PanelSession | undefined;
  /** What was asked before there was a session to ask. */
  #waiting: Asked[] = [];

  private state: PanelState = start;
  private said = '';
  private choosing: Choosing | 'failed' | null = null;

  api = '';
  publishableKey = '';
  pnr = '';
  lastName = '';
  encryptedId = '';
  review: Review | '' = '';
  locale = '';
  source = '';
  reference = '';
  heading = 2;
  booking: BookingReference | undefined;
  opening: Opening | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    registerTokens();
    if (!this.hasUpdated) return;
    if (this.#round.signal.aborted) this.#start();
    else this.#session?.moved();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A page that moves the panel takes it out and puts it in again, in one go.
    queueMicrotask(() => {
      if (!this.isConnected) this.#stop();
    });
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot() as ShadowRoot;
    // The brand's values between our defaults and the rest.
    root.adoptedStyleSheets.splice(1, 0, this.#brand);
    root.addEventListener(PanelRequest.type, (event) => {
      event.stopPropagation();
      this.#ask((event as CustomEvent<Asked>).detail);
    });
    return root;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (OPENED_WITH.some((name) => changed.has(name))) this.#start();
    const currency = this.state.opened?.currency ?? 'EUR';
    if (!this.hasUpdated || changed.has('locale') || currency !== this.#speech.currency) {
      const asked = this.locale || this.closest('[lang]')?.getAttribute('lang') || navigator.language;
      this.#speech = speechFor(asked, currency);
    }
  }

  protected override firstUpdated(): void {
    // While the booking is on its way: what is slow the first time.
    const { words, currency, locale } = this.#speech;
    SeatMapElement.warm(words.seat, currency, locale);
    this.#speech.day('2026-03-09');
  }

  #start(): void {
    this.#stop();
    this.#round = new AbortController();
    this.state = { ...start, online: navigator.onLine };
    if (this.api && (this.publishableKey || this.encryptedId)) void this.#open(this.#round.signal);
  }

  /** The first picture comes before the code for everything after it. */
  async #open(signal: AbortSignal): Promise<void> {
    const { api, publishableKey: key, encryptedId, review, source, reference, locale, opening } = this;
    this.opening = undefined;
    const { recordLocator, lastName } = this.#reference;
    const call = {
      ...(key && { key }),
      ...(encryptedId ? { encrypted_id: encryptedId } : { record_locator: recordLocator, last_name: lastName }),
      ...(locale && { locale }),
      ...(source && { source }),
      ...(reference && { reference }),
    };
    const started = encryptedId || (recordLocator && lastName) ? (opening ?? openBooking(api, call)) : undefined;
    const booking = started && (await bookingOf(started));
    if (signal.aborted) return;
    // What comes in place of the seats, a purchase under way or what was chosen before: they would only flash up.
    if (booking && !isPaying(booking, null) && !(review && booking.selection.picks.length)) {
      this.#show(openState(this.state, booking, booking.selection.picks));
      await this.updateComplete;
      // Painted, where anybody looks.
      await new Promise((done) => (document.hidden ? setTimeout(done) : requestAnimationFrame(() => setTimeout(done))));
    }
    const rest = await this.#fetchRest(signal);
    if (signal.aborted || !rest) return;
    const host = {
      element: this,
      clock: SeatPanelElement.clock,
      speech: () => this.#speech,
      show: (next: PanelState) => this.#show(next),
      say: (text: string) => {
        // The same words once more are news only if the region changes.
        this.said = text === this.said ? `${text}\u00a0` : text;
      },
    };
    this.#session = rest.startSession(host, api, call, booking ?? started, review || null);
    for (const request of this.#waiting.splice(0)) this.#session.ask(request);
  }

  async #fetchRest(signal: AbortSignal): Promise<Choosing | null> {
    const rest = await fetchFile<Choosing>(
      () => import('./choosing.ts'),
      (address) => import(/* @vite-ignore */ address),
      () => __CHOOSING_AGAIN__,
      signal,
    );
    if (signal.aborted) return null;
    if (rest) {
      if (!this.#rest) this.shadowRoot?.adoptedStyleSheets.push(...rest.sheets);
      return (this.choosing = rest);
    }
    this.choosing = 'failed';
    const detail = { code: 'incomplete', detail: 'The second file of the panel did not load.' };
    this.dispatchEvent(pageEvent('departcart:error', detail));
    return null;
  }

  #stop(): void {
    this.#round.abort();
    this.#session?.end();
    this.#session = undefined;
    this.#waiting = [];
  }

  /** Of the booking that is shown; empty: there is none. */
  get recordLocator(): string {
    return this.state.opened?.record_locator ?? '';
  }

  get #rest(): Choosing | null {
    return this.choosing === 'failed' ? null : this.choosing;
  }

  get #reference(): BookingReference {
    return this.booking ?? { recordLocator: this.pnr, lastName: this.lastName };
  }

  #ask(request: Asked): void {
    if (this.#session) this.#session.ask(request);
    else if (request.name !== 'look-at-seat') this.#waiting.push(request);
  }

  #show(next: PanelState): void {
    const look = next.opened?.brand.tokens;
    if (look && look !== this.state.opened?.brand.tokens) wearLook(this.#brand, look);
    this.state = next;
  }

  protected override render(): TemplateResult {
    const { words } = this.#speech;
    const { opened } = this.state;
    const head = this.#head;
    return html`<section part="panel" class="panel" lang=${words.language} aria-label=${head?.title ?? words.heading}>
      <slot name="header"></slot>
      ${opened?.brand.mode === 'test' ? html`<p part="ribbon" class="ribbon">${words.testMode}</p>` : nothing}
      ${head ? this.#renderHead(head) : nothing}${this.#renderContent()}
      <slot name="footer"></slot>
      <div class="live" role="status">${this.said}</div>
    </section>`;
  }

  /** null: what stands below has a heading of its own. */
  get #head(): Head | null {
    const { words } = this.#speech;
    const { opened, end, paying, review } = this.state;
    if ((paying || review) && opened && this.#rest) return this.#rest.headOf(this.state, this.#speech);
    const infants = opened?.travellers.filter(({ lap }) => lap).length ?? 0;
    const line = opened ? words.booking(opened.record_locator, opened.travellers.length, infants) : '';
    return { title: words.heading, line, at: end === 'kept' ? 1 : 0 };
  }

  #renderHead({ title, line, at }: Head): TemplateResult {
    const { words } = this.#speech;
    const { seats, payment, done } = words.steps;
    return html`<header part="head" class="head">
      <div>
        <div part="title" class="title" role="heading" aria-level=${this.#level} tabindex="-1">${title}</div>
        ${line ? html`<p>${line}</p>` : nothing}
      </div>
      <ol part="steps" class="steps" aria-label=${words.steps.name}>
        ${[seats, payment, done].map(
          (step, i) =>
            html`<li class=${i < at ? 'past' : ''} aria-current=${i === at ? 'step' : nothing}>
              <span>${step}</span>
            </li>`,
        )}
      </ol>
    </header>`;
  }

  get #level(): number {
    return Math.min(Math.max(Math.round(this.heading) || 2, 2), 6);
  }

  #renderContent(): TemplateResult {
    const { state } = this;
    const speech = this.#speech;
    if (this.choosing === 'failed')
      return html`<p part="message" class="incomplete" role="alert">${speech.words.incomplete}</p>`;
    const rest = this.choosing;
    const view: PanelView = {
      state,
      speech,
      level: Math.min(this.#level + 1, 6),
      booking: this.#reference,
      canFind: this.publishableKey !== '',
      ask: (request) => this.#ask(request),
    };
    const segment = segmentOf(state);
    const instead = rest?.renderInstead(view);
    if (instead) return instead;
    return segment ? this.#renderSegment(segment, view, rest) : this.#renderLoading(speech.words.loading());
  }

  #renderSegment(segment: Segment, view: PanelView, rest: Choosing | null): TemplateResult {
    const speech = this.#speech;
    const { from, to, flight, no_map } = segment;
    const route = speech.words.route(from.city ?? from.code, to.city ?? to.code);
    const instead = rest?.renderInsteadOfMap(view);
    const map = instead || no_map || isAllTaken(this.state) ? undefined : this.state.maps[segment.id];
    const dock = rest?.renderDock(view, map !== undefined);
    return html`<dc-segment-tabs
        data-lit
        exportparts="tabs, tab"
        .speech=${speech}
        .state=${this.state}
      ></dc-segment-tabs>
      <div part="body" class="body" role="tabpanel" aria-label=${route}>
        <div class="main">
          ${
            instead
              ? nothing
              : html`<dc-traveller-bar
                  data-lit
                  exportparts="travellers, traveller, badge"
                  .speech=${speech}
                  .state=${this.state}
                ></dc-traveller-bar>`
          }
          ${map ? [this.#renderLegend(map, 'prices'), this.#renderLegend(map, 'marks')] : nothing}
          <div class="stage">
            ${
              instead ??
              (map ? this.#renderMap(map, segment, route) : this.#renderLoading(speech.words.loading(flight)))
            }
          </div>
        </div>
        <div part="rail" class="rail">${rest?.renderRail(view, map !== undefined)}</div>
      </div>
      ${dock ? html`<div part="dock" class="dock">${dock}</div>` : nothing}`;
  }

  #renderLegend(map: MapAnswer, shows: 'prices' | 'marks'): TemplateResult {
    return html`<dc-seat-legend
      data-lit
      class=${shows}
      exportparts="legend"
      .speech=${this.#speech}
      .map=${map}
      .shows=${shows}
    ></dc-seat-legend>`;
  }

  #renderMap(map: MapAnswer, { flight, held }: Segment, route: string): TemplateResult {
    const { words, currency, locale } = this.#speech;
    const { opened, traveller, picks } = this.state;
    const here = picks.filter((pick) => pick.segment === map.segment);
    return html`<dc-seat-map
      data-lit
      exportparts="stage, deck-switch"
      .words=${words.seat}
      .currency=${currency}
      .locale=${locale}
      .label=${words.mapName(flight, route)}
      .map=${map}
      .travellers=${opened?.travellers}
      .current=${traveller}
      .picks=${Object.fromEntries(here.map((pick) => [pick.traveller, pick.designator]))}
      .held=${held}
    ></dc-seat-map>`;
  }

  #renderLoading(text: string): TemplateResult {
    return html`<div part="loading" class="loading">
      <div class="hull" aria-hidden="true"><i></i></div>
      <p><span>${text}</span></p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'departcart-seat-panel': SeatPanelElement;
  }
}

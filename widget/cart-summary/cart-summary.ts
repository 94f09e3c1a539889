import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Opened, Segment, Traveller } from '../../server/wire/panel.ts';
import type { MoreSpeech } from '../messages/message.ts';
import { given } from '../state/given.ts';
import { firstName } from '../state/names.ts';
import { PanelRequest } from '../state/requests.ts';
import { isSeated, pickOf, type ChosenPick } from '../state/picks.ts';
import { buttons } from '../styles/buttons.ts';
import { controls } from '../styles/controls.ts';
import { styles } from './cart-summary.styles.ts';

/**
 * `<dc-cart-summary>`: the seats by flight and traveller, the total, and the two ways on: the next step, and without. With
 * `compact` it is the last line of the dock: total, count, one button. `still` leaves the buttons out.
 *
 * Asks `show-segment`, `continue`, `clear-seats`. Parts: `summary`, `total`, `button`, `badge`.
 */
export class CartSummaryElement extends LitElement {
  static override styles = [controls, buttons, styles];
  static override properties = {
    speech: given,
    opened: given,
    picks: given,
    segment: given,
    traveller: given,
    total: given,
    leaving: given,
    level: given,
    compact: { type: Boolean, reflect: true },
    still: { type: Boolean, reflect: true },
  };

  speech!: MoreSpeech;
  opened!: Opened;
  picks: readonly ChosenPick[] = [];
  segment = '';
  traveller = '';
  /** In minor units. */
  total = 0;
  /** The picks are on their way to the server, and the traveller with them to the next step. */
  leaving = false;
  level = 3;
  compact = false;
  still = false;

  protected override render(): TemplateResult {
    return this.compact ? this.#renderCompact() : this.#renderBox();
  }

  #renderBox(): TemplateResult {
    const { sum, more } = this.speech;
    const { summary } = more;
    return html`<div part="summary" class="box">
      <div class="top">
        <div class="title" role="heading" aria-level=${this.level}>${summary.heading}</div>
        ${this.picks.length && !this.still
          ? html`<button
              type="button"
              class="link"
              @click=${() => this.dispatchEvent(new PanelRequest('clear-seats', null))}
            >
              ${summary.clear}
            </button>`
          : nothing}
      </div>
      ${this.opened.segments.map((segment) => this.#renderSegment(segment))}
      <div part="total" class="total">
        <b>${summary.total}<small>${this.total || !this.picks.length ? summary.taxes : summary.nothingToPay}</small></b>
        <strong class="num">${sum(this.total)}</strong>
      </div>
      ${this.still ? nothing : html`${this.#renderUnchosen()}<div class="stack">${this.#renderButtons()}</div>`}
    </div>`;
  }

  #renderSegment(segment: Segment): TemplateResult {
    const { words } = this.speech;
    const route = words.route(segment.from.city ?? segment.from.code, segment.to.city ?? segment.to.code);
    return html`<div class="flight">
      <div class="name" role="heading" aria-level=${Math.min(this.level + 1, 6)}>${segment.flight} · ${route}</div>
      <ul>
        ${this.opened.travellers.map((traveller) => this.#renderTraveller(segment, traveller))}
      </ul>
    </div>`;
  }

  #renderTraveller(segment: Segment, { id, name, initials }: Traveller): TemplateResult {
    const { words, sum } = this.speech;
    const held = segment.held[id];
    const pick = held ? undefined : pickOf(this.picks, segment.id, id);
    const amount = held ? (held.paid ? words.paid : words.held) : pick ? sum(pick.price) : '–';
    const isYou = id === this.traveller && segment.id === this.segment;
    return html`<li>
      <span part="badge" class="badge ${isYou ? 'you' : ''}" aria-hidden="true">${initials}</span>
      <span>${name}</span>
      <span class="seat num">${held?.designator ?? pick?.designator}</span>
      <span class="amount num">${amount}</span>
    </li>`;
  }

  /** Who has no seat on the shown flight, once somebody has one somewhere: before that it says itself. */
  #renderUnchosen(): TemplateResult | typeof nothing {
    const segment = this.opened.segments.find(({ id }) => id === this.segment);
    if (!segment || segment.no_map || !this.picks.length) return nothing;
    const names = this.opened.travellers.filter(({ id }) => !isSeated(this.picks, segment, id)).map(firstName);
    if (!names.length) return nothing;
    const { more, list } = this.speech;
    return html`<p class="fine">
      ${more.summary.unchosen(list(names), names.length, segment.to.city ?? segment.to.code)}
    </p>`;
  }

  /** The next flight with a map, after the shown one. */
  get #next(): Segment | undefined {
    const { segments } = this.opened;
    return segments.slice(segments.findIndex(({ id }) => id === this.segment) + 1).find(({ no_map }) => !no_map);
  }

  #renderButtons(): unknown[] {
    const { buttons } = this.speech.more;
    const next = this.#next;
    const on = this.picks.length > 0;
    return [
      next && this.#nextFlight(next, buttons.nextFlightTo(next.to.city ?? next.to.code)),
      on && this.#payment(next !== undefined),
      (!on || !next) &&
        html`<button
          type="button"
          part="button"
          class="button plain"
          @click=${() => this.dispatchEvent(new PanelRequest('continue', { to: 'without' }))}
        >
          ${buttons.without}
        </button>`,
    ].map((button) => button || nothing);
  }

  #nextFlight(segment: Segment, text: string): TemplateResult {
    return html`<button
      type="button"
      part="button"
      class="button"
      @click=${() => this.dispatchEvent(new PanelRequest('show-segment', { segment: segment.id }))}
    >
      ${text}
    </button>`;
  }

  #payment(isPlain: boolean): TemplateResult {
    const { buttons } = this.speech.more;
    return html`<button
      type="button"
      part="button"
      class="button ${isPlain ? 'plain' : ''}"
      aria-disabled=${this.leaving || nothing}
      @click=${() => this.leaving || this.dispatchEvent(new PanelRequest('continue', { to: 'payment' }))}
    >
      ${this.leaving ? buttons.keeping : this.total ? buttons.payment : buttons.keep}
    </button>`;
  }

  #renderCompact(): TemplateResult {
    const { words, sum, more } = this.speech;
    const segment = this.opened.segments.find(({ id }) => id === this.segment);
    const seated = segment ? this.opened.travellers.filter(({ id }) => isSeated(this.picks, segment, id)).length : 0;
    const next = this.#next;
    return html`<div class="pay">
      <div>
        <strong class="num">${sum(this.total)}</strong>
        <small>${words.progress(seated, this.opened.travellers.length)}</small>
      </div>
      ${next
        ? this.#nextFlight(next, more.buttons.nextFlight)
        : this.picks.length
          ? this.#payment(false)
          : this.#renderButtons()}
    </div>`;
  }
}

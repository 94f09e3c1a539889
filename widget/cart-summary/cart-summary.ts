import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Segment, Traveller } from '../../server/wire/panel.ts';
import type { MoreSpeech } from '../messages/message.ts';
import { given } from '../state/given.ts';
import { firstName } from '../state/names.ts';
import { nextSegment } from '../state/next-segment.ts';
import { seatless, segmentOf, type PanelState } from '../state/panel-model.ts';
import { pickOf } from '../state/picks.ts';
import { PanelRequest } from '../state/requests.ts';
import { totalOf } from '../state/selection.ts';
import { buttons } from '../styles/buttons.ts';
import { controls } from '../styles/controls.ts';
import { styles } from './cart-summary.styles.ts';

/**
 * `<dc-cart-summary>`: the seats by flight and traveller, the total, and the two ways on: the next step, and without. With
 * `compact` it is the last line of the dock: total, count, one button. Once the choice is kept it has no
 * buttons, and whatever is put into it stands below the total.
 *
 * Asks `show-segment`, `continue`, `clear-seats`, `back-to-seats`. Parts: `summary`, `total`, `button`, `badge`.
 */
export class CartSummaryElement extends LitElement {
  static override styles = [controls, buttons, styles];
  static override properties = {
    speech: given,
    state: given,
    level: given,
    compact: { type: Boolean, reflect: true },
    bare: { type: Boolean },
  };

  speech!: MoreSpeech;
  state!: PanelState;
  level = 3;
  compact = false;
  /** The ways on stand elsewhere. */
  bare = false;

  protected override render(): TemplateResult {
    return this.compact ? this.#renderCompact() : this.#renderBox();
  }

  #renderBox(): TemplateResult {
    const { sum, more } = this.speech;
    const { summary } = more;
    const { opened, picks, end, review } = this.state;
    const total = totalOf(this.state);
    return html`<div part="summary" class="box">
      <div class="top">
        <div class="title" role="heading" aria-level=${this.level}>${summary.heading}</div>
        ${
          picks.length && !end && !review
            ? html`<button type="button" class="link" @click=${this.#clear}>${summary.clear}</button>`
            : nothing
        }
      </div>
      ${opened?.segments.map((segment) => this.#renderSegment(segment))}
      <div part="total" class="total ${end ? 'last' : ''}">
        <b>${summary.total}<small>${total || !picks.length ? summary.taxes : summary.nothingToPay}</small></b>
        <strong class="num">${sum(total)}</strong>
      </div>
      ${
        end
          ? html`<slot></slot>`
          : html`${this.#renderUnchosen()}
              <div class="stack">${this.#renderButtons()}</div>`
      }
    </div>`;
  }

  #renderSegment(segment: Segment): TemplateResult {
    const { words } = this.speech;
    const route = words.route(segment.from.city ?? segment.from.code, segment.to.city ?? segment.to.code);
    return html`<div class="flight">
      <div class="name" role="heading" aria-level=${Math.min(this.level + 1, 6)}>${segment.flight} · ${route}</div>
      <ul>
        ${this.state.opened?.travellers.map((traveller) => this.#renderTraveller(segment, traveller))}
      </ul>
    </div>`;
  }

  #renderTraveller(segment: Segment, { id, name, initials }: Traveller): TemplateResult {
    const { words, sum } = this.speech;
    const { picks, traveller, end, review } = this.state;
    const held = segment.held[id];
    const pick = held ? undefined : pickOf(picks, segment.id, id);
    const amount = held ? (held.paid ? words.paid : words.held) : pick ? sum(pick.price) : '–';
    const isYou = id === traveller && segment.id === this.state.segment && !end && !review;
    return html`<li>
      <span part="badge" class="badge ${isYou ? 'you' : ''}" aria-hidden="true">${initials}</span>
      <span>${name}</span>
      <span class="seat num">${held?.designator ?? pick?.designator}</span>
      <span class="amount num">${amount}</span>
    </li>`;
  }

  /** Who has no seat on the shown flight, once somebody has one somewhere: before that it says itself. */
  #renderUnchosen(): TemplateResult | typeof nothing {
    const segment = segmentOf(this.state);
    if (!segment || segment.no_map || !this.state.picks.length || this.state.review) return nothing;
    const names = seatless(this.state, segment.id).map(firstName);
    if (!names.length) return nothing;
    const { more, list } = this.speech;
    return html`<p class="fine">
      ${more.summary.unchosen(list(names), names.length, segment.to.city ?? segment.to.code)}
    </p>`;
  }

  #renderButtons(): unknown[] {
    if (this.bare) return [];
    const { buttons: words } = this.speech.more;
    const { review } = this.state;
    if (review)
      return [this.#renderPayment(false), review === 'cart' ? this.#renderChange(words.changeSeats) : nothing];
    const next = nextSegment(this.state);
    const isChosen = this.state.picks.length > 0;
    return [
      next ? this.#renderNext(next, words.nextFlightTo(next.to.city ?? next.to.code)) : nothing,
      isChosen ? this.#renderPayment(next !== undefined) : nothing,
      isChosen && next
        ? nothing
        : html`<button type="button" part="button" class="button plain" @click=${this.#goWithout}>
            ${words.without}
          </button>`,
    ];
  }

  #renderChange(text: string): TemplateResult {
    return html`<button
      type="button"
      part="button"
      class="button plain"
      @click=${() => this.dispatchEvent(new PanelRequest('back-to-seats', null))}
    >
      ${text}
    </button>`;
  }

  #renderNext({ id }: Segment, text: string): TemplateResult {
    return html`<button
      type="button"
      part="button"
      class="button"
      @click=${() => this.dispatchEvent(new PanelRequest('show-segment', { segment: id }))}
    >
      ${text}
    </button>`;
  }

  #renderPayment(isPlain: boolean): TemplateResult {
    const { payment, keep, take, keeping } = this.speech.more.buttons;
    const { leaving, opened } = this.state;
    // An older server keeps a choice and takes nothing.
    const free = opened?.purchase === undefined ? keep : take;
    return html`<button
      type="button"
      part="button"
      class="button ${isPlain ? 'plain' : ''}"
      aria-disabled=${leaving || nothing}
      @click=${this.#goOn}
    >
      ${leaving ? keeping : totalOf(this.state) ? payment : free}
    </button>`;
  }

  #renderCompact(): TemplateResult {
    const { words, sum, more } = this.speech;
    const { opened, segment, picks } = this.state;
    const travellers = opened?.travellers.length ?? 0;
    const next = nextSegment(this.state);
    return html`<div class="pay">
      <div>
        <strong class="num">${sum(totalOf(this.state))}</strong>
        <small>${words.progress(travellers - seatless(this.state, segment).length, travellers)}</small>
      </div>
      ${
        next
          ? this.#renderNext(next, more.buttons.nextFlight)
          : picks.length
            ? this.#renderPayment(false)
            : this.#renderButtons()
      }
    </div>`;
  }

  #clear(): void {
    this.dispatchEvent(new PanelRequest('clear-seats', null));
  }

  #goWithout(): void {
    this.dispatchEvent(new PanelRequest('continue', { to: 'without' }));
  }

  #goOn(): void {
    if (!this.state.leaving) this.dispatchEvent(new PanelRequest('continue', { to: 'payment' }));
  }
}

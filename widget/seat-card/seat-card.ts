import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { MoreSpeech, Tone } from '../messages/message.ts';
import { given } from '../state/given.ts';
import { firstName } from '../state/names.ts';
import { travellerOf, type PanelState } from '../state/panel-model.ts';
import { PanelRequest } from '../state/requests.ts';
import { buttons } from '../styles/buttons.ts';
import { controls } from '../styles/controls.ts';
import { icon, type IconName } from '../styles/icons.ts';
import { cardOf, type Card } from './card.ts';
import { styles } from './seat-card.styles.ts';

const marks: Record<Tone, IconName> = { gain: 'check', neutral: 'dot', drawback: 'minus' };

/**
 * `<dc-seat-card>`: the seat under the pointer or the focus, else the chosen one, in a fixed place, never over seats. With
 * `compact` it is the first line of the dock. An exit row's condition stands in it before the pick, and the first pick there
 * waits in it for an assent.
 *
 * Asks `toggle-seat` (with `assent`), `dismiss`. Part: `card`.
 */
export class SeatCardElement extends LitElement {
  static override styles = [controls, buttons, styles];
  static override properties = {
    speech: given,
    state: given,
    compact: { type: Boolean, reflect: true },
  };

  speech!: MoreSpeech;
  state!: PanelState;
  compact = false;

  /** To the assent, while one is asked for. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.button')?.focus();
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#dismiss();
  }

  #dismiss(): void {
    this.dispatchEvent(new PanelRequest('dismiss', { what: 'assent' }));
  }

  protected override render(): TemplateResult {
    const { more } = this.speech;
    const card = cardOf(this.state, this.speech);
    if (!card) return html`<div part="card" class="card"><p class="empty">${more.card.empty}</p></div>`;
    return html`<div part="card" class="card">
      ${this.compact ? this.#renderLine(card) : this.#renderHead(card)}
      ${card.isPending ? this.#renderAssent(card) : nothing}
    </div>`;
  }

  #renderHead({ designator, line, price, facts, isExit, isPending, note }: Card): TemplateResult {
    const { more } = this.speech;
    return html`<div class="head"><strong>${designator}</strong><span>${line}</span><em class="num">${price}</em></div>
      ${
        facts.length
          ? html`<ul>
              ${facts.map(({ tone, text }) => html`<li class=${tone}>${icon(marks[tone])}${text}</li>`)}
            </ul>`
          : nothing
      }
      ${note ? html`<p class="fine">${note}</p>` : nothing}
      ${isExit && !isPending && !note ? html`<p class="note">${more.card.exitRow}</p>` : nothing}`;
  }

  #renderLine({ designator, line, price, facts, note }: Card): TemplateResult {
    return html`<div class="line">
      <strong>${designator}</strong>
      <span><b>${line}</b><i>${note || facts.map(({ text }) => text).join(' · ')}</i></span>
      <em class="num">${price}</em>
    </div>`;
  }

  #renderAssent({ designator }: Card): TemplateResult {
    const { card } = this.speech.more;
    const traveller = travellerOf(this.state);
    return html`<div class="note assent" @keydown=${this.#onKeyDown}>
      <p id="condition">${card.exitRow}</p>
      <button
        type="button"
        class="button"
        aria-describedby="condition"
        @click=${() => this.dispatchEvent(new PanelRequest('toggle-seat', { designator, assent: true }))}
      >
        ${card.assent(traveller ? firstName(traveller) : '', designator)}
      </button>
      <button type="button" class="button plain" @click=${this.#dismiss}>${card.otherSeat}</button>
    </div>`;
  }
}

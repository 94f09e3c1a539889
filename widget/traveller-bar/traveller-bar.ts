import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Traveller } from '../../server/wire/panel.ts';
import type { Speech } from '../messages/message.ts';
import { given } from '../state/given.ts';
import { PanelRequest } from '../state/requests.ts';
import { segmentOf, type PanelState } from '../state/panel-model.ts';
import { pickOf } from '../state/picks.ts';
import { controls } from '../styles/controls.ts';
import { styles } from './traveller-bar.styles.ts';

/**
 * `<dc-traveller-bar>`: who is being chosen for, with each one's seat and price. One tab stop; arrows choose, as radio
 * buttons do.
 *
 * Asks `show-traveller`. Parts: `travellers`, `traveller`, `badge`.
 */
export class TravellerBarElement extends LitElement {
  static override styles = [controls, styles];
  static override properties = {
    speech: given,
    state: given,
  };

  speech!: Speech;
  state!: PanelState;

  #show(traveller: string): void {
    this.dispatchEvent(new PanelRequest('show-traveller', { traveller }));
  }

  #onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const travellers = this.state.opened?.travellers ?? [];
    const at = (travellers.findIndex(({ id }) => id === this.state.traveller) + by) % travellers.length;
    this.#show(travellers.at(at)!.id);
    [...this.renderRoot.querySelectorAll('button')].at(at)?.focus();
  }

  protected override render(): TemplateResult {
    const { words } = this.speech;
    return html`<div
      part="travellers"
      class="who"
      role="radiogroup"
      aria-label=${words.who}
      @keydown=${this.#onKeyDown}
    >
      ${this.state.opened?.travellers.map((traveller) => this.#renderTraveller(traveller))}
    </div>`;
  }

  #renderTraveller({ id, name, initials, lap }: Traveller): TemplateResult {
    const { words } = this.speech;
    const isCurrent = id === this.state.traveller;
    return html`<button
      type="button"
      role="radio"
      part="traveller"
      aria-checked=${isCurrent}
      tabindex=${isCurrent ? nothing : -1}
      @click=${() => this.#show(id)}
    >
      <span part="badge" class="badge ${isCurrent ? 'you' : ''}" aria-hidden="true">${initials}</span>
      <span>
        <b>${name}</b>
        <small class="num">${this.#seatLine(id)}</small>
        ${lap ? html`<small>${words.onLap(lap)}</small>` : nothing}
      </span>
    </button>`;
  }

  #seatLine(traveller: string): string {
    const { words, price } = this.speech;
    const { picks, segment } = this.state;
    const held = segmentOf(this.state)?.held[traveller];
    if (held) return `${held.designator} · ${held.paid ? words.paid : words.held}`;
    const pick = pickOf(picks, segment, traveller);
    return pick ? `${pick.designator} · ${price(pick.price)}` : words.noSeatYet;
  }
}

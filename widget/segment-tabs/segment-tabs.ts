import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Place, Segment } from '../../server/wire/panel.ts';
import type { Speech } from '../messages/message.ts';
import { given } from '../state/given.ts';
import { PanelRequest } from '../state/requests.ts';
import type { PanelState } from '../state/panel-model.ts';
import { isSeated } from '../state/picks.ts';
import { controls } from '../styles/controls.ts';
import { styles } from './segment-tabs.styles.ts';

/**
 * `<dc-segment-tabs>`: the booking's flights, with how many seats each has. Arrows, Home and End walk, Enter or a press
 * turns to a flight: a map may have to be fetched, so walking over a tab does not show it.
 *
 * Asks `show-segment`. Parts: `tabs`, `tab`.
 */
export class SegmentTabsElement extends LitElement {
  static override styles = [controls, styles];
  static override properties = {
    speech: given,
    state: given,
  };

  speech!: Speech;
  state!: PanelState;

  /** To the shown flight's tab. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }

  #onKeyDown(event: KeyboardEvent): void {
    const tabs = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')];
    const at = tabs.indexOf(event.target as HTMLElement);
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    tabs.at(to % tabs.length)?.focus();
  }

  protected override render(): TemplateResult {
    const { words } = this.speech;
    return html`<div part="tabs" class="tabs" role="tablist" aria-label=${words.flights} @keydown=${this.#onKeyDown}>
      ${this.state.opened?.segments.map((segment) => this.#renderTab(segment))}
    </div>`;
  }

  #renderTab(segment: Segment): TemplateResult {
    const { words, day } = this.speech;
    const { opened, picks } = this.state;
    const travellers = opened?.travellers ?? [];
    const seated = travellers.filter(({ id }) => isSeated(picks, segment, id)).length;
    const isCurrent = segment.id === this.state.segment;
    const progress = segment.no_map && !seated ? words.nothingHere : words.progress(seated, travellers.length);
    return html`<button
      type="button"
      role="tab"
      part="tab"
      aria-selected=${isCurrent}
      tabindex=${isCurrent ? nothing : -1}
      @click=${() => this.dispatchEvent(new PanelRequest('show-segment', { segment: segment.id }))}
    >
      <strong
        >${place(segment.from)}<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 10h13M11 5l5 5-5 5" /></svg
        ><span class="sr"> ${words.arrow} </span>${place(segment.to)}</strong
      >
      <span>${day(segment.departs)} · ${segment.flight}</span>
      <span class=${seated === travellers.length ? 'done' : ''}>${progress}</span>
    </button>`;
  }
}

/** City where there is room, else the airport's code. */
function place({ city, code }: Place): TemplateResult {
  return city ? html`<span class="long">${city}</span><span class="short">${code}</span>` : html`<span>${code}</span>`;
}

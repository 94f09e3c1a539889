import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { MapAnswer } from '../../server/wire/panel.ts';
import type { Speech } from '../messages/message.ts';
import { legendOf, type LegendEntry } from '../seat-map/price-scale.ts';
import { given } from '../state/given.ts';
import { controls } from '../styles/controls.ts';
import { styles } from './seat-legend.styles.ts';

/**
 * `<dc-seat-legend>`: what the seats of a map cost, cheapest first, or what its marks mean. Two lines, two elements, since
 * the second one stands below the map where the panel is narrow. Part: `legend`.
 */
export class SeatLegendElement extends LitElement {
  static override styles = [controls, styles];
  static override properties = {
    speech: given,
    map: given,
    shows: given,
  };

  speech!: Speech;
  map!: MapAnswer;
  shows: 'prices' | 'marks' = 'prices';

  protected override render(): TemplateResult {
    const { prices, marks } = this.speech.words.legend;
    const isPrices = this.shows === 'prices';
    return html`<ul part="legend" aria-label=${isPrices ? prices : marks}>
      ${isPrices ? this.#renderPrices() : this.#renderMarks()}
    </ul>`;
  }

  #renderPrices(): TemplateResult[] {
    const { words, currency, locale } = this.speech;
    return legendOf(this.map, { currency, locale, words: words.seat }).map(
      ({ band, letter, text }: LegendEntry) =>
        html`<li>
          <span class="key ${band}" aria-hidden="true">${letter}</span
          >${band === 'bL' ? words.legend.extraLegroom : nothing} <b class="num">${text}</b>
        </li>`,
    );
  }

  #renderMarks(): TemplateResult[] {
    const { yours, taken, notForYou, exit } = this.speech.words.legend;
    const hasExit = this.map.decks.some(({ cabins }) => cabins.some(({ rows }) => rows.some((row) => row.exit)));
    const marks = [['you', yours], ['taken', taken], ['shut', notForYou], ...(hasExit ? [['exit', exit]] : [])];
    return marks.map(
      ([mark, text]) =>
        html`<li><span class="key ${mark}" aria-hidden="true">${mark === 'taken' ? '×' : nothing}</span>${text}</li>`,
    );
  }
}

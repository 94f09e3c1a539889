import { CSSResult, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Deck, MapAnswer, Segment, Traveller } from '../../server/wire/panel.ts';
import { given } from '../state/given.ts';
import { PanelRequest } from '../state/requests.ts';
import { drawDecks, paintSeat, type DrawnSeat } from './draw.ts';
import { facesFor, gridOf, ownersOf, shapeOf, type FaceOf, type MapGrid, type Owner } from './grid.ts';
import { nextDesignator } from './keyboard.ts';
import { priceScale, type PriceScale } from './price-scale.ts';
import { rehearse } from './rehearse.ts';
import { styles } from './seat-map.styles.ts';
import type { SeatWords } from './words.ts';

export const SEAT_MAP_TAG = 'dc-seat-map';

/** Properties that the whole drawing is made from; the others only change seats. */
const DRAWN_FROM = ['map', 'words', 'currency', 'locale', 'label'] as const;

/**
 * `<dc-seat-map>`: one flight's cabin, drawn as an aircraft, every seat one element that a mouse, a finger, a keyboard
 * or a screen reader can take. It changes nothing itself: it says what the traveller wanted and draws what it is given.
 *
 * Give it, as properties (never mutate an object you gave; hand in a new one):
 * - `words`, `currency`, `locale`, `label`: needed before anything is drawn
 * - `map`: the answer of the panel's `map` call; null draws nothing. The same flight read again touches only seats that changed
 * - `travellers`: in the answer's order, since prices and reasons per traveller are lists in that order
 * - `current`: id of the traveller who is choosing; `picks`: traveller id -> designator, this flight only
 * - `held`: the segment's `held`; a pick of the same traveller is shown instead of it
 *
 * Which deck a narrow map shows is its own to say: the one with the current traveller's seat, else with a free seat, until
 * the switch is pressed. Where decks fit beside each other it draws them so.
 *
 * It dispatches `PanelRequest` (`dc-request`, bubbling, composed), nothing else:
 * - `toggle-seat` for **every** press (click, tap, Enter, Space), on seats that cannot be had, too: whether it may be
 *   taken, what to announce and whether the exit row needs an assent first is the panel's to say. The map never judges.
 * - `look-at-seat` when the seat under the mouse or the keyboard focus changes; null when neither is on a seat. A press
 *   is always preceded by it, since it moves the focus.
 *
 * Public: `focusSeat(designator?)`, `seatElement(designator)`.
 * Set by the panel as custom properties: `--departcart-sticky-top` (host's sticky header) and `--dc-dock` (height of the
 * sticky dock below), so that a focused seat is never hidden under either.
 * Parts: `stage`, `deck-switch`. Colours come from `widget/styles/tokens.ts`, which the panel adopts for its host.
 *
 * Importing this file defines nothing: `widget/panel/define.ts` registers `SEAT_MAP_TAG` with `SeatMapElement`.
 * For the legend use `legendOf(map, { currency, locale, words })` of `./price-scale.ts`, for amounts elsewhere
 * `amountText` of `./amounts.ts`; call `SeatMapElement.warm(words, currency, locale)` while the map is on its way.
 */
export class SeatMapElement extends LitElement {
  static override styles = styles;
  static override properties = {
    shown: { state: true },
    map: given,
    travellers: given,
    current: given,
    picks: given,
    held: given,
    currency: given,
    locale: given,
    label: given,
    words: given,
  };

  #grid: MapGrid | null = null;
  #scale: PriceScale | null = null;
  #faceOf: FaceOf | null = null;
  #seats = new Map<string, DrawnSeat>();
  /** As drawn now. */
  #owners = new Map<string, Owner>();
  /** What the update under way has to do to the seats. */
  #due: 'draw' | 'paint' | 'paint-owned' | null = null;
  /** By deck: the seat where Tab lands. */
  #stops = new Map<Deck['level'], DrawnSeat>();
  #focused: string | null = null;
  #hovered: string | null = null;
  #lookedAt: string | null = null;
  #pointerAt = '';

  get #holder(): HTMLElement {
    return this.renderRoot.querySelector('.decks')!;
  }

  /** The deck that a narrow map shows. */
  private shown: Deck['level'] = 'main';

  map: MapAnswer | null = null;
  travellers: readonly Traveller[] = [];
  current = '';
  picks: Readonly<Record<string, string>> = {};
  held: Segment['held'] = {};
  currency = '';
  locale = 'en';
  /** Accessible name of the grid: "Seats on ZS 482, Dublin to London". */
  label = '';
  words: SeatWords | null = null;

  /**
   * Does ahead what the first map would have to wait for: style sheet, drawings, the first formatter of the page, code
   * compiled. Call it while the map is on its way; `currency` may be any, if the map's is not known yet.
   */
  static warm(words: SeatWords, currency: string, locale: string): void {
    rehearse(words, currency, locale);
    for (const sheet of this.elementStyles) if (sheet instanceof CSSResult) void sheet.styleSheet;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const redraw = DRAWN_FROM.some((name) => changed.has(name));
    this.#due = null;
    if (redraw) this.#due = this.#read(changed);
    else if (changed.has('travellers') || changed.has('current')) this.#due = 'paint';
    else if (changed.has('picks') || changed.has('held')) this.#due = 'paint-owned';
    if (this.#scale && this.words && this.#due && this.#due !== 'paint-owned') {
      this.#faceOf = facesFor(this.#scale, this.words, this.travellers, this.current);
    }
    if (this.#due === 'draw' && this.#grid) this.shown = this.#likelyDeck(this.#grid);
  }

  protected override updated(): void {
    const owners = ownersOf(this.travellers, this.picks, this.held);
    const before = this.#owners;
    this.#owners = owners;
    if (this.#due === 'draw') this.#draw();
    else if (this.#due === 'paint') this.#paint(this.#seats.keys());
    else if (this.#due === 'paint-owned') this.#paint([...before.keys(), ...owners.keys()]);
  }

  /** Focuses a seat and shows its deck; without a designator the seat where Tab would land. False: no such seat. */
  focusSeat(designator?: string): boolean {
    if (this.hasUpdated && this.isUpdatePending) this.performUpdate();
    const seat = designator === undefined ? this.#stops.get(this.shown) : this.#seats.get(designator);
    if (!seat) return false;
    if (this.shown !== seat.cell.level) {
      this.shown = seat.cell.level;
      this.performUpdate();
    }
    seat.element.focus();
    return true;
  }

  /** The seat's element inside the shadow root, for measuring; null: not on this map. */
  seatElement(designator: string): HTMLElement | null {
    return this.#seats.get(designator)?.element ?? null;
  }

  /** Works out grid and prices anew, and whether what is drawn can stay. */
  #read(changed: PropertyValues<this>): 'draw' | 'paint' {
    const { map, words, currency, locale } = this;
    const before = changed.get('map');
    const drawn = this.#scale;
    this.#grid = map && words && currency ? gridOf(map) : null;
    this.#scale = map && words && currency ? priceScale(map, { currency, locale, words }) : null;
    const onlyMap = DRAWN_FROM.every((name) => name === 'map' || !changed.has(name));
    if (!drawn || !onlyMap || !before || !map || !this.#grid) return 'draw';
    if (drawn.widest !== this.#scale?.widest || before.segment !== map.segment || shapeOf(before) !== shapeOf(map))
      return 'draw';
    for (const [designator, cell] of this.#grid.seats) {
      const seat = this.#seats.get(designator);
      if (seat) seat.cell = cell;
    }
    return 'paint';
  }

  /** Where the current traveller sits, else the first deck with a seat to be had. */
  #likelyDeck({ decks, seats }: MapGrid): Deck['level'] {
    const first = decks[0]?.level ?? 'main';
    if (decks.length < 2) return first;
    const own = seats.get(this.picks[this.current] ?? this.held[this.current]?.designator ?? '');
    if (own) return own.level;
    for (const cell of seats.values()) if (!this.#faceOf?.(cell, undefined).disabled) return cell.level;
    return first;
  }

  #draw(): void {
    const focused = this.#focused;
    const { words, label } = this;
    const faceOf = this.#faceOf;
    this.#seats = new Map();
    this.#stops = new Map();
    this.#hovered = this.#lookedAt = null;
    if (!this.#grid || !this.#scale || !faceOf || !words) return this.#holder.replaceChildren();
    const { decks, seats } = drawDecks(this.#grid, {
      words,
      label,
      widest: this.#scale.widest,
      faceOf: (cell) => faceOf(cell, this.#owners.get(cell.designator)),
    });
    this.#seats = seats;
    this.#placeStops();
    this.#holder.replaceChildren(...decks);
    // the seat that had the focus is gone with the old drawing: the focus stays on the map
    if (focused !== null && !this.focusSeat(focused)) this.focusSeat();
  }

  /** Tab lands on the current traveller's seat, else on the first that can be had, else on the first. */
  #placeStops(): void {
    const ranks = new Map<Deck['level'], number>();
    for (const seat of this.#seats.values()) {
      const rank = seat.face.look === 'you' ? 3 : seat.face.disabled ? 1 : 2;
      if (rank <= (ranks.get(seat.cell.level) ?? 0)) continue;
      ranks.set(seat.cell.level, rank);
      this.#moveStop(seat);
    }
  }

  #paint(designators: Iterable<string>): void {
    if (!this.#faceOf) return;
    for (const designator of designators) {
      const seat = this.#seats.get(designator);
      if (seat) paintSeat(seat, this.#faceOf(seat.cell, this.#owners.get(designator)));
    }
  }

  #moveStop(seat: DrawnSeat): void {
    const { level } = seat.cell;
    const before = this.#stops.get(level);
    if (before === seat) return;
    if (before) before.element.tabIndex = -1;
    seat.element.tabIndex = 0;
    this.#stops.set(level, seat);
  }

  #seatOf(event: Event): DrawnSeat | undefined {
    const element = (event.target as Element).closest<HTMLElement>('.seat');
    return element ? this.#seats.get(element.dataset.seat ?? '') : undefined;
  }

  #press(seat: DrawnSeat): void {
    this.dispatchEvent(new PanelRequest('toggle-seat', { designator: seat.cell.designator }));
  }

  #lookAt(designator: string | null): void {
    if (designator === this.#lookedAt) return;
    this.#lookedAt = designator;
    this.dispatchEvent(new PanelRequest('look-at-seat', { designator }));
  }

  #onClick(event: MouseEvent): void {
    const seat = this.#seatOf(event);
    if (seat) this.#press(seat);
  }

  #onKeyDown(event: KeyboardEvent): void {
    const seat = this.#seatOf(event);
    if (!seat || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (!event.repeat) this.#press(seat);
      return;
    }
    const { level, designator } = seat.cell;
    const walk = this.#grid?.decks.find((deck) => deck.level === level)?.walk ?? [];
    const next = nextDesignator(walk, designator, event.key, event.ctrlKey);
    if (next === null) return;
    event.preventDefault();
    this.focusSeat(next);
  }

  #onFocusIn(event: FocusEvent): void {
    const seat = this.#seatOf(event);
    if (!seat) return;
    this.#moveStop(seat);
    this.#focused = seat.cell.designator;
    this.#lookAt(this.#focused);
  }

  #onFocusOut(): void {
    this.#focused = null;
    this.#lookAt(this.#hovered);
  }

  #onPointerOver(event: PointerEvent): void {
    // a finger has no hover, and a page that scrolls under a resting mouse is not a look
    const at = `${event.screenX} ${event.screenY}`;
    if (event.pointerType === 'touch' || at === this.#pointerAt) return;
    this.#pointerAt = at;
    this.#hovered = this.#seatOf(event)?.cell.designator ?? null;
    this.#lookAt(this.#hovered ?? this.#focused);
  }

  #onPointerLeave(): void {
    this.#pointerAt = '';
    this.#hovered = null;
    this.#lookAt(this.#focused);
  }

  protected override render(): TemplateResult {
    return html`<div part="stage" class="stage ${this.#arrangement()}" data-show=${this.shown}>
      ${this.#renderDeckSwitch()}
      <div
        class="decks"
        @click=${this.#onClick}
        @keydown=${this.#onKeyDown}
        @focusin=${this.#onFocusIn}
        @focusout=${this.#onFocusOut}
        @pointerover=${this.#onPointerOver}
        @pointerleave=${this.#onPointerLeave}
      ></div>
    </div>`;
  }

  /** From which width on the decks stand side by side, see the styles; a wide hull needs more. */
  #arrangement(): string {
    const { decks = [], most = 0 } = this.#grid ?? {};
    if (decks.length < 2) return 'one';
    return decks.length > 2 ? 'three' : most > 8 ? 'pair-wide' : 'pair';
  }

  #renderDeckSwitch(): TemplateResult | typeof nothing {
    const { words } = this;
    const decks = this.#grid?.decks ?? [];
    if (!words || decks.length < 2) return nothing;
    return html`<div part="deck-switch" class="deck-switch" role="group" aria-label=${words.deckSwitch}>
      ${decks.map(
        ({ level }) =>
          html`<button type="button" aria-pressed=${level === this.shown} @click=${() => (this.shown = level)}>
            ${words.decks[level]}
          </button>`,
      )}
    </div>`;
  }
}

import { css, unsafeCSS, type CSSResult } from 'lit';

/**
 * The aircraft. Sizes follow the width of the deck's box, not the window's: one formula gives the seat in whole pixels, all
 * else is measured in seats. What each rule costs was measured: no rule for all elements, no overflow on a seat, one class
 * for its look, no variable in a shorthand of many parts, inherited values set once above all seats, bays as layout boundaries.
 */
const stage = css`
  :host {
    display: block;
    container: dc-map / inline-size;
    font: 400 var(--dc-t-2) / 1.45 var(--departcart-font);
    color: var(--dc-ink);
  }
  .stage {
    position: relative;
    overflow: clip;
    padding-block: 14px 22px;
    background: linear-gradient(var(--dc-sky), var(--dc-sky-2));
    direction: ltr;
    text-align: left;
    -webkit-text-size-adjust: 100%;
  }

  .deck-switch {
    display: flex;
    width: max-content;
    margin: 0 auto 14px;
    padding: 3px;
    border-radius: 99px;
    background: color-mix(in oklab, var(--dc-ink) 7%, transparent);
  }
  .deck-switch button {
    min-height: 32px;
    margin: 0;
    padding: 0 14px;
    border: 0;
    border-radius: 99px;
    background: none;
    font: 500 var(--dc-t-1) / 1.2 var(--departcart-font);
    color: var(--dc-ink-2);
    white-space: nowrap;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  .deck-switch [aria-pressed='true'] {
    background: var(--dc-surface);
    color: var(--dc-ink);
    box-shadow:
      var(--dc-lift),
      0 0 0 0.5px var(--dc-edge);
  }
  .deck-switch :focus-visible {
    outline: 2.5px solid var(--dc-ink);
    outline-offset: 2px;
  }

  .decks {
    --box: 100cqi;
    display: flex;
    justify-content: center;
  }
  .deck {
    flex: none;
    width: var(--box);
  }
  .deck-name {
    display: none;
    margin: 0;
    padding-bottom: 10px;
    text-align: center;
    font-size: var(--dc-t-1);
    font-weight: 650;
    color: var(--dc-ink-2);
  }
  [data-show='main'] .deck:not([data-deck='main']),
  [data-show='upper'] .deck:not([data-deck='upper']),
  [data-show='lower'] .deck:not([data-deck='lower']) {
    display: none;
  }
`;

/** From this width on decks stand beside each other, at one scale. `share`: what each has of the map's width, in percent. */
const sideBySide = (name: string, minWidth: number, share: number, maxSeat: number): CSSResult => css`
  @container dc-map (min-width: ${minWidth}px) {
    .${unsafeCSS(name)} .deck.deck.deck {
      display: block;
    }
    .${unsafeCSS(name)} .deck-switch {
      display: none;
    }
    .${unsafeCSS(name)} .deck-name {
      display: block;
    }
    .${unsafeCSS(name)} .decks {
      --box: ${share}cqi;
    }
    .${unsafeCSS(name)} .hull {
      --dc-fit: var(--m);
      --max: ${maxSeat}px;
    }
  }
`;

const hull = css`
  .hull {
    --dc-fit: var(--n);
    --max: 42px;
    --edge: 8px;
    --gap-is: clamp(2px, 0.009 * var(--box), 5px);
    --aisle-is: clamp(24px, 0.08 * var(--box), 46px);
    --wall-is: clamp(10px, 0.036 * var(--box), 22px);
    --seat-is: calc(
      (
          var(--box) - var(--edge) - 2 * var(--dc-wall) - var(--a) * var(--dc-aisle) - (var(--dc-fit) + var(--a) - 1) *
            var(--dc-gap)
        ) /
        var(--dc-fit)
    );
    --dc-gap: var(--gap-is);
    --dc-aisle: var(--aisle-is);
    --dc-wall: var(--wall-is);
    --dc-seat: clamp(24px, var(--seat-is), var(--max));
    --dc-seat-h: max(30px, var(--dc-seat));
    --dc-legroom: 9px;
    --dc-back: 4px;
    --dc-corner: 9px;
    --dc-corner-2: 8px;
    --dc-pitch: calc(var(--dc-seat-h) + var(--dc-gap) + 1px);
    --dc-width: calc(
      var(--n) * var(--dc-seat) + var(--a) * var(--dc-aisle) + (var(--n) + var(--a) - 1) * var(--dc-gap) + 2 *
        var(--dc-wall)
    );
    position: relative;
    width: var(--dc-width);
    margin-inline: auto;
    -webkit-user-select: none;
    user-select: none;
  }
  .wide {
    --dc-back: 3px;
    --dc-corner: 7px;
    --dc-corner-2: 6px;
    --edge: 4px;
    --gap-is: clamp(2px, 0.005 * var(--box), 4px);
    --aisle-is: clamp(18px, 0.056 * var(--box), 36px);
    --wall-is: clamp(5px, 0.017 * var(--box), 18px);
  }
  .widest {
    --max: 36px;
  }
  /* whole pixels: no blurred edge; Chrome before 125 has no round() */
  @supports (width: round(down, 1.5px, 1px)) {
    .hull {
      --dc-gap: round(down, var(--gap-is), 1px);
      --dc-aisle: round(down, var(--aisle-is), 1px);
      --dc-wall: round(down, var(--wall-is), 1px);
      --dc-seat: clamp(24px, round(down, var(--seat-is), 1px), var(--max));
    }
  }

  /* half of the 2px stroke lies outside the path: inset by it, so that the outline meets the walls */
  .nose,
  .tail {
    display: block;
    width: calc(100% - 2px);
    margin-inline: 1px;
    overflow: visible;
  }
  .nose {
    margin-bottom: -1px;
  }
  .tail {
    margin-top: -1px;
  }
  .shade {
    stop-color: var(--dc-hull-shade);
  }
  .skin {
    stop-color: var(--dc-hull);
  }
  .hull-line {
    stroke: var(--dc-hull-line);
    stroke-width: 2px;
    vector-effect: non-scaling-stroke;
  }
  .glass {
    fill: var(--dc-hull-line);
  }
  .fin {
    fill: var(--dc-hull-line);
    opacity: 0.7;
  }
  /* what seats inherit is set here and nowhere below: bays and rows then share one style, and seats of one look another */
  .fuselage {
    display: flow-root;
    font-size: 12px;
    font-weight: 500;
    line-height: calc(var(--dc-seat-h) - 1.5px - var(--dc-back));
    text-align: center;
    white-space: nowrap;
    color: var(--dc-seat-text);
  }
  .fuselage,
  .letters {
    background:
      linear-gradient(var(--dc-hull-line), var(--dc-hull-line)) 0 0 / 2px 100% no-repeat,
      linear-gradient(var(--dc-hull-line), var(--dc-hull-line)) 100% 0 / 2px 100% no-repeat,
      linear-gradient(90deg, var(--dc-hull-shade), var(--dc-hull) 12%, var(--dc-hull) 88%, var(--dc-hull-shade));
  }

  .span {
    position: relative;
  }
  .span::before {
    content: '';
    position: absolute;
    inset: 2px 0;
    border: 0 solid var(--dc-wing-root);
    border-inline-width: 4px;
  }
  .wing {
    display: none;
    position: absolute;
    top: -34px;
    height: calc(100% + 60px);
    width: max(0px, (var(--box) - var(--dc-width)) / 2 + 2px);
    pointer-events: none;
    overflow: visible;
  }
  /* wings are two drawings where there is room beside the hull, else a bar along each wall; of two hulls they would meet */
  @container dc-map (min-width: 540px) {
    .one .winged::before {
      display: none;
    }
    .one .wing {
      display: block;
    }
  }
  .wing.left {
    right: calc(100% - 1px);
  }
  .wing.right {
    left: calc(100% - 1px);
    transform: scaleX(-1);
  }
  .blade {
    fill: var(--dc-wing);
    stroke: var(--dc-wing-line);
    stroke-width: 1.5px;
    vector-effect: non-scaling-stroke;
  }
  .pod {
    fill: var(--dc-wing-line);
  }
  .flap {
    fill: none;
    stroke: var(--dc-wing-line);
    stroke-width: 1.5px;
    vector-effect: non-scaling-stroke;
  }
`;

const cabin = css`
  .cabin-name {
    display: flex;
    align-items: center;
    justify-content: center;
    height: 34px;
    font-size: var(--dc-t-0);
    font-weight: 650;
    letter-spacing: 0.07em;
    text-transform: uppercase;
    color: var(--dc-ink-2);
  }
  .cabin + .cabin {
    border-top: 2px solid var(--dc-hull-line);
  }
  /* the first galley moves up into the nose */
  .cabin:first-child > .cabin-name:first-child {
    margin-top: -22px;
  }
  .cabin:first-child > .facilities:first-child {
    margin-top: -18px;
    padding-inline: 9%;
  }
  /* fewer seats abreast than the hull is wide: they share its width */
  .spread,
  .roomy {
    --share: calc(
      (var(--dc-width) - 2 * var(--dc-wall) - var(--i) * var(--dc-aisle) - (var(--k) + var(--i) - 1) * var(--dc-gap)) /
        var(--k)
    );
    --dc-seat: min(var(--share), var(--cap));
  }
  .spread {
    --cap: 50px;
  }
  .roomy {
    --cap: 80px;
    --dc-gap: 6px;
    --dc-corner: 13px;
    --dc-corner-2: 10px;
    --dc-seat-h: 48px;
    --dc-pitch: 56px;
    line-height: calc(var(--dc-seat-h) - 1.5px - var(--dc-back));
  }
  @supports (width: round(down, 1.5px, 1px)) {
    .spread,
    .roomy {
      --dc-seat: min(round(down, var(--share), 1px), var(--cap));
    }
  }

  /* a cabin this fare does not include: folded and named, not 48 grey seats */
  .fold {
    display: grid;
    gap: 9px;
    justify-items: center;
    padding: 16px 12px 18px;
    font-size: var(--dc-t-1);
    font-weight: 400;
    line-height: 1.45;
    white-space: normal;
    color: var(--dc-ink-2);
  }
  .fold b {
    font-weight: 650;
    color: var(--dc-ink);
  }
  .fold::before {
    content: '';
    width: min(64%, 190px);
    height: 26px;
    background: repeating-linear-gradient(90deg, var(--dc-taken) 0 22px, transparent 22px 28px);
    -webkit-mask: linear-gradient(#000 0 11px, transparent 11px 15px, #000 15px);
    mask: linear-gradient(#000 0 11px, transparent 11px 15px, #000 15px);
  }

  .facilities {
    display: flex;
    gap: var(--dc-aisle);
    padding: 6px calc(var(--dc-wall) + 2px) 8px;
  }
  .facilities span {
    flex: 1;
    min-width: 0;
    height: 30px;
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: center;
  }
  .facilities .block {
    border-radius: 7px;
    background: var(--dc-facility);
    color: var(--dc-ink-2);
  }
  .facilities svg {
    flex: none;
    width: 17px;
    height: 17px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .row,
  .letters {
    display: flex;
    justify-content: center;
    gap: var(--dc-gap);
  }
  .roomy .row,
  .roomy .letters,
  .spread .row,
  .spread .letters {
    justify-content: space-between;
    padding-inline: var(--dc-wall);
  }
  .letters {
    position: sticky;
    z-index: 1;
    top: var(--departcart-sticky-top, 0px);
    height: 24px;
    align-items: center;
    font-size: var(--dc-t-1);
    font-weight: 650;
    color: var(--dc-ink-2);
  }
  .letters > span {
    flex: none;
    width: var(--dc-seat);
  }
  .letters > i {
    position: relative;
    flex: none;
    width: var(--dc-aisle);
  }
  .letters u {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  @media (max-height: 420px) {
    .letters {
      position: static;
    }
  }

  .bay {
    contain: strict; /* its height is written */
    overflow-clip-margin: 8px; /* keeps a focus ring whole */
  }
  /* Safari cuts at the bay's edge: there it is a boundary of layout only */
  @supports not (overflow-clip-margin: 8px) {
    .bay {
      contain: size layout style;
    }
  }
  .long .bay {
    content-visibility: auto;
  }
  .row {
    align-items: end;
    height: var(--dc-pitch);
  }
  .far {
    height: calc(var(--dc-pitch) + var(--dc-legroom));
  }
  .row > span {
    flex: none;
    width: var(--dc-aisle);
    font-size: var(--dc-t-0);
    line-height: var(--dc-seat-h);
    color: var(--dc-ink-2);
  }
  .row > .none {
    width: var(--dc-seat);
  }

  /* exits: a door in the wall and an arrow out */
  .exit {
    position: relative;
  }
  .exit::before,
  .exit::after {
    content: '';
    position: absolute;
    bottom: 1px;
    width: clamp(5px, calc(var(--dc-wall) - 4px), 11px);
    height: var(--dc-seat-h);
    background: var(--dc-exit);
    clip-path: polygon(0 0, 4px 0, 4px 38%, 100% 26%, 100% 74%, 4px 62%, 4px 100%, 0 100%);
  }
  .exit::before {
    left: 0;
  }
  .exit::after {
    right: 0;
    transform: scaleX(-1);
  }
  /* thin walls: the door stands out of the hull */
  .wide .exit::before,
  .wide .exit::after {
    width: calc(var(--dc-wall) + 4px);
  }
  .wide .exit::before {
    left: -4px;
  }
  .wide .exit::after {
    right: -4px;
  }
`;

const seat = css`
  .seat {
    flex: none;
    box-sizing: border-box;
    width: var(--dc-seat);
    height: var(--dc-seat-h);
    border: 1.5px solid;
    border-color: var(--dc-seat-line);
    border-bottom-width: var(--dc-back);
    border-radius: var(--dc-corner) var(--dc-corner) var(--dc-corner-2) var(--dc-corner-2);
    background-color: var(--dc-b0);
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  /* three digits on a seat of 24px, and four */
  .small .fuselage {
    font-size: clamp(11px, var(--dc-seat) / 2.4, 12px);
    letter-spacing: -0.035em;
  }
  .tiny .fuselage {
    font-size: clamp(9.5px, var(--dc-seat) / 2.9, 12px);
    letter-spacing: -0.035em;
  }
  .b1 {
    background-color: var(--dc-b1);
  }
  .b2 {
    background-color: var(--dc-b2);
  }
  .b3 {
    background-color: var(--dc-b3);
  }
  .bL {
    border-color: var(--dc-bL-line);
    background-color: var(--dc-bL);
    background-image: linear-gradient(var(--dc-bL-line), var(--dc-bL-line));
    background-position: 50% 3px;
    background-repeat: no-repeat;
    background-size: 14px 2px;
  }
  .taken {
    border-color: transparent;
    background-color: var(--dc-taken);
    color: var(--dc-taken-mark);
    cursor: default;
  }
  .seat.shut {
    border: 1px dashed;
    border-color: var(--dc-shut);
    background: none;
    cursor: default;
  }
  .other {
    border-color: var(--dc-brand);
    box-shadow: inset 0 0 0 1px var(--dc-brand);
    color: var(--dc-brand);
    font-weight: 650;
  }
  .you {
    border-color: var(--dc-fill) var(--dc-fill) var(--dc-fill-deep);
    background-color: var(--dc-fill);
    color: var(--dc-on-fill);
    font-weight: 650;
  }
  @media (hover: hover) {
    .seat:hover:not(.you, .taken, .shut) {
      border-color: var(--dc-brand);
      background-color: var(--dc-tint-2);
    }
  }
  .seat:focus-visible {
    outline: 2.5px solid var(--dc-ink);
    outline-offset: 1.5px;
  }
  /* a focused seat is never under the letters above or the dock below */
  .seat:focus {
    scroll-margin: calc(var(--departcart-sticky-top, 0px) + 34px) 0 calc(var(--dc-dock, 0px) + 10px);
  }
`;

const modes = css`
  @media (prefers-contrast: more) {
    .seat {
      border-width: 2px;
      border-bottom-width: 4px;
    }
  }
  @media (forced-colors: active) {
    .seat {
      border-color: ButtonText;
      background: ButtonFace;
      color: ButtonText;
    }
    .taken,
    .seat.shut {
      border-color: GrayText;
      color: GrayText;
    }
    .bL {
      border-top: 4px solid ButtonText;
    }
    .other {
      border: 3px double ButtonText;
      line-height: calc(var(--dc-seat-h) - 6px);
    }
    .you,
    .deck-switch [aria-pressed='true'] {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
    .deck-switch button {
      border: 1px solid ButtonText;
    }
    .fuselage {
      border-inline: 2px solid CanvasText;
    }
    .hull-line {
      fill: none;
      stroke: CanvasText;
    }
    .glass,
    .fin {
      fill: CanvasText;
    }
    .blade,
    .pod,
    .flap {
      fill: none;
      stroke: GrayText;
    }
    .block {
      border: 1px solid CanvasText;
    }
    .span::before {
      border-color: GrayText;
    }
    .exit::before,
    .exit::after {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;

/** By `#arrangement` of the element. */
const arrangements = [
  sideBySide('pair', 640, 50, 42),
  sideBySide('pair-wide', 720, 50, 36),
  sideBySide('three', 1080, 33, 36),
];

export const styles = [stage, hull, cabin, seat, modes, arrangements];

import { css } from 'lit';

/** What every element of the panel starts from: no browser defaults, a focus ring, the badge of a traveller. */
export const controls = css`
  :host {
    display: block;
  }
  * {
    box-sizing: border-box;
  }
  p,
  ul,
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  button {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    margin: 0;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    scroll-margin-block: calc(var(--departcart-sticky-top) + 24px) calc(var(--dc-dock, 0px) + 16px);
  }
  :focus-visible {
    outline: 2.5px solid var(--dc-ink);
    outline-offset: 2px;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    width: 18px;
    height: 18px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  /* the seat of a traveller, and its mark in the legend, drawn as on the map */
  .badge {
    flex: none;
    display: inline-grid;
    place-items: center;
    width: 32px;
    height: 32px;
    font-size: 11px;
    font-weight: 650;
    border: 2px solid var(--dc-brand);
    border-bottom-width: 4px;
    border-radius: 8px;
    color: var(--dc-brand);
    background: var(--dc-b0);
  }
  .badge.you,
  .key.you {
    background: var(--dc-fill);
    color: var(--dc-on-fill);
    border-color: var(--dc-fill) var(--dc-fill) var(--dc-fill-deep);
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .badge {
      border-color: ButtonText;
    }
    .badge.you,
    .key.you {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
      border-color: Highlight;
    }
  }
`;

import { css } from 'lit';

/** From the pay page to the receipt: adopted by the panel when its third file is there. */
export const styles = css`
  .paying,
  .done {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
  }
  .two {
    gap: 24px;
    padding: 4px var(--dc-side) 24px;
  }
  .pay {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 18px;
  }
  .back {
    justify-self: start;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    color: var(--dc-ink-2);
    font-weight: 500;
  }
  .two .message {
    min-height: 0;
    padding: 0;
  }
  .back[aria-disabled],
  .go[aria-disabled] {
    cursor: progress;
  }
  .go[aria-disabled] {
    opacity: 0.72;
  }
  .card-field {
    min-height: 139px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
  }
  .card-field > * {
    grid-area: 1 / 1;
  }
  .waiting {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 35px 12px;
    padding-top: 23px;
  }
  .waiting i {
    height: 46px;
    border-radius: var(--dc-r-2);
    background: var(--dc-line);
    animation: breathe 2.4s ease-in-out infinite;
  }
  .waiting i:first-child {
    grid-column: 1 / -1;
  }
  .spinner {
    width: 16px;
    height: 16px;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }
  .fine {
    color: var(--dc-ink-2);
    font-size: var(--dc-t-1);
    line-height: 1.5;
    text-wrap: pretty;
  }
  .seats .fine {
    margin-top: 12px;
  }
  .lockline {
    display: flex;
    align-items: start;
    gap: 8px;
  }
  .lockline .icon {
    width: 15px;
    height: 15px;
    margin-top: 2px;
  }
  .legal {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
  }
  .legal a {
    min-height: 24px;
    color: var(--dc-brand);
    font-weight: 500;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  .notice {
    display: flex;
    align-items: start;
    gap: 10px;
    padding: 12px 14px;
    border-radius: var(--dc-r-2);
    background: var(--dc-warn-tint);
    color: var(--dc-warn);
  }
  .notice.bad {
    background: var(--dc-bad-tint);
    color: var(--dc-bad);
  }
  .notice p {
    flex: 1;
    min-width: 0;
    color: var(--dc-ink);
  }
  .notice b {
    display: block;
    font-weight: 650;
  }

  .split {
    width: 100%;
    max-width: 46ch;
    margin-top: 6px;
  }
  .split li {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block: 9px;
    border-top: 1px solid var(--dc-line);
  }
  .split .grow {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .split .stand {
    display: flex;
  }
  .split b,
  .split .amount {
    font-weight: 650;
  }
  .split small,
  .pass small {
    display: block;
    color: var(--dc-ink-2);
    font-size: var(--dc-t-1);
  }
  .ok {
    color: var(--dc-good);
  }
  .no {
    color: var(--dc-bad);
  }
  .wait {
    color: var(--dc-ink-2);
  }
  .was {
    margin-inline-end: 6px;
    color: var(--dc-ink-2);
    font-weight: 400;
    text-decoration: line-through;
  }

  .done {
    width: 100%;
    max-width: 720px;
    margin-inline: auto;
    padding: 20px var(--dc-side) 24px;
  }
  .yes {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding-block: 12px 4px;
    text-align: center;
  }
  .yes .heading {
    margin-top: 6px;
    font-size: var(--dc-t-5);
    letter-spacing: -0.022em;
  }
  .yes p {
    max-width: 44ch;
    color: var(--dc-ink-2);
    text-wrap: pretty;
  }
  .ring {
    display: grid;
    place-items: center;
    width: 56px;
    height: 56px;
    border-radius: 50%;
    background: var(--dc-good-tint);
    color: var(--dc-good);
  }
  .ring .icon {
    width: 28px;
    height: 28px;
    stroke-width: 2;
  }
  .passes {
    display: grid;
    gap: 12px;
  }
  .pass {
    border-radius: var(--dc-r-3);
    background: var(--dc-tint);
    overflow: clip;
  }
  .route {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 14px 16px 0;
    font-size: var(--dc-t-3);
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  .route .icon {
    width: 15px;
    height: 15px;
    color: var(--dc-ink-2);
  }
  .pass > p {
    padding: 2px 16px 13px;
    border-bottom: 1.5px dashed var(--dc-surface);
    color: var(--dc-ink-2);
    font-size: var(--dc-t-1);
  }
  .pass > ul {
    padding: 6px 16px 10px;
  }
  .pass li {
    display: flex;
    align-items: center;
    gap: 10px;
    padding-block: 7px;
  }
  .pass li > span:nth-child(2) {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .pass strong {
    font: 650 26px/1 var(--departcart-font-heading);
    letter-spacing: -0.035em;
  }
  .receipt {
    padding: 16px;
    border-radius: var(--dc-r-3);
    box-shadow: inset 0 0 0 1px var(--dc-line);
  }
  .receipt-title {
    font: 650 var(--dc-t-3) / 1.3 var(--departcart-font-heading);
    letter-spacing: -0.012em;
  }
  .receipt dl {
    display: grid;
    gap: 8px;
    margin: 10px 0 0;
  }
  .receipt dl > div {
    display: flex;
    justify-content: space-between;
    gap: 16px;
  }
  dt {
    color: var(--dc-ink-2);
  }
  dd {
    min-width: 0;
    margin: 0;
    font-weight: 500;
    text-align: end;
    overflow-wrap: anywhere;
  }
  dd.long {
    font-size: var(--dc-t-1);
    line-height: 1.6;
  }
  .stack {
    display: grid;
    gap: 12px;
    justify-items: center;
  }
  .stack .button {
    width: 100%;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }

  @container departcart (min-width: 560px) {
    .passes {
      grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
    }
  }
  @container departcart (min-width: 880px) {
    .two {
      grid-template-columns: minmax(0, 1fr) 348px;
      gap: 40px;
      align-items: start;
    }
  }
  @media (forced-colors: active) {
    .notice,
    .pass,
    .receipt,
    .ring {
      border: 1px solid CanvasText;
    }
    .waiting i {
      border: 1px solid GrayText;
    }
  }
  @media print {
    .pass {
      border: 1px solid;
      break-inside: avoid;
    }
    .card-field {
      display: none;
    }
  }
`;

import { css } from 'lit';

export const styles = css`
  .box {
    padding: 16px;
    border-radius: var(--dc-r-3);
    box-shadow: inset 0 0 0 1px var(--dc-line);
    background: var(--dc-surface);
  }
  .top {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 12px;
  }
  .title {
    font: 650 var(--dc-t-3) / 1.3 var(--departcart-font-heading);
    letter-spacing: -0.012em;
  }
  .flight {
    margin-top: 12px;
  }
  .name {
    margin-bottom: 6px;
    font-size: var(--dc-t-1);
    color: var(--dc-ink-2);
  }
  li {
    display: grid;
    grid-template-columns: auto 1fr auto auto;
    gap: 10px;
    align-items: center;
    padding-block: 5px;
  }
  li > span:nth-child(2) {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .badge {
    width: 26px;
    height: 26px;
    font-size: 9.5px;
    border-radius: 7px;
    border-bottom-width: 3px;
  }
  .seat {
    font-weight: 650;
  }
  .amount {
    min-width: 52px;
    text-align: end;
  }
  .total {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 12px;
    height: 57px;
    margin: 12px 0 14px;
    padding-top: 13px;
    border-top: 1px solid var(--dc-line);
    contain: layout style;
  }
  .total.last {
    height: auto;
    margin-bottom: 0;
  }
  b {
    font-weight: 650;
  }
  .total strong {
    font: 650 var(--dc-t-5) / 1 var(--departcart-font-heading);
    letter-spacing: -0.025em;
  }
  small {
    display: block;
    font-size: var(--dc-t-1);
    color: var(--dc-ink-2);
    font-weight: 400;
  }
  .fine {
    margin-bottom: 14px;
    color: var(--dc-ink-2);
    font-size: var(--dc-t-1);
    line-height: 1.5;
    text-wrap: pretty;
  }
  .stack {
    display: grid;
    gap: 8px;
  }
  .pay {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .pay > div {
    flex: 1;
    min-width: 0;
    line-height: 1.25;
    contain: layout style;
  }
  .pay strong {
    font-size: var(--dc-t-4);
    font-weight: 650;
    letter-spacing: -0.02em;
  }
  @media (forced-colors: active) {
    .box {
      border: 1px solid CanvasText;
    }
  }
  @media print {
    :host([compact]) {
      display: none;
    }
  }
`;

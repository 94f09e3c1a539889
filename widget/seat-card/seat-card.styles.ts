import { css } from 'lit';

export const styles = css`
  :host(:not([compact])) .card {
    min-height: 159px;
    padding: 16px;
    border-radius: var(--dc-r-3);
    box-shadow: inset 0 0 0 1px var(--dc-line);
    background: var(--dc-surface);
  }
  .empty {
    color: var(--dc-ink-2);
  }
  :host([compact]) .empty {
    display: flex;
    align-items: center;
    min-height: 36px;
    font-size: var(--dc-t-1);
  }
  /* every hover and press rewrites this line: a box of its own */
  .head {
    display: flex;
    align-items: baseline;
    gap: 10px;
    min-height: 36px;
    contain: layout style;
  }
  strong {
    flex: none;
    font: 650 var(--dc-t-6) / 1 var(--departcart-font-heading);
    letter-spacing: -0.035em;
  }
  .head span {
    min-width: 0;
    color: var(--dc-ink-2);
    line-height: 1.25;
  }
  em {
    flex: none;
    margin-inline-start: auto;
    font-style: normal;
    font-size: var(--dc-t-4);
    font-weight: 650;
    letter-spacing: -0.015em;
  }
  ul {
    display: grid;
    gap: 7px;
    margin-top: 14px;
  }
  li {
    display: flex;
    gap: 9px;
    align-items: start;
  }
  li .icon {
    width: 17px;
    height: 17px;
    margin-top: 2px;
    color: var(--dc-good);
  }
  .neutral .icon {
    color: var(--dc-ink-2);
  }
  .drawback .icon {
    color: var(--dc-warn);
  }
  .fine {
    margin-top: 12px;
    color: var(--dc-ink-2);
    font-size: var(--dc-t-1);
  }
  .note {
    margin-top: 12px;
    padding: 10px 12px;
    border-radius: var(--dc-r-2);
    background: var(--dc-warn-tint);
    color: var(--dc-warn);
    font-size: var(--dc-t-1);
  }
  .assent {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    color: var(--dc-ink);
  }
  .assent p {
    flex: 1 0 100%;
    color: var(--dc-warn);
  }
  .assent .button {
    flex: 1 1 auto;
    min-height: 42px;
    padding-inline: 12px;
    font-size: var(--dc-t-2);
  }
  .line {
    display: flex;
    align-items: center;
    gap: 10px;
    height: 36px;
    contain: layout style;
  }
  .line strong {
    font-size: 20px;
    letter-spacing: -0.03em;
  }
  .line span {
    min-width: 0;
    color: var(--dc-ink-2);
    font-size: var(--dc-t-1);
    line-height: 1.3;
  }
  .line b,
  .line i {
    display: block;
    overflow: hidden;
    font-style: normal;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .line b {
    color: var(--dc-ink);
    font-weight: 650;
  }
  .line em {
    font-size: var(--dc-t-3);
  }
  @media (forced-colors: active) {
    .card,
    .note {
      border: 1px solid CanvasText;
    }
    :host([compact]) .card {
      border: 0;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;

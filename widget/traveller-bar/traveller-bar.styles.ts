import { css } from 'lit';

export const styles = css`
  .who {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(138px, 1fr));
    gap: 8px;
    padding: 14px var(--dc-side) 0;
  }
  button {
    display: flex;
    align-items: start;
    gap: 8px;
    min-width: 0;
    padding: 9px 8px;
    border-radius: var(--dc-r-2);
    box-shadow: inset 0 0 0 1px var(--dc-line);
  }
  .badge {
    margin-top: 1px;
    width: 28px;
    height: 28px;
    font-size: 10px;
    border-radius: 7px;
  }
  button > span:last-child {
    min-width: 0;
  }
  b {
    display: block;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.008em;
    overflow-wrap: anywhere;
  }
  small {
    display: block;
    font-size: var(--dc-t-1);
    line-height: 1.35;
    color: var(--dc-ink-2);
  }
  /* changes with every press: its own box, of fixed height */
  b + small {
    margin-top: 2px;
    height: 1.35em;
    contain: layout style;
    white-space: nowrap;
  }
  [aria-checked='true'] {
    box-shadow: inset 0 0 0 2px var(--dc-brand);
    background: var(--dc-tint);
  }
  @container (min-width: 560px) {
    button {
      gap: 10px;
      padding: 9px 10px;
    }
    .badge {
      width: 32px;
      height: 32px;
      font-size: 11px;
      border-radius: 8px;
    }
  }
  @container (min-width: 880px) {
    .who {
      grid-template-columns: repeat(auto-fit, minmax(190px, 1fr));
    }
  }
  @media (forced-colors: active) {
    button {
      border: 1px solid ButtonText;
    }
    [aria-checked='true'] {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }
    [aria-checked='true']:focus-visible {
      outline-offset: 2px;
    }
  }
`;

import { css } from 'lit';

/** Buttons: the one that leads on, the plain way beside it, and a link that acts. */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 46px;
    padding: 6px 18px;
    border-radius: var(--dc-r-2);
    font-weight: 650;
    letter-spacing: -0.006em;
    line-height: 1.25;
    text-align: center;
    background: var(--dc-fill);
    color: var(--dc-on-fill);
    transition: background-color 0.16s var(--dc-ease);
  }
  .button:hover {
    background: var(--dc-fill-deep);
  }
  .button.plain {
    background: none;
    color: var(--dc-ink);
    box-shadow: inset 0 0 0 1px var(--dc-edge);
    font-weight: 500;
  }
  .button.plain:hover {
    background: color-mix(in oklab, var(--dc-ink) 5%, transparent);
  }
  .button[aria-disabled] {
    cursor: progress;
  }
  .link {
    min-height: 24px;
    color: var(--dc-brand);
    font-size: var(--dc-t-1);
    font-weight: 500;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 3px;
  }
  @media (forced-colors: active) {
    .button {
      border: 1px solid ButtonText;
    }
    .button:not(.plain) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
      border-color: Highlight;
    }
  }
  @media print {
    button {
      display: none !important;
    }
  }
`;

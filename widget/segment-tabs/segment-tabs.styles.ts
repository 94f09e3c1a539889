import { css } from 'lit';

export const styles = css`
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0 18px;
    padding: 0 var(--dc-side);
    border-bottom: 1px solid var(--dc-line);
  }
  button {
    flex: 1 1 0;
    min-width: 112px;
    padding: 8px 0 11px;
    position: relative;
    color: var(--dc-ink-2);
    border-radius: 4px 4px 0 0;
  }
  button::after {
    content: '';
    position: absolute;
    inset: auto 0 -1px;
    height: 3px;
    border-radius: 3px 3px 0 0;
  }
  strong {
    display: flex;
    align-items: center;
    gap: 6px;
    font-weight: 500;
    font-size: var(--dc-t-3);
    letter-spacing: -0.008em;
    color: var(--dc-ink);
    white-space: nowrap;
  }
  strong .icon {
    width: 15px;
    height: 15px;
    color: var(--dc-ink-2);
  }
  button > span {
    display: block;
    font-size: var(--dc-t-1);
  }
  .long {
    display: none;
  }
  .done {
    color: var(--dc-good);
    font-weight: 500;
  }
  [aria-selected='true'] strong {
    color: var(--dc-brand);
  }
  [aria-selected='true']::after {
    background: var(--dc-fill);
  }
  @container (min-width: 560px) {
    .tabs {
      gap: 0 24px;
    }
    button {
      flex: 0 1 auto;
    }
    .long {
      display: inline;
    }
    .short {
      display: none;
    }
  }
  @media (forced-colors: active) {
    [aria-selected='true']::after {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;

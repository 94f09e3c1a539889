import { css } from 'lit';

export const styles = css`
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(132px, 100%), 1fr));
    gap: 12px;
    max-width: 46ch;
    margin-top: 8px;
  }
  label span {
    display: block;
    margin-bottom: 5px;
    font-size: var(--dc-t-1);
    font-weight: 500;
  }
  input {
    width: 100%;
    min-height: 46px;
    margin: 0;
    padding: 0 13px;
    border: 1px solid var(--dc-edge);
    border-radius: var(--dc-r-2);
    background: var(--dc-surface);
    color: var(--dc-ink);
    /* 16 px: below it iPhones zoom into the field */
    font: 400 16px/1 var(--departcart-font);
    font-variant-numeric: tabular-nums;
  }
  input[name='recordLocator'] {
    text-transform: uppercase;
  }
  input:focus {
    outline: 2.5px solid var(--dc-brand);
    outline-offset: -1px;
  }
  input[aria-invalid] {
    border-color: var(--dc-bad);
  }
  em {
    display: block;
    margin-top: 5px;
    font-style: normal;
    font-size: var(--dc-t-1);
    color: var(--dc-bad);
  }
  .button {
    grid-column: 1 / -1;
  }
  @media (forced-colors: active) {
    input {
      border-color: ButtonText;
    }
  }
`;

import { css } from 'lit';

export const styles = css`
  ul {
    display: flex;
    flex-wrap: wrap;
    gap: 7px 16px;
    padding: 0 var(--dc-side);
    font-size: var(--dc-t-1);
    color: var(--dc-ink-2);
  }
  li {
    display: flex;
    align-items: center;
    gap: 7px;
  }
  b {
    color: var(--dc-ink);
    font-weight: 500;
  }
  .key {
    flex: none;
    width: 18px;
    height: 18px;
    border: 1.5px solid var(--dc-seat-line);
    border-bottom-width: 3px;
    border-radius: 5px 5px 4px 4px;
    background: var(--dc-b0);
    font-size: 11px;
    line-height: 13px;
    text-align: center;
    color: var(--dc-seat-text);
  }
  .b1 {
    background: var(--dc-b1);
  }
  .b2 {
    background: var(--dc-b2);
  }
  .b3 {
    background: var(--dc-b3);
  }
  .bL {
    border-color: var(--dc-bL-line);
    background: linear-gradient(var(--dc-bL-line), var(--dc-bL-line)) 50% 2px / 8px 2px no-repeat var(--dc-bL);
  }
  .taken {
    background: var(--dc-taken);
    border-color: transparent;
    color: var(--dc-taken-mark);
  }
  .shut {
    border: 1px dashed var(--dc-shut);
    background: none;
  }
  .exit {
    border: 0;
    border-radius: 0;
    width: 12px;
    background: var(--dc-exit);
    clip-path: polygon(0 0, 4px 0, 4px 38%, 100% 26%, 100% 74%, 4px 62%, 4px 100%, 0 100%);
  }
  @media (forced-colors: active) {
    .key {
      border-color: ButtonText;
      background: ButtonFace;
      color: ButtonText;
    }
    .bL {
      border-top-width: 4px;
    }
    .taken,
    .shut {
      border-color: GrayText;
      color: GrayText;
    }
    .exit {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;

import { css } from 'lit';

/**
 * `all: initial` on the box inside the host: no rule of the page reaches it, and nothing that the page set on the host is
 * inherited past it. What crosses is what is meant to: the custom properties.
 */
export const styles = css`
  .panel {
    all: initial;
    container: departcart / inline-size;
    color-scheme: light;
    direction: ltr;
    display: block;
    box-sizing: border-box;
    position: relative;
    color: var(--dc-ink);
    background: var(--dc-surface);
    font: 400 var(--dc-t-2) / 1.45 var(--departcart-font);
    text-align: start;
    -webkit-font-smoothing: antialiased;
    -webkit-text-size-adjust: 100%;
  }
  .panel > * {
    --dc-side: 16px;
  }
  .live {
    /* in flow: a positioned box can't be a layout boundary */
    height: 1px;
    margin-top: -1px;
    overflow: hidden;
    contain: strict;
    clip-path: inset(50%);
  }

  .ribbon {
    min-height: 26px;
    padding: 4px var(--dc-side);
    background: var(--dc-warn-tint);
    color: var(--dc-warn);
    font-size: var(--dc-t-1);
    font-weight: 500;
    line-height: 18px;
  }
  .head {
    display: flex;
    align-items: start;
    gap: 12px;
    padding: 18px var(--dc-side) 14px;
  }
  .head > div {
    flex: 1 1 0;
    min-width: 0;
  }
  .title {
    font: 650 var(--dc-t-5) / 1.15 var(--departcart-font-heading);
    letter-spacing: -0.022em;
    scroll-margin-top: calc(var(--departcart-sticky-top) + 16px);
  }
  .head p {
    margin-top: 4px;
    color: var(--dc-ink-2);
  }
  .steps,
  .steps li {
    display: flex;
    align-items: center;
  }
  .steps {
    gap: 6px;
    padding-top: 10px;
    color: var(--dc-ink-2);
    font-size: var(--dc-t-1);
  }
  .steps li::after {
    content: '';
    width: 7px;
    height: 7px;
    border-radius: 9px;
    background: var(--dc-edge);
  }
  /* dots where there is no room for words, which are heard all the same */
  .steps span {
    font-size: 0;
  }
  .steps .past::after {
    background: var(--dc-good);
  }
  .steps [aria-current]::after {
    width: 20px;
    background: var(--dc-fill);
  }
  .steps [aria-current] {
    color: var(--dc-brand);
    font-weight: 650;
  }

  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .main {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  .prices {
    padding-block: 12px;
  }
  .marks {
    order: 9;
    padding-block: 14px 4px;
  }
  .stage {
    flex: 1;
    min-width: 0;
  }
  .rail {
    padding: var(--dc-side);
  }
  .incomplete {
    padding: 24px var(--dc-side);
  }
  .loading {
    position: relative;
    display: grid;
    justify-items: center;
    align-content: end;
    height: 420px;
    overflow: clip;
    background: linear-gradient(var(--dc-sky), var(--dc-sky-2));
  }
  .hull {
    width: min(304px, 100% - 32px);
    height: 392px;
    padding: 118px 26px 0;
    border: 2px solid var(--dc-hull-line);
    border-bottom: 0;
    border-radius: 50% 50% 0 0 / 118px 118px 0 0;
    background: var(--dc-hull);
  }
  .hull i {
    --seats: repeating-linear-gradient(90deg, var(--dc-taken) 0 33px, transparent 33px 38px);
    display: block;
    height: 100%;
    background:
      var(--seats) 0 0 / 109px 100% no-repeat,
      var(--seats) 100% 0 / 109px 100% no-repeat;
    -webkit-mask: repeating-linear-gradient(#000 0 33px, transparent 33px 39px);
    mask: repeating-linear-gradient(#000 0 33px, transparent 33px 39px);
    animation: breathe 2.4s ease-in-out infinite;
  }
  .loading p {
    position: absolute;
    inset: auto 16px 20px;
    text-align: center;
  }
  .loading span {
    display: inline-block;
    padding: 7px 14px;
    border-radius: 99px;
    background: var(--dc-surface);
    box-shadow:
      var(--dc-lift),
      0 0 0 1px var(--dc-line);
    font-weight: 500;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }

  @container departcart (min-width: 560px) {
    .panel > * {
      --dc-side: 24px;
    }
    .head {
      align-items: end;
      padding-block: 24px 16px;
    }
    .steps {
      padding: 0;
    }
    .steps span {
      font-size: inherit;
    }
    .steps li {
      gap: 6px;
    }
    .steps li::after {
      content: none;
    }
    .steps li + li::before {
      content: '';
      width: 18px;
      height: 1px;
      margin-inline-end: 2px;
      background: var(--dc-edge);
    }
    .steps .past {
      color: var(--dc-good);
    }
    .marks {
      order: 0;
      padding-block: 0 14px;
      margin-top: -5px;
    }
  }
  @container departcart (min-width: 880px) {
    .body {
      grid-template-columns: minmax(0, 1fr) 348px;
    }
    .main {
      border-inline-end: 1px solid var(--dc-line);
    }
  }
  @media (forced-colors: active) {
    .ribbon {
      border: 1px solid CanvasText;
    }
    .steps li::after {
      border: 1px solid CanvasText;
    }
    .steps [aria-current]::after {
      forced-color-adjust: none;
      background: Highlight;
    }
    .hull {
      border-color: CanvasText;
    }
  }
`;

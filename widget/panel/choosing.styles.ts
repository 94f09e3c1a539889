import { css } from 'lit';

/** Rail, dock and the states that stand in the way: adopted by the panel when its second file is there. */
export const styles = css`
  /* what the first picture needs of these is in tokens.ts */
  :host {
    --dc-bad: #b42318;
    --dc-bad-tint: #fef1ef;
    --dc-t-4: 18px;
    --dc-t-6: 34px;
    --dc-r-3: var(--departcart-radius);
    --dc-float: 0 -1px 0 rgb(15 23 42 / 0.06), 0 -12px 32px rgb(15 23 42 / 0.09);
    --dc-ease: cubic-bezier(0.2, 0.7, 0.2, 1);
  }
  .rail-in,
  .dock {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .wide {
    display: none;
  }
  .dock {
    position: sticky;
    bottom: 0;
    z-index: 2;
    gap: 9px;
    padding: 10px var(--dc-side) calc(12px + env(safe-area-inset-bottom));
    background: var(--dc-surface);
    box-shadow: var(--dc-float);
  }
  .review {
    display: grid;
    gap: 12px;
    max-width: calc(520px + 2 * var(--dc-side));
    padding: 8px var(--dc-side) 24px;
  }
  .line {
    display: flex;
    align-items: start;
    gap: 10px;
    padding: 9px 11px;
    border-radius: var(--dc-r-2);
    background: var(--dc-warn-tint);
    color: var(--dc-warn);
    font-size: var(--dc-t-1);
  }
  .line p {
    flex: 1;
    min-width: 0;
  }
  .line b {
    font-weight: 650;
  }
  .line button {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    margin: -3px -4px -3px 0;
  }

  .title:focus-visible,
  .heading:focus-visible {
    outline-offset: 4px;
    border-radius: 2px;
  }
  .message {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    align-content: start;
    gap: 8px;
    min-height: 244px;
    padding: 24px var(--dc-side) 22px;
  }
  .mark {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    margin-bottom: 4px;
    border-radius: 14px;
    background: var(--dc-tint);
    color: var(--dc-brand);
  }
  .mark .icon {
    width: 22px;
    height: 22px;
  }
  .warn .mark {
    background: var(--dc-warn-tint);
    color: var(--dc-warn);
  }
  .bad .mark {
    background: var(--dc-bad-tint);
    color: var(--dc-bad);
  }
  .good .mark {
    background: var(--dc-good-tint);
    color: var(--dc-good);
  }
  .heading {
    font: 650 var(--dc-t-4) / 1.25 var(--departcart-font-heading);
    letter-spacing: -0.017em;
    text-wrap: balance;
    scroll-margin-top: calc(var(--departcart-sticky-top) + 80px);
  }
  .message p {
    max-width: 46ch;
    color: var(--dc-ink-2);
    text-wrap: pretty;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    width: 100%;
    margin-top: 10px;
  }
  .actions > .button {
    min-height: 42px;
    padding-inline: 15px;
  }
  .actions > dc-booking-form {
    flex: 1;
    min-width: 0;
  }
  .bar {
    width: 100%;
    max-width: 46ch;
    height: 4px;
    border-radius: 4px;
    background: var(--dc-line);
    overflow: hidden;
  }
  .bar i {
    display: block;
    width: 40%;
    height: 100%;
    border-radius: 4px;
    background: var(--dc-fill);
    animation: go 1.8s var(--dc-ease) infinite;
  }
  @keyframes go {
    from {
      transform: translateX(-110%);
    }
    to {
      transform: translateX(280%);
    }
  }

  @container departcart (min-width: 880px) {
    .rail-in {
      position: sticky;
      top: calc(var(--departcart-sticky-top) + 24px);
    }
    .wide {
      display: block;
    }
    .dock {
      display: none;
    }
    .end {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 348px;
    }
    .message {
      padding-block: 40px;
    }
  }
  /* 400 % zoom, a phone on its side: nothing sticks */
  @media (max-height: 420px) {
    .dock {
      position: static;
    }
  }
  @media (forced-colors: active) {
    .line,
    .dock {
      border: 1px solid CanvasText;
    }
  }
  /* the head and what was chosen */
  @media print {
    .steps,
    dc-segment-tabs,
    dc-traveller-bar,
    dc-seat-legend,
    .stage,
    .dock,
    .line {
      display: none;
    }
  }
`;

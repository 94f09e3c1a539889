import { html, type TemplateResult } from 'lit';

/** Strokes on a 20 × 20 grid. */
const strokes = {
  alert: 'M10 3l7.5 13.5h-15zM10 8.5V12M10 14.3h.01',
  back: 'M12 4l-6 6 6 6',
  check: 'M4 10.5l4 4 8-9',
  clock: 'M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14M10 6v4.3l3 1.7',
  close: 'M5 5l10 10M15 5L5 15',
  arrow: 'M3 10h13M11 5l5 5-5 5',
  dot: 'M10 9.2a.8.8 0 1 0 0 1.6a.8.8 0 1 0 0-1.6',
  lock: 'M5.5 9h9a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 4 15.5v-5A1.5 1.5 0 0 1 5.5 9M7 9V6.5a3 3 0 0 1 6 0V9',
  map: 'M10 2.5c2 0 3.5 2.5 3.5 5.5v9.5h-7V8c0-3 1.5-5.5 3.5-5.5zM3 11.5l3.5-1.5M17 11.5L13.5 10',
  minus: 'M5 10h10',
  off: 'M3 3l14 14M2.5 8.5A11 11 0 0 1 6 6.2m3-1a11 11 0 0 1 8.5 3.3M5.3 11.5a7 7 0 0 1 3-1.7m4 .6a7 7 0 0 1 2.4 1.3M10 15.5h.01',
  price: 'M3 10.5V4a1 1 0 0 1 1-1h6.5L17 9.5 10.5 17zM7 7h.01',
  refund: 'M4 9a6.5 6.5 0 1 1 1 5M4 4v5h5',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M13.2 13.2L17 17',
  seat: 'M6 3.5v7.5h7a2 2 0 0 1 2 2v1.5H6.5A2.5 2.5 0 0 1 4 12V5.5M5.5 17.5h9',
} as const;

export type IconName = keyof typeof strokes;

/** Drawn in the text's colour, never spoken: the words beside it say the same. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${strokes[name]} /></svg>`;
}

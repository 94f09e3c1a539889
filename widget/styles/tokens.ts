import { css } from 'lit';

/**
 * Brand in, derived out. The onboarding guide's fields are `--departcart-*` properties that a partner may set on the panel's
 * element; everything drawn uses the `--dc-*` ones, which no brand sets. The panel adopts this sheet for its host, its
 * elements inherit; the few that only what follows a press is drawn with come with it (widget/panel/choosing.styles.ts).
 * Light scheme only.
 *
 * Lightness in oklch: at most .52 for text in the brand's colour, .55 for lines, so that any brand keeps 4.5:1 and 3:1 on
 * the surfaces; a fill stays as the brand has it and its text turns black where it is lighter than .64.
 */
export const tokens = css`
  :host {
    --departcart-primary: #1e40af;
    --departcart-secondary: #3b82f6;
    --departcart-accent: #10b981;
    --departcart-text: #1f2937;
    --departcart-text-muted: #6b7280;
    --departcart-background: #f9fafb;
    --departcart-surface: #fff;
    --departcart-font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif;
    --departcart-font-heading: var(--departcart-font);
    --departcart-radius: 14px;
    --departcart-sticky-top: 0px;

    color-scheme: light;

    --dc-surface: var(--departcart-surface);
    --dc-sky: color-mix(in oklab, var(--departcart-secondary) 9%, var(--departcart-background));
    --dc-sky-2: color-mix(in oklab, var(--departcart-secondary) 3%, var(--departcart-background));
    --dc-ink: var(--departcart-text);
    --dc-ink-2: color-mix(in oklab, var(--departcart-text-muted) 62%, var(--departcart-text));
    --dc-line: color-mix(in oklab, var(--departcart-text) 11%, var(--departcart-surface));
    --dc-edge: oklch(from var(--departcart-text-muted) min(l, 0.6) c h);
    --dc-brand: oklch(from var(--departcart-primary) min(l, 0.52) c h);
    --dc-fill: var(--departcart-primary);
    --dc-on-fill: oklch(from var(--departcart-primary) clamp(0, (0.64 - l) * 1000, 1) 0 h);
    --dc-fill-deep: color-mix(in oklab, var(--departcart-primary), black 24%);
    --dc-tint: color-mix(in oklab, var(--departcart-primary) 6%, var(--departcart-surface));
    --dc-tint-2: color-mix(in oklab, var(--departcart-primary) 13%, var(--departcart-surface));
    --dc-good: oklch(from var(--departcart-accent) min(l, 0.5) c h);
    --dc-good-tint: color-mix(in oklab, var(--departcart-accent) 11%, var(--departcart-surface));
    --dc-warn: #8a4b08;
    --dc-warn-tint: #fdf5e6;
    --dc-exit: #0a6b45;

    --dc-hull: var(--departcart-surface);
    --dc-hull-shade: color-mix(in oklab, var(--departcart-secondary) 7%, var(--departcart-surface));
    --dc-hull-line: color-mix(in oklab, var(--departcart-primary) 30%, #b3bbcb);
    --dc-facility: color-mix(in oklab, var(--dc-hull-line) 20%, var(--dc-hull));
    --dc-wing: color-mix(in oklab, var(--departcart-primary) 9%, #e6eaf2);
    --dc-wing-root: color-mix(in oklab, var(--departcart-primary) 38%, #aab3c5);
    --dc-wing-line: color-mix(in oklab, var(--departcart-primary) 14%, #d0d6e2);
    --dc-seat-line: color-mix(in oklab, var(--departcart-primary) 34%, #8a93a6);
    --dc-seat-text: color-mix(in oklab, var(--departcart-primary) 40%, var(--departcart-text));
    --dc-b0: #fff;
    --dc-b1: color-mix(in oklab, var(--departcart-secondary) 11%, white);
    --dc-b2: color-mix(in oklab, var(--departcart-secondary) 24%, white);
    --dc-b3: color-mix(in oklab, var(--departcart-secondary) 40%, white);
    --dc-bL: color-mix(in oklab, var(--departcart-accent) 20%, white);
    --dc-bL-line: oklch(from var(--departcart-accent) min(l, 0.55) c h);
    --dc-taken: color-mix(in oklab, var(--departcart-text) 10%, var(--departcart-surface));
    --dc-taken-mark: color-mix(in oklab, var(--departcart-text-muted) 86%, var(--departcart-text));
    --dc-shut: oklch(from var(--departcart-text-muted) 0.62 min(c, 0.03) h);

    --dc-t-0: 11px;
    --dc-t-1: 12.5px;
    --dc-t-2: 14px;
    --dc-t-3: 15.5px;
    --dc-t-5: 24px;
    --dc-r-2: 10px;
    --dc-lift: 0 1px 2px rgb(15 23 42 / 0.05);
  }

  /* Firefox 115 and Chrome 111 to 118 have no relative colours: the brand's colours as they are, or every seat is unpainted */
  @supports not (color: oklch(from red l c h)) {
    :host {
      --dc-edge: var(--departcart-text-muted);
      --dc-brand: var(--departcart-primary);
      --dc-on-fill: #fff;
      --dc-good: var(--departcart-accent);
      --dc-bL-line: var(--departcart-accent);
      --dc-shut: var(--departcart-text-muted);
    }
  }

  @media (prefers-contrast: more) {
    :host {
      --dc-ink-2: var(--dc-ink);
      --dc-line: var(--dc-edge);
    }
  }
`;

/** What every seat computes with: syntax, a value that never shows (the host sets them all), names. */
const PER_SEAT: readonly (readonly [syntax: string, initialValue: string, names: string])[] = [
  ['<length>', '36px', 'seat seat-h gap aisle wall pitch width back corner corner-2'],
  [
    '<color>',
    '#888',
    'seat-line seat-text b0 b1 b2 b3 bL bL-line taken taken-mark shut brand fill fill-deep on-fill tint-2 ink ink-2',
  ],
];

/**
 * Registers the tokens that every seat uses, so that a colour or a length is worked out once at the host or the hull and
 * not once a seat (two thirds less style time). Once a document: registering twice throws, and `@property` is ignored in a
 * shadow root. Browsers without it compute each seat's own, as ever.
 */
export function registerTokens(): void {
  if (typeof CSS === 'undefined' || !CSS.registerProperty) return;
  for (const [syntax, initialValue, names] of PER_SEAT) {
    for (const name of names.split(' ')) {
      try {
        CSS.registerProperty({ name: `--dc-${name}`, syntax, inherits: true, initialValue });
      } catch {
        // another panel on this page, or an earlier copy of this file, was first
      }
    }
  }
}

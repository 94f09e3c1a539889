import type { BrandLook } from '../../server/wire/panel.ts';

const PREFIX = '--departcart-';

/** What a brand may set, and the CSS property whose values it takes. */
const allowed: Record<string, string> = {
  primary: 'color',
  secondary: 'color',
  accent: 'color',
  text: 'color',
  'text-muted': 'color',
  background: 'color',
  'background-dark': 'color',
  surface: 'color',
  font: 'font-family',
  'font-heading': 'font-family',
  radius: 'border-radius',
};

/**
 * The brand's colours, radius and fonts on a sheet of their own, between our defaults and the page: a rule of the page for
 * the panel's element wins over it. A value that is none is left out, so that one slip in a file costs one colour.
 */
export function wearLook(sheet: CSSStyleSheet, tokens: BrandLook['tokens']): void {
  sheet.replaceSync(':host{}');
  wearOn((sheet.cssRules[0] as CSSStyleRule).style, tokens);
}

/** The same, on any style: a hosted page wears them as a whole. */
export function wearOn(style: CSSStyleDeclaration, tokens: BrandLook['tokens']): void {
  for (const [name, value] of Object.entries(tokens)) {
    const property = allowed[name.replace(PREFIX, '')];
    if (property && CSS.supports(property, value)) style.setProperty(name, value);
  }
}

/*
 * Lit's module of this name without what the panel never comes to: style elements for browsers that have no constructable
 * sheets, and sentences for who writes styles, which tests and types have said by then. vite.config.ts puts it in the place of
 * Lit's; tests of single elements run with Lit's.
 */

export class CSSResult {
  #sheet: CSSStyleSheet | undefined;

  constructor(readonly cssText: string) {}

  /** Made when it is first asked for. */
  get styleSheet(): CSSStyleSheet {
    if (!this.#sheet) {
      this.#sheet = new CSSStyleSheet();
      this.#sheet.replaceSync(this.cssText);
    }
    return this.#sheet;
  }

  toString(): string {
    return this.cssText;
  }
}

export const unsafeCSS = (text: unknown): CSSResult => new CSSResult(String(text));

export const css = (strings: TemplateStringsArray, ...values: unknown[]): CSSResult =>
  unsafeCSS(String.raw(strings, ...values));

export const getCompatibleStyle = (style: CSSResult): CSSResult => style;

export function adoptStyles(root: ShadowRoot, styles: CSSResult[]): void {
  root.adoptedStyleSheets = styles.map(({ styleSheet }) => styleSheet);
}

export const supportsAdoptingStyleSheets = true;

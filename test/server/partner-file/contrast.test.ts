import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrastRatio, hexOf, lightnessOf, mixed, rgbOf, withLightness } from '../../../server/partner-file/colour.ts';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { guideBrandJson, smallest } from './files.ts';

/** What is said of a brand's colours. */
function said(colours: Record<string, string>): string[] {
  const lines = Object.entries(colours).map(([field, colour]) => `  ${field}: "${colour}"\n`);
  const brand = `brand:\n  brand_name: SkylineAir\n${lines.join('')}`;
  const { notices } = readPartnerFile({
    text: smallest.replace(/brand:\n(?: {2}.*\n)+/, brand),
    env: {},
    loopback: false,
  });
  return notices
    .filter(({ message }) => message.startsWith('is hard to read'))
    .map(({ path, line, message }) => `${path}:${line} ${message}`);
}

describe('colours', () => {
  it('are worked out as CSS and WCAG say', () => {
    expect(contrastRatio(rgbOf('#000'), rgbOf('#ffffff'))).toBeCloseTo(21, 5);
    expect(contrastRatio(rgbOf('#777777'), rgbOf('#fff'))).toBeCloseTo(4.478, 3);
    expect(hexOf(mixed(rgbOf('#ff0000'), 0.5, rgbOf('#0000ff')))).toBe('#8c53a2');
    expect(lightnessOf(rgbOf('#1e40af'))).toBeCloseTo(0.4244, 3);
    expect(hexOf(withLightness(rgbOf('#1e40af'), lightnessOf(rgbOf('#1e40af'))))).toBe('#1e40af');
  });
});

describe("the contrast of a brand's colours", () => {
  it("is no fault of the guide's own brand, nor of the panel's own colours", () => {
    const { brand_name: _, ...rest } = JSON.parse(guideBrandJson) as Record<string, string>;
    const colours = Object.entries(rest).filter(([field]) => !/font|logo/.test(field));
    expect(said(Object.fromEntries(colours))).toEqual([]);
    expect(said({ primary_color: '#1E40AF' })).toEqual([]);
  });

  it('names the pair that fails, its ratio, and the nearest colour that passes, at its line', () => {
    expect(said({ primary_color: '#3B82F6' })).toEqual([
      'brand.primary_color:6 is hard to read as text on a button (3.67:1, wants 4.5:1): #2b72e5 is the nearest that is readable',
    ]);
    expect(said({ primary_color: '#1E40AF', text_primary: '#000000', text_secondary: '#BBBBBB' })).toEqual([
      'brand.text_secondary:8 is hard to read as the mark of a taken seat (2.12:1, wants 3:1): #9b9b9b is the nearest that is readable',
    ]);
  });

  it('proposes what is then no fault, of the same hue, and no nearer one would do', () => {
    for (const primary of ['#3B82F6', '#e85d04', '#ff6f61', '#00A3AD', '#999999']) {
      const [first] = said({ primary_color: primary }).filter((text) => text.includes('text on a'));
      const proposed = /(#[0-9a-f]{6}) is the nearest/.exec(first ?? '')?.[1];
      if (!proposed) throw new Error(`${primary}: ${first}`);
      expect(said({ primary_color: proposed }).join()).not.toContain('primary_color');
      const [from, to] = [lightnessOf(rgbOf(primary.toLowerCase())), lightnessOf(rgbOf(proposed))];
      const nearer = hexOf(withLightness(rgbOf(primary.toLowerCase()), to + (from - to) * 0.1));
      expect(said({ primary_color: nearer }).join()).toContain('primary_color');
      expect(hue(proposed) - hue(primary.toLowerCase())).toBeCloseTo(0, -1);
    }
  });

  it('says so where no lightness of one colour alone helps', () => {
    expect(said({ primary_color: '#1E40AF', background_light: '#111111' }).join('\n')).toMatch(
      /text on the background .*no lightness of it alone mends that/,
    );
  });

  it('is worked out from the colours that the panel paints', () => {
    const tokens = readFileSync('widget/styles/tokens.ts', 'utf8');
    for (const line of [
      '--departcart-primary: #1e40af;',
      '--departcart-secondary: #3b82f6;',
      '--departcart-accent: #10b981;',
      '--departcart-text: #1f2937;',
      '--departcart-text-muted: #6b7280;',
      '--departcart-background: #f9fafb;',
      '--departcart-surface: #fff;',
      '--dc-sky: color-mix(in oklab, var(--departcart-secondary) 9%, var(--departcart-background));',
      '--dc-ink-2: color-mix(in oklab, var(--departcart-text-muted) 62%, var(--departcart-text));',
      '--dc-edge: oklch(from var(--departcart-text-muted) min(l, 0.6) c h);',
      '--dc-brand: oklch(from var(--departcart-primary) min(l, 0.52) c h);',
      '--dc-on-fill: oklch(from var(--departcart-primary) clamp(0, (0.64 - l) * 1000, 1) 0 h);',
      '--dc-fill-deep: color-mix(in oklab, var(--departcart-primary), black 24%);',
      '--dc-tint: color-mix(in oklab, var(--departcart-primary) 6%, var(--departcart-surface));',
      '--dc-tint-2: color-mix(in oklab, var(--departcart-primary) 13%, var(--departcart-surface));',
      '--dc-good: oklch(from var(--departcart-accent) min(l, 0.5) c h);',
      '--dc-good-tint: color-mix(in oklab, var(--departcart-accent) 11%, var(--departcart-surface));',
      '--dc-seat-text: color-mix(in oklab, var(--departcart-primary) 40%, var(--departcart-text));',
      '--dc-b1: color-mix(in oklab, var(--departcart-secondary) 11%, white);',
      '--dc-b2: color-mix(in oklab, var(--departcart-secondary) 24%, white);',
      '--dc-b3: color-mix(in oklab, var(--departcart-secondary) 40%, white);',
      '--dc-bL: color-mix(in oklab, var(--departcart-accent) 20%, white);',
      '--dc-bL-line: oklch(from var(--departcart-accent) min(l, 0.55) c h);',
      '--dc-taken: color-mix(in oklab, var(--departcart-text) 10%, var(--departcart-surface));',
      '--dc-taken-mark: color-mix(in oklab, var(--departcart-text-muted) 86%, var(--departcart-text));',
    ]) {
      expect(tokens, 'tokens.ts paints otherwise: change contrast.ts with it').toContain(line);
    }
  });
});

/** In degrees, of HSL; 0 of a grey. */
function hue(hex: string): number {
  const [r, g, b] = rgbOf(hex);
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  if (most - least < 0.02) return 0;
  const sixth =
    most === r
      ? ((g - b) / (most - least) + 6) % 6
      : most === g
        ? (b - r) / (most - least) + 2
        : (r - g) / (most - least) + 4;
  return sixth * 60;
}

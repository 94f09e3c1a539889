import { atMost, contrastRatio, hexOf, lightnessOf, mixed, type Rgb, rgbOf, withLightness } from './colour.ts';
import type { Note } from './problem.ts';
import type { PartnerFile } from './schema.ts';

/** The brand's colours that the panel is drawn with. What a brand leaves out is the panel's own (widget/styles/tokens.ts). */
const DEFAULTS = {
  primary_color: '#1e40af',
  secondary_color: '#3b82f6',
  accent_color: '#10b981',
  text_primary: '#1f2937',
  text_secondary: '#6b7280',
  background_light: '#f9fafb',
};
type Field = keyof typeof DEFAULTS;
type Palette = Readonly<Record<Field, Rgb>>;

/** WCAG 2.2, 1.4.3 for text and 1.4.11 for what shows a control. */
const TEXT = 4.5;
const CONTROL = 3;

interface Pair {
  /** What a person sees. */
  what: string;
  /** Whose colour is proposed anew: the one that the pair hangs on most. */
  field: Field;
  needed: number;
  front: (palette: Palette) => Rgb;
  back: (palette: Palette) => Rgb;
}

const SURFACE = rgbOf('#ffffff');
const white = () => SURFACE;
const ground = (of: Palette) => of.background_light;
/** What lies behind the map: the darker end of its gradient. */
const sky = (of: Palette) => mixed(of.secondary_color, 0.09, of.background_light);
const ink = (of: Palette) => of.text_primary;
const ink2 = (of: Palette) => mixed(of.text_secondary, 0.62, of.text_primary);
const brand = (of: Palette) => atMost(of.primary_color, 0.52);
const fill = (of: Palette) => of.primary_color;
const fillDeep = (of: Palette) => mixed(of.primary_color, 0.76, rgbOf('#000000'));
const onFill = (of: Palette) => (lightnessOf(of.primary_color) < 0.64 ? SURFACE : rgbOf('#000000'));
const tint = (share: number) => (of: Palette) => mixed(of.primary_color, share, SURFACE);
const good = (of: Palette) => atMost(of.accent_color, 0.5);
const goodTint = (of: Palette) => mixed(of.accent_color, 0.11, SURFACE);
const edge = (of: Palette) => atMost(of.text_secondary, 0.6);
const seatText = (of: Palette) => mixed(of.primary_color, 0.4, of.text_primary);
const seat = (share: number) => (of: Palette) => mixed(of.secondary_color, share, SURFACE);
const taken = (of: Palette) => mixed(of.text_primary, 0.1, SURFACE);
const takenMark = (of: Palette) => mixed(of.text_secondary, 0.86, of.text_primary);
const legroom = (of: Palette) => mixed(of.accent_color, 0.2, SURFACE);
const legroomLine = (of: Palette) => atMost(of.accent_color, 0.55);

/** Each front on each back that it is painted on, worked out as tokens.ts does. */
const PAIRS: readonly Pair[] = [
  { what: 'text on the panel', field: 'text_primary', needed: TEXT, front: ink, back: white },
  { what: 'text on the background', field: 'text_primary', needed: TEXT, front: ink, back: ground },
  { what: 'text around the map', field: 'text_primary', needed: TEXT, front: ink, back: sky },
  { what: 'small text on the panel', field: 'text_secondary', needed: TEXT, front: ink2, back: white },
  { what: 'small text on the background', field: 'text_secondary', needed: TEXT, front: ink2, back: ground },
  { what: 'small text around the map', field: 'text_secondary', needed: TEXT, front: ink2, back: sky },
  { what: 'the edge of a field', field: 'text_secondary', needed: CONTROL, front: edge, back: white },
  { what: 'text on a button', field: 'primary_color', needed: TEXT, front: onFill, back: fill },
  { what: 'text on a pressed button', field: 'primary_color', needed: TEXT, front: onFill, back: fillDeep },
  { what: 'links on the panel', field: 'primary_color', needed: TEXT, front: brand, back: white },
  { what: 'links on a tinted field', field: 'primary_color', needed: TEXT, front: brand, back: tint(0.06) },
  { what: 'a seat kept before', field: 'primary_color', needed: TEXT, front: brand, back: tint(0.13) },
  { what: "a seat's number", field: 'primary_color', needed: TEXT, front: seatText, back: white },
  { what: 'the number of a dearer seat', field: 'secondary_color', needed: TEXT, front: seatText, back: seat(0.11) },
  { what: 'the number of a dearer seat', field: 'secondary_color', needed: TEXT, front: seatText, back: seat(0.24) },
  { what: 'the number of a dearer seat', field: 'secondary_color', needed: TEXT, front: seatText, back: seat(0.4) },
  { what: 'the number of a seat with legroom', field: 'accent_color', needed: TEXT, front: seatText, back: legroom },
  { what: 'the edge of a seat with legroom', field: 'accent_color', needed: CONTROL, front: legroomLine, back: white },
  { what: 'good news on the panel', field: 'accent_color', needed: TEXT, front: good, back: white },
  { what: 'good news on a tinted field', field: 'accent_color', needed: TEXT, front: good, back: goodTint },
  { what: 'the mark of a taken seat', field: 'text_secondary', needed: CONTROL, front: takenMark, back: taken },
];

const ratioOf = ({ front, back }: Pair, palette: Palette): number => contrastRatio(front(palette), back(palette));

/** Says which pairs of the brand's colours are hard to read, and the nearest colour of the same hue that is not: one word a field. */
export function checkContrast(brand: PartnerFile['brand'], note: Note): void {
  const palette = Object.fromEntries(
    Object.entries(DEFAULTS).map(([field, own]) => [field, rgbOf(brand[field as Field] ?? own)]),
  ) as unknown as Palette;
  const failing = PAIRS.filter((pair) => ratioOf(pair, palette) < pair.needed);
  for (const field of new Set(failing.map((pair) => pair.field))) {
    const pairs = failing.filter((pair) => pair.field === field);
    const worst = new Map<string, Pair>();
    for (const pair of pairs) {
      const other = worst.get(pair.what);
      if (!other || ratioOf(pair, palette) < ratioOf(other, palette)) worst.set(pair.what, pair);
    }
    const said = [...worst.values()].map(
      (pair) => `${pair.what} (${ratioText(ratioOf(pair, palette))}:1, wants ${pair.needed}:1)`,
    );
    const nearest = nearestPassing(field, palette);
    const advice = nearest ? `${nearest} is the nearest that is readable` : 'no lightness of it alone mends that';
    note(['brand', field], `is hard to read as ${said.join(', ')}: ${advice}`);
  }
}

/** Rounded down, so that no ratio that fails reads as one that passes. */
const ratioText = (ratio: number): string => (Math.floor(ratio * 100) / 100).toFixed(2);

/** Of the same hue, with every pair of this field readable; null: at no lightness. */
function nearestPassing(field: Field, palette: Palette): string | null {
  const own = palette[field];
  const from = lightnessOf(own);
  const mine = PAIRS.filter((pair) => pair.field === field);
  for (let step = 1; step <= 400; step++) {
    for (const lightness of [from - step / 400, from + step / 400]) {
      if (lightness < 0 || lightness > 1) continue;
      const hex = hexOf(withLightness(own, lightness));
      const changed = { ...palette, [field]: rgbOf(hex) };
      if (mine.every((pair) => ratioOf(pair, changed) >= pair.needed)) return hex;
    }
  }
  return null;
}

/** Colours as browsers compute them: CSS Color 4, sRGB, OKLab. Channels of a colour are 0 to 1. */

export type Rgb = readonly [red: number, green: number, blue: number];
type Lab = readonly [lightness: number, a: number, b: number];

/** Of `#rgb` or `#rrggbb`. */
export function rgbOf(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16) / 255) as unknown as Rgb;
}

export const hexOf = (colour: Rgb): string =>
  `#${colour
    .map((channel) =>
      Math.round(clamp(channel) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** WCAG 2.2, "contrast ratio": 1 to 21. */
export function contrastRatio(one: Rgb, other: Rgb): number {
  const [lighter, darker] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const luminance = (colour: Rgb): number => {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** `color-mix(in oklab, one share, other)`. */
export function mixed(one: Rgb, share: number, other: Rgb): Rgb {
  const [a, b] = [labOf(one), labOf(other)];
  return clipped(rgbOfLab(a.map((part, index) => part * share + b[index]! * (1 - share)) as unknown as Lab));
}

export const lightnessOf = (colour: Rgb): number => labOf(colour)[0];

/** `oklch(from colour min(l, most) c h)`. */
export function atMost(colour: Rgb, most: number): Rgb {
  const [lightness, a, b] = labOf(colour);
  return clipped(rgbOfLab([Math.min(lightness, most), a, b]));
}

/** The same hue at another lightness; as much of its chroma as a screen can show there. */
export function withLightness(colour: Rgb, lightness: number): Rgb {
  const [, a, b] = labOf(colour);
  let [least, most] = [0, 1];
  for (let step = 0; step < 16; step++) {
    const middle = (least + most) / 2;
    if (isShown(rgbOfLab([lightness, a * middle, b * middle]))) least = middle;
    else most = middle;
  }
  const share = isShown(rgbOfLab([lightness, a, b])) ? 1 : least;
  return clipped(rgbOfLab([lightness, a * share, b * share]));
}

const isShown = (colour: Rgb): boolean => colour.every((channel) => channel > -0.0005 && channel < 1.0005);
const clamp = (channel: number): number => Math.min(1, Math.max(0, channel));
const clipped = (colour: Rgb): Rgb => colour.map(clamp) as unknown as Rgb;

const linear = (colour: Rgb): Rgb =>
  colour.map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb;

const encoded = (channel: number): number =>
  channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;

/** https://www.w3.org/TR/css-color-4/#color-conversion-code */
function labOf(colour: Rgb): Lab {
  const [red, green, blue] = linear(colour);
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function rgbOfLab([lightness, a, b]: Lab): Rgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encoded(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

import { SaxesParser } from 'saxes';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';

/** What draws. */
const SHAPES = new Set('path rect circle ellipse line polyline polygon text use'.split(' '));
/** What may stand in a logo; everything else goes, with all that is in it. Nothing here runs, moves, or fetches. */
const ELEMENTS = new Set(
  [...SHAPES].concat(
    'svg g defs symbol title desc tspan style switch linearGradient radialGradient stop clipPath mask filter'.split(
      ' ',
    ),
    'feBlend feColorMatrix feComposite feFlood feGaussianBlur feMerge feMergeNode feOffset feDropShadow'.split(' '),
  ),
);
const ATTRIBUTES = new Set(
  (
    'id class x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points width height viewBox preserveAspectRatio transform version ' +
    'gradientUnits gradientTransform spreadMethod offset clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits ' +
    'in in2 result mode type values operator k1 k2 k3 k4 dx dy stdDeviation flood-color flood-opacity pathLength ' +
    'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit ' +
    'stroke-dasharray stroke-dashoffset stop-color stop-opacity opacity color clip-path clip-rule mask filter display ' +
    'visibility vector-effect mix-blend-mode isolation paint-order font-family font-size font-weight font-style ' +
    'letter-spacing text-anchor dominant-baseline rotate textLength lengthAdjust color-interpolation-filters style'
  ).split(' '),
);
/** Words of the file's own, which mean nothing outside it. */
const NAMES = new Set(['id', 'class']);
/** Enough for any logo, and few enough that none keeps a browser busy. */
const MAX_ELEMENTS = 5000;
const MAX_DEPTH = 60;

interface Node {
  name: string;
  attributes: [string, string][];
  children: (Node | string)[];
}

/**
 * An SVG with nothing left in it but drawing: it is read by an XML parser and written anew from a list of what is allowed.
 * @returns `fault` continues a sentence that begins with the file's address
 */
export function cleanSvg(text: string): { svg: string } | { fault: string } {
  const root = parse(text);
  if ('fault' in root) return root;
  const withoutUse = new Set<string>();
  noteReuse(root, withoutUse);
  const kept = keep(root, withoutUse);
  if (!kept || !draws(kept))
    return { fault: 'draws nothing once scripts, foreign content and linked pictures are out' };
  return { svg: write(kept, true) };
}

function parse(text: string): Node | { fault: string } {
  const parser = new SaxesParser({ xmlns: true });
  const open: (Node | null)[] = [];
  let root: Node | undefined;
  let elements = 0;
  let fault: string | undefined;
  parser.on('error', () => {
    fault ??= 'is no well-formed SVG: export it again as plain SVG';
  });
  parser.on('opentag', (tag) => {
    if (++elements > MAX_ELEMENTS || open.length > MAX_DEPTH) fault ??= 'is too complex for a logo';
    const parent = open.at(-1);
    // null: stands in something that goes
    const isKept = tag.uri === SVG && ELEMENTS.has(tag.local) && (parent || (open.length === 0 && tag.local === 'svg'));
    const node = isKept && !fault ? { name: tag.local, attributes: attributesOf(tag.attributes), children: [] } : null;
    if (node) {
      if (parent) parent.children.push(node);
      else root = node;
    }
    open.push(node);
  });
  parser.on('closetag', () => void open.pop());
  const onText = (piece: string) => void open.at(-1)?.children.push(piece);
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.write(text).close();
  if (fault) return { fault };
  return root ?? { fault: 'is no SVG' };
}

type Tag = Record<string, { uri: string; local: string; prefix: string; value: string }>;

function attributesOf(given: Tag): [string, string][] {
  return Object.values(given).flatMap(({ uri, local, prefix, value }): [string, string][] => {
    const isLink = local === 'href' && (prefix === '' || uri === XLINK);
    // Files for viewers of any age write both; where the newer one is, it counts (SVG 2, 16.1.6).
    if (isLink && prefix !== '' && given['href']) return [];
    if (isLink) return /^#[\w:.-]+$/.test(value.trim()) ? [['href', value.trim()]] : [];
    if (prefix !== '' || !ATTRIBUTES.has(local)) return [];
    return NAMES.has(local) || isHarmless(value) ? [[local, value]] : [];
  });
}

/** A style, or an attribute that is one: it may point at a part of the same file, and nowhere else. */
function isHarmless(value: string): boolean {
  const rest = value.replace(/url\(\s*(['"]?)#[\w:.-]+\1\s*\)/gi, '');
  // a backslash or a comment could spell the words that follow in other ways
  return !/[\\@]|\/\*|url|src\s*\(|image|expression|javascript|behavior|-moz-binding/i.test(rest);
}

/** Ids of what holds a `use`: a `use` of those would draw in powers of their number. */
function noteReuse(node: Node, ids: Set<string>): boolean {
  const inside = node.children.map((child) => typeof child !== 'string' && noteReuse(child, ids));
  const has = node.name === 'use' || inside.includes(true);
  const id = node.attributes.find(([name]) => name === 'id')?.[1];
  if (has && id !== undefined) ids.add(id);
  return has;
}

function keep(node: Node, reused: ReadonlySet<string>): Node | null {
  if (node.name === 'use') {
    const target = node.attributes.find(([name]) => name === 'href')?.[1].slice(1);
    if (target === undefined || reused.has(target)) return null;
  }
  if (node.name === 'style' && !isHarmless(node.children.filter((one) => typeof one === 'string').join('')))
    return null;
  const children = node.children.flatMap((child) => {
    const kept = typeof child === 'string' ? child : keep(child, reused);
    return kept === null ? [] : [kept];
  });
  return { ...node, children };
}

const draws = (node: Node): boolean =>
  SHAPES.has(node.name) || node.children.some((child) => typeof child !== 'string' && draws(child));

function write({ name, attributes, children }: Node, isRoot = false): string {
  const inside = children.map((child) => (typeof child === 'string' ? escape(child) : write(child))).join('');
  const own = attributes.map(([key, value]) => ` ${key}="${escape(value)}"`).join('');
  return `<${name}${isRoot ? ` xmlns="${SVG}"` : ''}${own}${inside ? `>${inside}</${name}>` : '/>'}`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);

import type { Facility } from '../../server/wire/panel.ts';

/** The fixed drawings, made once a page; the map clones them. Plain DOM calls: no markup is parsed, so no policy is asked. */
export interface Drawings {
  nose: SVGElement;
  tail: SVGElement;
  /** Left one; stretched from the first to the last wing row. */
  wing: SVGElement;
  icons: Readonly<Record<Facility['code'], SVGElement | null>>;
}

let made: Drawings | undefined;

export function drawings(): Drawings {
  made ??= {
    nose: drawing('nose', '0 0 200 78', [
      ['path', { class: 'hull-line', d: 'M0 78C0 40 34 .6 100 .6S200 40 200 78' }],
      ['path', { class: 'glass', d: WINDSCREEN }],
    ]),
    tail: drawing('tail', '0 0 200 100', [
      ['path', { class: 'hull-line', d: 'M0 0C2 34 44 78 82 94c12 5 24 5 36 0C156 78 198 34 200 0' }],
      ['path', { class: 'fin', d: 'M100 30c2 0 3 20 3 40 0 12-1 22-3 22s-3-10-3-22c0-20 1-40 3-40z' }],
    ]),
    wing: drawing('wing', '0 0 100 100', [
      ['path', { class: 'pod', d: 'M41 19c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5v13H41z' }],
      ['path', { class: 'blade', d: 'M100 1C72 15 30 31 0 42v26c30 1 60 6 78 12 9 3 16 9 22 19z' }],
      ['path', { class: 'flap', d: 'M97 84C84 75 50 65 4 63' }],
    ]),
    icons: {
      lavatory: icon(
        'M4.3 4.5a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0M12.3 4.5a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0M6 8v9M4 8.5h4v4.5H4zM14 8l-2.5 5.5h5zM14 13.5V17M10 3v14',
      ),
      galley: icon(
        'M4 8h9v4.5a3.5 3.5 0 0 1-3.5 3.5h-2A3.5 3.5 0 0 1 4 12.5zM13 9h1.5a2 2 0 0 1 0 4H13M7 3v2.5M10 3v2.5',
      ),
      closet: icon('M8 6a2 2 0 1 1 2.6 1.9c-.4.1-.6.5-.6.9v.9m0 0l7 4.3c.8.5.5 1.7-.5 1.7H3.5c-1 0-1.3-1.2-.5-1.7z'),
      stairs: icon('M3 16h4v-3.5h3.5V9H14V5.5h3.5'),
      other: null,
    },
  };
  return made;
}

/**
 * The skin's side shade as a gradient for nose and tail, like the one the fuselage has as a background. Its id belongs to
 * one deck: a deck that is not shown would take the paint of another away with it.
 */
export function skin(id: string): SVGElement {
  return shape('linearGradient', { id, gradientUnits: 'userSpaceOnUse', x1: '0', x2: '200' }, [
    ['stop', { class: 'shade' }],
    ['stop', { class: 'skin', offset: '.12' }],
    ['stop', { class: 'skin', offset: '.88' }],
    ['stop', { class: 'shade', offset: '1' }],
  ]);
}

const WINDSCREEN =
  'M98.6 15c-6.4.2-12.2 1.3-17.2 3.1l2.9 7.3c4.3-1.5 9-2.3 14.3-2.4zm2.8 0c6.4.2 12.2 1.3 17.2 3.1l-2.9 7.3c-4.3-1.5-9-2.3-14.3-2.4z' +
  'M78.8 19.2c-5.7 2.4-10.6 5.7-14.7 9.7l7.2 5.1c2.9-3 6.5-5.4 10.5-7.2zm42.4 0c5.7 2.4 10.6 5.7 14.7 9.7l-7.2 5.1c-2.9-3-6.5-5.4-10.5-7.2z';

type Attributes = Readonly<Record<string, string>>;

const drawing = (name: string, viewBox: string, parts: [string, Attributes][]): SVGElement =>
  shape('svg', { class: name, viewBox, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, parts);

const icon = (d: string): SVGElement => shape('svg', { viewBox: '0 0 20 20' }, [['path', { d }]]);

function shape(tag: string, attributes: Attributes, parts: [string, Attributes][] = []): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const [part, its] of parts) element.append(shape(part, its));
  return element;
}

import type { BrandLook } from '../../server/wire/panel.ts';
import { wearOn } from '../panel/look.ts';

const one = <T extends HTMLElement>(selector: string): T => document.querySelector<T>(selector)!;

function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties);
}

/** Makes the page the brand's: mark, name, colours, links. Painting it again changes nothing that stands already. */
export function paintBrand({ name, tokens, links, logos }: BrandLook): void {
  wearOn(document.documentElement.style, tokens);
  const title = `Your seats, ${name}`;
  document.title = title;
  one('h1').textContent = title;
  const { primary, icon } = logos ?? {};
  const mark = one('.brand');
  // A logo spells the name; an icon or no picture leaves it to us.
  if (primary) mark.replaceChildren(picture(primary, name, () => mark.replaceChildren(name)));
  else mark.replaceChildren(...(icon ? [picture(icon, '', (image) => image.remove())] : []), name);
  if (icon) one<HTMLLinkElement>('link[rel=icon]').href = icon;
  const seller = one('.seller');
  seller.textContent = `${name} sells these seats.`;
  seller.hidden = false;
  paintLinks(links);
}

function picture(src: string, alt: string, failed: (image: HTMLImageElement) => void): HTMLImageElement {
  const image = make('img', { src, alt });
  image.addEventListener('error', () => failed(image), { once: true });
  return image;
}

/** In the order in which a traveller may look for them. */
const LINKS: readonly [keyof BrandLook['links'], string][] = [
  ['privacy', 'Privacy'],
  ['terms', 'Seat conditions'],
  ['refund', 'Refunds'],
  ['imprint', 'Imprint'],
  ['accessibility', 'Accessibility'],
];

function paintLinks(links: BrandLook['links']): void {
  const given = LINKS.flatMap(([which, text]) => {
    const href = links[which];
    // The purchase goes on while somebody reads its terms.
    return href ? [make('a', { href, textContent: text, target: '_blank', rel: 'noopener noreferrer' })] : [];
  });
  const nav = one('.foot nav');
  nav.replaceChildren(...given);
  nav.hidden = given.length === 0;
}

export function paintReference(recordLocator: string): void {
  if (!recordLocator) return;
  one('.reference b').textContent = recordLocator;
  one('.reference').hidden = false;
}

/** In place of the panel: what is, what that means, and a button where something can be done. */
export function say(heading: string, text: string, button?: [text: string, press: () => void]): void {
  const note = make('div', { className: 'note' });
  note.setAttribute('role', 'alert');
  note.append(make('h2', { textContent: heading }), make('p', { textContent: text }));
  if (button) {
    const [textContent, press] = button;
    const pressed = make('button', { type: 'button', className: 'press', textContent });
    pressed.addEventListener('click', press);
    note.append(pressed);
  }
  one('#panel').replaceWith(note);
}

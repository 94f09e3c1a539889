import type { Problem } from '../../server/wire/panel.ts';
import type { TagAnswer } from '../../server/wire/tag.ts';

/*
 * The older tag's script. That tag carries no key and no setting: the server knows the brand by the page's origin and answers
 * what stands in the brand's file. Then the loader has all it needs, and goes on as ever. A classic script; a page may hold
 * the tag more than once.
 */

const page = window as unknown as { departcart?: unknown[]; dataLayer?: unknown[] };
// gone once a script has ended; this file lies three folders deep, the loader does not
const { src } = (document.currentScript ?? {}) as { src?: string };
const origin = new URL(src || location.href).origin;

/** As the loader says it, which is not here yet. */
function fail(code: string, detail: string): void {
  console.warn('departcart', code, detail);
  document.dispatchEvent(
    new CustomEvent('departcart:error', { bubbles: true, composed: true, detail: { code, detail } }),
  );
  page.dataLayer?.push({ event: 'departcart_error', code });
}

function start({ key, find, find_locator, find_name, anchor, where, heading, locale }: TagAnswer): void {
  if (!Array.isArray(page.departcart)) page.departcart = [];
  page.departcart.push({
    type: 'init',
    // the weakest: what the page itself says counts
    via: 'data',
    key,
    find,
    findLocator: find_locator,
    findName: find_name,
    anchor,
    where,
    heading,
    locale,
  });
  const script = document.createElement('script');
  script.async = true;
  script.src = origin + '/loader.js';
  script.onerror = () => fail('panel_not_loaded', script.src);
  document.head.append(script);
}

fetch(origin + '/api/panel/tag', {
  method: 'POST',
  credentials: 'omit',
  referrerPolicy: 'strict-origin',
  body: '{"v":1}',
})
  .then((response) => response.json() as Promise<TagAnswer | Problem>)
  .then((said) => (said.success ? start(said) : fail(said.code, said.detail)))
  .catch(() => fail('unreachable', 'DepartCart gave no answer.'));

/** The loader's address in `gtm-template/template.tpl` as it is written: once in the code, once in the permission. */
const WRITTEN = 'https://departcart.example/loader.js';

/**
 * The tag template for one deployment: the address of its loader stands in the code and in the permission to inject scripts,
 * exact, so that no pattern allows another host. LF, no byte order mark.
 * @param template the text of `gtm-template/template.tpl`
 * @param publicUrl what the deployment's absolute links start with
 * @throws {Error} for a template that does not hold the written address exactly there, and for a public URL that is no plain
 *   http(s) address
 */
export function templateFor(template: string, publicUrl: string): string {
  const url = new URL(`${publicUrl.replace(/\/+$/, '')}/loader.js`);
  // What would need escaping in the template's code or JSON, or means something in a permission's pattern, is not let in.
  if (!/^https?:\/\/[\w.:[\]-]+[\w.~/-]*\/loader\.js$/.test(url.href)) {
    throw new Error(`DEPARTCART_PUBLIC_URL must be a plain http or https address without a query, not ${publicUrl}`);
  }
  const text = template.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const places = text
    .split(/^(?=___[A-Z0-9_]+___$)/m)
    .map((section) => [section.slice(0, section.indexOf('\n')), count(section)]);
  const found = places.filter(([, times]) => times !== 0).map(([name, times]) => `${String(name)} ${times}`);
  if (found.join() !== '___SANDBOXED_JS_FOR_WEB_TEMPLATE___ 1,___WEB_PERMISSIONS___ 1') {
    throw new Error(
      `the template must hold ${WRITTEN} once in its code and once in its permissions; found: ${found.join(', ') || 'nowhere'}`,
    );
  }
  return text.replaceAll(WRITTEN, url.href);
}

const count = (text: string): number => text.split(WRITTEN).length - 1;

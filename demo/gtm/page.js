// Runs in the page, after sandbox.js: the part of gtm.js that reads the data layer, fires the tag and loads scripts.
import { createRequire, cross, operations, scriptUrl } from './sandbox.js';

/** A tag that has called neither callback by then shows as "Still running" in Preview. */
const STILL_RUNNING_MS = 10_000;

/**
 * @param {any} page `window`
 * @param {import('./container.ts').Container} container
 * @param {(...given: any[]) => void} template the compiled code
 */
export function startContainer(page, container, template) {
  const dataLayer = (page.dataLayer ??= []);
  const require = createRequire({ ...container, page, inject: scriptLoader(page, container) });
  const report = (text) => page.console.error(`[GTM stand-in] The tag "${container.name}" ${text}`);

  function fire() {
    let outcome;
    const callback = (name) => () => {
      if (outcome) report(`called ${name} after ${outcome}. A tag calls one of the two, once.`);
      outcome ??= name;
    };
    const later = (name) => () => void page.setTimeout(callback(name), 0);
    page.setTimeout(() => {
      if (!outcome) report('is still running: it called neither gtmOnSuccess nor gtmOnFailure.');
    }, STILL_RUNNING_MS);
    const data = {
      ...resolve(container.data),
      gtmOnSuccess: later('gtmOnSuccess'),
      gtmOnFailure: later('gtmOnFailure'),
    };
    try {
      template(operations, data, require);
    } catch (error) {
      outcome ??= 'an exception';
      report(`ended with an exception: ${error.message}`);
    }
  }

  /** Puts in what the variables hold: as it is where the field is one variable, else as text. */
  function resolve(value) {
    if (Array.isArray(value)) return value.map(resolve);
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
    }
    if (typeof value !== 'string') return value;
    const whole = /^\{\{([^{}]+)\}\}$/.exec(value);
    return whole ? variable(whole[1]) : value.replace(/\{\{([^{}]+)\}\}/g, (_all, name) => String(variable(name)));
  }

  /** A data layer variable is what was pushed last under its key. */
  function variable(name) {
    const path = container.variables[name].split('.');
    const found = Array.from(dataLayer, (entry) => path.reduce((at, part) => at?.[part], entry));
    return cross(found.findLast((one) => one !== undefined));
  }

  const push = dataLayer.push;
  dataLayer.push = (...entries) => {
    const length = push.apply(dataLayer, entries);
    for (const entry of entries) if (entry?.event === container.trigger) fire();
    return length;
  };
  for (const entry of dataLayer.slice()) if (entry?.event === container.trigger) fire();
  // The first half of Google's snippet, for a page whose policy permits no inline script.
  if (!dataLayer.some((entry) => entry?.event === 'gtm.js'))
    dataLayer.push({ 'gtm.start': Date.now(), event: 'gtm.js' });
}

/** What `injectScript` does once it is permitted: Google's script element, attribute for attribute, one for each cache token. */
function scriptLoader(page, { allowLoopback, permissions }) {
  const { document } = page;
  const loads = new Map();
  let policy;

  function trusted(url) {
    if (!page.trustedTypes) return url;
    const same = (text) => text;
    policy ??= page.trustedTypes.createPolicy('goog#html', {
      createHTML: same,
      createScript: same,
      createScriptURL: same,
    });
    return policy.createScriptURL(url);
  }

  function insert(url, onLoad, onError) {
    const script = document.createElement('script');
    script.type = 'text/javascript';
    script.async = true;
    script.src = trusted(url);
    script.onload = onLoad;
    script.onerror = onError;
    const example = document.querySelector('script[nonce]');
    const nonce = example?.nonce || example?.getAttribute('nonce');
    if (nonce) script.setAttribute('nonce', nonce);
    const first = document.getElementsByTagName('script')[0];
    if (first) first.parentNode.insertBefore(script, first);
    else (document.body ?? document.head).append(script);
  }

  return (url, onSuccess, onFailure, cacheToken = Symbol(url)) => {
    const known = loads.get(cacheToken);
    if (known?.arrived) return onSuccess();
    if (known) return void known.waiting.push([onSuccess, onFailure]);
    const load = { arrived: false, waiting: [[onSuccess, onFailure]] };
    if (scriptUrl(url, permissions.inject_script.urls, allowLoopback) === 'loopback') {
      page.console.warn(`[GTM stand-in] Google Tag Manager itself refuses ${url}: it takes https on port 443 only.`);
    }
    insert(
      url,
      () => {
        load.arrived = true;
        for (const [succeed] of load.waiting) succeed();
      },
      () => {
        loads.delete(cacheToken);
        for (const [, fail] of load.waiting) fail();
      },
    );
    loads.set(cacheToken, load);
  };
}

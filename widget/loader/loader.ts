import { openBooking } from '../api/open.ts';
import { findBooking, type Booking } from './find-booking.ts';
import { readSettings, type Settings } from './settings.ts';

/*
 * Once a page. A classic script without a global but `window.departcart`, which stays the array it is: tags keep hold of
 * it. Two kilobytes are all there is, brotli, so this says in one expression what elsewhere would have a name.
 */

/** The panel's hashed file, below the loader's own origin; the build puts it in. */
declare const __PANEL_PATH__: string;

const page = window as unknown as Record<string, unknown[] | undefined> & { departcart: unknown[] & { loader?: 1 } };
// gone once a script has ended
const { src = location.href, dataset = {} } = (document.currentScript || {}) as {
  src?: string;
  dataset?: Record<string, string>;
};
const origin = new URL(src).origin;

/** Settings by source, the stronger later: `data-` attributes, the page's own entries, the tag's. */
const layers: [Settings, Settings, Settings] = [{}, {}, {}];
let settings: Settings = {};

let booking: Booking | '' | undefined;
/** Holds the panel, which was opened with what `shown` says. */
let host: HTMLElement | null;
let shown: string | null;
let replaced: Element | false | null;
let mountsLeft: number;
let timer: ReturnType<typeof setTimeout>;
let ticksLeft: number;

const note = (...words: unknown[]) => settings.debug === 'true' && console.warn('departcart', ...words);

const fail = (code: string, detail?: string) =>
  document.dispatchEvent(new CustomEvent('departcart:error', { bubbles: true, detail: { code, detail } }));

const observer = new MutationObserver(look);
/** What is out of the page has no size: the panel's removal is noticed without hearing each change of the page. */
const removal = new ResizeObserver(() => host && !host.isConnected && run());

/** Waits for booking and anchor, 15 s at most, with the settings as they are now. */
function run() {
  stop();
  settings = Object.assign({ api: origin, dataLayer: 'dataLayer', eventPrefix: 'departcart_' }, ...layers);
  if (/^dcpub_\w/.test(settings.key!)) {
    ticksLeft = 75;
    // A data layer is looked at, not listened to: others wrap its `push`, too, and who unwraps it cuts them off.
    timer = setInterval(look, 200);
    observer.observe(document, { childList: true, subtree: true });
    look();
  } else if (/^[ps]k_/.test(settings.key!)) fail('key_is_stripes');
  else fail('key_unknown', 'Not a dcpub_ key');
}

/** Shows the panel if booking and anchor are there. With `changes` of the page only the anchor is looked for again. */
function look(changes?: unknown) {
  const { anchor, where = 'append' } = settings;
  let given: Element | null | undefined;
  try {
    given = document.querySelector(anchor || '#departcart-seats');
  } catch {
    // no selector
  }
  // a framework that took the default anchor away gets a second to bring it back
  const spot =
    given ||
    (!anchor &&
      document.readyState !== 'loading' &&
      !(host && ticksLeft > 70) &&
      (document.querySelector('main') || document.body));
  if (!changes) {
    booking = findBooking(settings);
    ticksLeft--;
  }
  if (spot && booking) {
    stop();
    const wanted = settings.key + JSON.stringify(booking);
    if (shown !== wanted) mountsLeft = 5;
    else if (host!.isConnected) return;
    close();
    if (mountsLeft--) {
      shown = wanted;
      host = document.createElement('div');
      open(host, booking);
      replaced = where === 'replace' && given!;
      spot[replaced ? 'replaceWith' : given ? (where as 'append') : 'append'](host);
      removal.observe(host);
    }
  } else if (ticksLeft < 0) {
    stop();
    if (!host)
      if (booking) fail('anchor_not_found', anchor);
      else fail('booking_not_on_page', 'No recordLocator or lastName');
  }
}

/** Starts the opening call and the panel's import in one tick. A panel that comes when another took its place is not mounted. */
function open(mine: HTMLElement, found: Booking) {
  // Chrome 111, Firefox 115, Safari 16.4
  if (CSS.supports('color', 'lab(0 0 0)') && ([] as { toSorted?: unknown }).toSorted && document.adoptedStyleSheets) {
    const { key, api, locale, attribution: source, reference } = settings as Required<Settings>;
    const opening = openBooking(api, {
      key,
      encrypted_id: found.encryptedId,
      record_locator: found.recordLocator,
      last_name: found.lastName,
      locale,
      source,
      reference,
    });
    const path = '/' + __PANEL_PATH__;
    opening.catch(note);
    import(/* @vite-ignore */ origin + path)
      // In another folder, since browsers remember a module that failed: what its other files import from it they look for beside them.
      .catch(() =>
        new Promise((resolve) => setTimeout(resolve, 2000)).then(
          () => import(/* @vite-ignore */ origin + '/again' + path),
        ),
      )
      .then((panel) => mine === host && panel.mount(mine, { ...settings, ...found, source, opening }))
      .catch((error) => mine === host && fail('panel_not_loaded', error.message));
  } else {
    // a page that says what it needs, and whose address can be taken elsewhere
    const link = mine.appendChild(document.createElement('a'));
    link.href = origin + '/seatmap?key=' + settings.key;
    link.textContent = 'Choose your seats';
    fail('browser_not_supported');
  }
}

function stop() {
  clearTimeout(timer);
  observer.disconnect();
}

function close() {
  if (host) {
    removal.disconnect();
    if (replaced) host.replaceWith(replaced);
    host.remove();
    host = shown = null;
  }
}

/** Takes entries as objects, as `[type, settings]` or as an `arguments` object of the same. Never throws. */
function push(...entries: Record<string, unknown>[]) {
  for (const entry of entries)
    try {
      const read = readSettings(entry[0] ? { ...(entry[1] as object), type: entry[0] } : entry, (name) =>
        // later, when `debug` of this entry counts
        setTimeout(note, 9, 'not a setting', name),
      );
      const { type, via } = read;
      if (type) {
        stop();
        if (type === 'destroy') close();
        else {
          if (type === 'update') {
            Object.assign(layers[2], read);
            shown = '';
          } else layers[via === 'gtm' ? 2 : via ? 0 : 1] = read;
          // once for all entries of this tick
          timer = setTimeout(run);
        }
      }
    } catch {
      // no entry at all, or one that cannot be read
    }
  return 0;
}

// an element with this id occupies the global until a script assigns it
let queue = page.departcart;
if (!Array.isArray(queue)) page.departcart = queue = [];
if (!queue.loader) {
  Object.defineProperties(queue, { loader: { value: 1 }, push: { value: push } });
  for (const name of ['ready', 'error'])
    addEventListener('departcart:' + name, (event) => {
      const { detail } = event as CustomEvent;
      const layer = page[settings.dataLayer!];
      note(name, detail);
      // what the page's owner has to put right is nothing to show to a traveller
      if (/^(key|origin|panel)_/.test(detail.code)) close();
      if (settings.events !== 'false' && layer) layer.push({ event: settings.eventPrefix + name, code: detail.code });
    });
  queue.push(...queue.splice(0));
}
if (dataset.key) queue.push({ ...dataset, type: 'init', via: 'data' });

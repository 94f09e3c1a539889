import type { Settings } from './settings.ts';

/** By an id that the partner's server made, else by reference and name. */
export interface Booking {
  encryptedId?: string;
  recordLocator?: string;
  lastName?: string;
}

/**
 * What pages call the two, as JSON has it; the last group is the value. Under such a name an order number of another
 * length is no record locator, and a hash or an id no last name. `underName.name` is schema.org's, a whole name: of it
 * the last word.
 */
const NAMED = [
  /(pnr|(pnr|record|booking|reservation|confirmation)[-_]?(locator|ref\w*|code|number))":"([a-z\d]{6})"/i,
  /((last|sur|family)[-_]?name":"|undername":[^}]*"name":"([^"]* )?)([^\d"]{1,60})"/i,
] as const;

/** What a page's script put where we look: anything. */
interface Entry {
  readonly [name: string]: Entry;
}

/** A text, or an element that has one. */
type Found = string & { value?: string; textContent?: string };

/** A page's element has no place in JSON: it may lead to the whole page. */
const withoutElements = (_: string, value: Entry | null) => (value && value.nodeType ? 0 : value);

/** The objects of the page's JSON-LD that are flight reservations, however deep they lie. */
function reservations(): Entry[] {
  const found: Entry[] = [];
  for (const script of document.querySelectorAll('script[type="application/ld+json"]'))
    try {
      JSON.parse(script.textContent, (_, value) => {
        if (value && /FlightReservation/.test(value['@type'])) found.push(value);
        return value;
      });
    } catch {
      // not ours to mend
    }
  return found;
}

/**
 * The booking that the settings name or the page shows; nothing while a half of it is missing. An id that is set counts alone,
 * other settings before the page. What is not set is looked for by `find`: entries of the data layer, elements, the address, JSON-LD. The newest entry with a
 * locator wins; the name is that entry's own, else the newest there is.
 */
export function findBooking(settings: Settings): Booking | '' | undefined {
  // oxlint-disable-next-line prefer-const -- one statement is shorter than a second one for what stays
  let { encryptedId, recordLocator, lastName, find = 'auto', findLocator, findName, dataLayer } = settings;
  // entries, oldest first
  const ways: Record<string, () => unknown> = {
    'data-layer': () => (window as unknown as Entry)[dataLayer!],
    selector: () => [
      { [findLocator!]: document.querySelector(findLocator!), [findName!]: document.querySelector(findName!) },
    ],
    url: () => [Object.fromEntries(new URLSearchParams(location.href.replace(/[?#]/g, '&')))],
    'json-ld': reservations,
  };
  for (const way in ways)
    if (!(recordLocator && lastName) && (find === 'auto' || find === way))
      try {
        for (const entry of [...(ways[way]!() as Entry[])].reverse())
          try {
            const [locator, name] = [findLocator, findName].map((path, which) => {
              const value = (
                path
                  ? entry[path] || path.split('.').reduce((at, key) => at && at[key]!, entry)
                  : (NAMED[which]!.exec(JSON.stringify(entry, withoutElements)) || []).pop()
              ) as Found | undefined;
              return value && String(value.value || value.textContent || value).trim();
            });
            lastName = settings.lastName || (!recordLocator && locator && name) || lastName || name;
            recordLocator = recordLocator || locator;
          } catch {
            // an entry that has no JSON, such as one that holds itself
          }
      } catch {
        // no data layer, or a key read as a selector
      }
  return encryptedId ? { encryptedId } : recordLocator && lastName && { recordLocator, lastName };
}

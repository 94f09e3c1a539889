import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stand, type PageOptions } from './stand.ts';

const KEY = 'dcpub_test_skyline';

let stand: Stand;
beforeAll(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.reset());
afterAll(() => stand.stop());

/** The booking that a page leads to, as the opening call has it. */
async function found(page: PageOptions & { settings?: string }): Promise<string> {
  const { head = '', settings = '' } = page;
  const snippet = `<script async src="LOADER" data-key="${KEY}" ${settings}></script>`;
  const partner = await stand.visit({ ...page, head: head + snippet });
  await partner.mounted();
  const { record_locator, last_name } = stand.opened[0]!.body;
  return `${String(record_locator)} ${String(last_name)}`;
}

const layer = (...entries: unknown[]) => `<script>dataLayer = ${JSON.stringify(entries)}</script>`;
const jsonLd = (...blocks: unknown[]) =>
  blocks
    .map((block) => (typeof block === 'string' ? block : JSON.stringify(block)))
    .map((text) => `<script type="application/ld+json">${text}</script>`)
    .join('');

const flight = { '@type': 'FlightReservation', reservationNumber: 'ABC123' };

describe('a booking that is set', () => {
  it('by an encrypted id, needs nothing of the page', async () => {
    const head = `<script async src="LOADER" data-key="${KEY}" data-encrypted-id="Z0FBQUFB" data-pnr="WRONG1"></script>`;
    const partner = await stand.visit({ head: head + layer({ pnr: 'WRONG1', lastName: 'WRONG' }) });
    await partner.mounted();
    const { body } = stand.opened[0]!;
    expect(body['encrypted_id']).toBe('Z0FBQUFB');
    expect(body).not.toHaveProperty('record_locator');
    expect(body).not.toHaveProperty('last_name');
  });
});

describe('a booking in the data layer', () => {
  it.each([
    ['flat', { recordLocator: 'ABC123', lastName: 'SMITH' }],
    ['with underscores', { record_locator: 'ABC123', last_name: 'SMITH' }],
    ['as a PNR', { pnr: 'ABC123', surname: 'SMITH' }],
    ['as a booking reference', { bookingReference: 'ABC123', passengerLastName: 'SMITH' }],
    ['with dashes', { 'booking-ref': 'ABC123', 'family-name': 'SMITH' }],
    ['as a confirmation code', { confirmationCode: 'abc123', traveller_surname: 'SMITH' }],
    ['one level down', { event: 'booked', booking: { pnr: 'ABC123', lastName: 'SMITH' } }],
    ['in a list', { booking: { pnr: 'ABC123', passengers: [{ lastName: 'SMITH' }, { lastName: 'GARCÍA' }] } }],
  ])('is found %s', async (_, entry) => {
    expect((await found({ head: layer({ event: 'gtm.js' }, entry) })).toUpperCase()).toBe('ABC123 SMITH');
  });

  it('is found where gtag() put it', async () => {
    const head = `<script>dataLayer = []; function gtag() { dataLayer.push(arguments) }
      gtag('set', { pnr: 'ABC123', lastName: 'SMITH' });</script>`;
    expect(await found({ head })).toBe('ABC123 SMITH');
  });

  it('is the newest one', async () => {
    const head = layer({ pnr: 'OLD111', lastName: 'OLD' }, { pnr: 'ABC123', lastName: 'SMITH' });
    expect(await found({ head })).toBe('ABC123 SMITH');
  });

  it('keeps its own name when a newer entry has another, without a locator', async () => {
    const head = layer({ pnr: 'ABC123', lastName: 'SMITH' }, { user: { lastName: 'AGENT' } });
    expect(await found({ head })).toBe('ABC123 SMITH');
  });

  it('takes its name from another entry when it has none', async () => {
    const head = layer({ user: { lastName: 'SMITH' } }, { pnr: 'ABC123' });
    expect(await found({ head })).toBe('ABC123 SMITH');
  });

  it('is not taken from an order number, a word or a hash', async () => {
    const head = layer(
      { pnr: 'ABC123', lastName: 'SMITH' },
      { bookingReference: 'ORDER-2026-000017', booking: 'online', lastName: '9f86d081884c7d65' },
    );
    expect(await found({ head })).toBe('ABC123 SMITH');
  });

  it('is found beside entries that hold elements, themselves or nothing', async () => {
    const head = `<script>
      const loop = { pnr: 'LOOPED' }; loop.self = loop;
      dataLayer = [{ pnr: 'ABC123', lastName: 'SMITH' }, loop, null, undefined, 7, 'x',
        { event: 'gtm.click', 'gtm.element': document.head, view: { lastName: document.documentElement } }];
    </script>`;
    expect(await found({ head })).toBe('ABC123 SMITH');
  });

  it('is found by the keys given, through objects or with the dot in the key', async () => {
    const head = layer({ trip: { locator: 'ABC123' }, 'who.name': 'SMITH', pnr: 'WRONG1', lastName: 'WRONG' });
    const settings = 'data-find="data-layer" data-find-locator="trip.locator" data-find-name="who.name"';
    expect(await found({ head, settings })).toBe('ABC123 SMITH');
  });

  it('may have another name', async () => {
    const head = '<script>digitalData = [{ pnr: "ABC123", lastName: "SMITH" }]</script>';
    expect(await found({ head, settings: 'data-data-layer="digitalData"' })).toBe('ABC123 SMITH');
  });

  it('may come later, and push stays what it was', async () => {
    const snippet = `<script>dataLayer = []</script><script async src="LOADER" data-key="${KEY}"></script>`;
    const partner = await stand.visit({ head: snippet });
    await partner.loaded();
    const untouched = await partner.page.evaluate(() => {
      const { dataLayer } = window as unknown as { dataLayer: object[] };
      const same = dataLayer.push === Array.prototype.push;
      dataLayer.push({ pnr: 'ABC123', lastName: 'SMITH' });
      return same;
    });
    expect(untouched).toBe(true);
    expect(await partner.mounted()).toMatchObject([{ recordLocator: 'ABC123', lastName: 'SMITH' }]);
  });
});

describe('a booking elsewhere on the page', () => {
  it('is found by selectors, in texts and fields', async () => {
    const body = '<b class="ref"> ABC123 </b><input name="last" value="SMITH">';
    const settings = `data-find="selector" data-find-locator=".ref" data-find-name="input[name=last]"`;
    expect(await found({ body, settings })).toBe('ABC123 SMITH');
  });

  it('is found by selectors without being told that they are some', async () => {
    const body = '<b id="ref">ABC123</b><i id="name">SMITH</i>';
    const settings = 'data-find-locator="#ref" data-find-name="#name"';
    expect(await found({ head: layer({ event: 'x' }), body, settings })).toBe('ABC123 SMITH');
  });

  it.each([
    ['the query', '?step=done&pnr=ABC123&lastName=O%27NEIL'],
    ['the fragment', '#/done?recordLocator=ABC123&surname=O%27NEIL'],
    ['both', '?pnr=ABC123#last_name=O%27NEIL'],
  ])('is found in %s', async (_, at) => {
    expect(await found({ at })).toBe("ABC123 O'NEIL");
  });

  it('is found in the query by the names given', async () => {
    const settings = 'data-find="url" data-find-locator="r" data-find-name="n"';
    expect(await found({ at: '?r=ABC123&n=SMITH', settings })).toBe('ABC123 SMITH');
  });

  it.each([
    ['a family name', { ...flight, underName: { '@type': 'Person', familyName: 'Smith' } }],
    ['a whole name', { ...flight, underName: { '@type': 'Person', name: 'Ann Mary Smith' } }],
    ['several travellers', { ...flight, underName: [{ name: 'Ann Smith' }, { name: 'Bo García' }] }],
    ['a graph', { '@graph': [{ ...flight, underName: { name: 'Smith' } }] }],
    ['several types', { ...flight, '@type': ['Thing', 'FlightReservation'], underName: { name: 'Smith' } }],
  ])('is found in JSON-LD with %s', async (_, block) => {
    expect(await found({ head: jsonLd('{ faulty', block) })).toBe('ABC123 Smith');
  });

  it('is not the hotel', async () => {
    const hotel = { '@type': 'LodgingReservation', reservationNumber: 'HOTEL1', underName: { name: 'Bo Other' } };
    const head = jsonLd([{ ...flight, underName: { name: 'Ann Smith' } }, hotel]);
    expect(await found({ head })).toBe('ABC123 Smith');
  });

  it('may lie in halves in two places', async () => {
    expect(await found({ head: layer({ pnr: 'ABC123' }), at: '?lastName=SMITH' })).toBe('ABC123 SMITH');
  });

  it('is looked for only where `find` says', async () => {
    const head = layer({ pnr: 'WRONG1', lastName: 'WRONG' });
    expect(await found({ head, at: '?pnr=ABC123&lastName=SMITH', settings: 'data-find="url"' })).toBe('ABC123 SMITH');
  });

  it('counts less than what is set', async () => {
    const head = layer({ pnr: 'WRONG1', lastName: 'WRONG' });
    expect(await found({ head, settings: 'data-pnr="ABC123" data-last-name="SMITH"' })).toBe('ABC123 SMITH');
    expect(stand.opened).toHaveLength(1);
  });
});

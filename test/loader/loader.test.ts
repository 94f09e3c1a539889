import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stand, type PageOptions, type PartnerPage } from './stand.ts';

const KEY = 'dcpub_test_skyline';
const init = { type: 'init', key: KEY, recordLocator: 'ABC123', lastName: 'SMITH' };
const anchor = '<main><div id="departcart-seats"></div></main>';

let stand: Stand;
beforeAll(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.reset());
afterAll(() => stand.stop());

/** A page that pushes these entries before it loads the loader. */
function visit(entries: object[], more: PageOptions = {}): Promise<PartnerPage> {
  const queue = `<script>dataLayer = []; departcart = ${JSON.stringify(entries)}; theQueue = departcart</script>`;
  return stand.visit({ body: anchor, ...more, head: `${more.head ?? ''}${queue}<script async src="LOADER"></script>` });
}

const events = async (partner: PartnerPage): Promise<unknown[]> =>
  partner.page.evaluate(() => (window as unknown as { dataLayer: object[] }).dataLayer);

describe('the queue', () => {
  it('stays the same array, and its push takes objects, lists and arguments', async () => {
    const partner = await visit([], { before: 'window.stub = function () { theQueue.push(arguments) }' });
    await partner.loaded();
    const seen = await partner.page.evaluate((first) => {
      const page = window as unknown as { departcart: object[]; theQueue: object[]; stub(...entry: unknown[]): void };
      const { push } = page.theQueue;
      push.call(page.theQueue, [first.type, { ...first, recordLocator: 'LIST11' }]);
      page.stub('init', { ...first, recordLocator: 'ARGS11' });
      return {
        same: page.departcart === page.theQueue,
        keys: Object.keys(page.departcart),
        length: page.departcart.length,
      };
    }, init);
    expect(seen).toEqual({ same: true, keys: [], length: 0 });
    expect(await partner.mounted()).toMatchObject([{ recordLocator: 'ARGS11' }]);
  });

  it('bears anything and throws nothing', async () => {
    const partner = await visit([
      null as never,
      7 as never,
      'init' as never,
      [],
      [null] as never,
      { type: 'consent' },
      init,
    ]);
    const thrown = await partner.page.evaluate(() => {
      const hostile = {
        get type() {
          throw new Error('no');
        },
      };
      try {
        (window as unknown as { departcart: unknown[] }).departcart.push(hostile, undefined, Symbol('x'));
      } catch (error) {
        return String(error);
      }
      return null;
    });
    expect(thrown).toBeNull();
    expect(await partner.mounted()).toMatchObject([{ recordLocator: 'ABC123' }]);
    expect(partner.faults).toEqual([]);
  });

  it('is there although an element has its name as id', async () => {
    const head = `<script async src="LOADER" data-key="${KEY}" data-pnr="ABC123" data-last-name="SMITH"></script>`;
    const partner = await stand.visit({ head, body: `<p id="departcart"></p>${anchor}` });
    await partner.mounted();
    expect(
      await partner.page.evaluate(() => Array.isArray((window as unknown as { departcart: unknown }).departcart)),
    ).toBe(true);
  });

  it('is served by one loader, and a second one hands over its settings', async () => {
    const data = `data-key="${KEY}" data-pnr="ABC123" data-last-name="SMITH" data-locale="de"`;
    const partner = await visit([], {
      body: `${anchor}<script src="LOADER"></script><script src="LOADER" ${data}></script>`,
    });
    expect(await partner.mounted()).toMatchObject([{ recordLocator: 'ABC123', key: KEY, locale: 'de' }]);
    expect(stand.opened).toHaveLength(1);
    expect(await events(partner)).toEqual([{ event: 'departcart_ready' }]);
  });

  it('leaves no global but its own', async () => {
    const partner = await stand.visit({
      head: `<script>before = Object.keys(window)</script><script src="LOADER"></script>`,
      body: '<script>added = Object.keys(window).filter((key) => !before.includes(key))</script>',
    });
    expect(await partner.read('added')).toEqual(['before', 'departcart']);
  });
});

describe('settings', () => {
  it('come from the tag first, then from the page, then from data attributes', async () => {
    const entries = [
      { ...init, via: 'gtm', key: KEY, recordLocator: '', locale: 'de' },
      { type: 'init', key: 'dcpub_test_other', recordLocator: 'ABC123', locale: 'fr', reference: 'R1' },
    ];
    const body = `${anchor}<script src="LOADER" data-key="dcpub_test_third" data-last-name="X" data-locale="es" data-heading="4"></script>`;
    const partner = await visit(entries, { body });
    expect(await partner.mounted()).toMatchObject([
      { key: KEY, recordLocator: 'ABC123', lastName: 'SMITH', locale: 'de', reference: 'R1', heading: '4' },
    ]);
  });

  it('go into the opening call and to the panel', async () => {
    const partner = await visit([{ ...init, attribution: 'mail', reference: 'R 1', locale: 'de', heading: 3 }]);
    const [settings] = await partner.mounted();
    expect(settings).toMatchObject({
      api: stand.api,
      key: KEY,
      recordLocator: 'ABC123',
      lastName: 'SMITH',
      source: 'mail',
      reference: 'R 1',
      locale: 'de',
      heading: '3',
    });
    expect(stand.opened[0]!.body).toEqual({
      v: 1,
      key: KEY,
      record_locator: 'ABC123',
      last_name: 'SMITH',
      source: 'mail',
      reference: 'R 1',
      locale: 'de',
    });
  });

  it('that do not work are named in debug only', async () => {
    const loud = await visit([{ ...init, layout: 'drawer', heading: 9, debug: true }]);
    await loud.mounted();
    await expect
      .poll(() => loud.said)
      .toEqual(expect.arrayContaining(['departcart not a setting layout', 'departcart not a setting heading']));
    const quiet = await visit([{ ...init, layout: 'drawer' }]);
    await quiet.mounted();
    expect(quiet.said).toEqual([]);
  });
});

describe('the opening', () => {
  it('is one simple call and one module, started together', async () => {
    let open = () => {};
    stand.panelWait = new Promise((resolve) => (open = resolve));
    const partner = await visit([init]);
    await expect.poll(() => stand.asked.length).toBe(3);
    expect(stand.asked).toEqual(['GET /loader.js', expect.any(String), expect.any(String)]);
    expect(stand.asked).toEqual(expect.arrayContaining(['GET /assets/panel-test.js', 'POST /api/panel/open']));
    expect(stand.opened[0]!.headers).toMatchObject({ 'content-type': 'text/plain;charset=UTF-8' });
    expect(stand.opened[0]!.headers.cookie).toBeUndefined();
    open();
    await partner.mounted();
    expect(stand.asked).toHaveLength(3);
  });

  it('waits for booking and anchor', async () => {
    const partner = await visit([{ type: 'init', key: KEY, anchor: '#seats' }], { body: '<main></main>' });
    await partner.loaded();
    await partner.page.evaluate(() =>
      document.querySelector('main')!.append(Object.assign(document.createElement('div'), { id: 'seats' })),
    );
    await partner.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(stand.asked).toEqual(['GET /loader.js']);
    await partner.page.evaluate(() =>
      (window as unknown as { dataLayer: object[] }).dataLayer.push({ pnr: 'ABC123', lastName: 'SMITH' }),
    );
    await partner.mounted();
    expect(await partner.page.locator('#seats .panel').count()).toBe(1);
  });

  it('tries the module once more, in another folder', async () => {
    stand.panelFails = 1;
    const partner = await visit([init]);
    await partner.mounted();
    const modules = stand.asked.filter((path) => path.includes('/assets/'));
    expect(modules).toEqual(['GET /assets/panel-test.js', 'GET /again/assets/panel-test.js']);
    expect(stand.opened).toHaveLength(1);
  });

  it('says so and leaves nothing behind when the module does not come', async () => {
    stand.panelFails = 2;
    const partner = await visit([{ ...init, debug: 'true' }]);
    expect(await partner.codes()).toEqual(['panel_not_loaded']);
    expect(await partner.page.locator('#departcart-seats').innerHTML()).toBe('');
    expect(await events(partner)).toEqual([{ event: 'departcart_error', code: 'panel_not_loaded' }]);
    expect(partner.said.join()).toContain('/assets/panel-test.js');
    expect(partner.faults).toEqual([]);
  });
});

describe('where the panel goes', () => {
  const order = async (partner: PartnerPage): Promise<string> =>
    partner.page.evaluate(() => {
      const walk = (node: Element): string =>
        [...node.children]
          .filter(({ localName }) => localName !== 'script')
          .map((child) => (child.className === 'panel' ? 'P' : child.id ? `${child.id}(${walk(child)})` : walk(child)))
          .join(' ');
      return walk(document.body);
    });

  it.each([
    ['append', 'a(b() P)'],
    ['prepend', 'a(P b())'],
    ['before', 'P a(b())'],
    ['after', 'a(b()) P'],
    ['replace', 'P'],
  ])('%s', async (where, expected) => {
    const partner = await visit([{ ...init, anchor: '#a', where }], { body: '<div id="a"><i id="b"></i></div>' });
    await partner.mounted();
    expect(await order(partner)).toBe(expected);
    await partner.push({ type: 'destroy' });
    expect(await order(partner)).toBe('a(b())');
  });

  it.each([
    ['the default anchor', '<main id="m"><p id="departcart-seats"></p></main>', 'm(departcart-seats(P))'],
    ['the end of main, whatever `where` says', '<main id="m"><i id="x"></i></main><i id="y"></i>', 'm(x() P) y()'],
    ['the end of the body', '<i id="x"></i>', 'x() P'],
  ])('is %s', async (_, body, expected) => {
    const partner = await visit([{ ...init, where: body.includes('departcart') ? 'append' : 'replace' }], { body });
    await partner.mounted();
    expect(await order(partner)).toBe(expected);
  });

  it.each(['#nowhere', 'not[a selector'])('is nowhere without the anchor %s, and that is said', async (selector) => {
    const partner = await visit([{ ...init, anchor: selector, debug: true }], { clock: true });
    await partner.loaded();
    await partner.page.clock.runFor(14_000);
    expect(await partner.read('codes')).toBeUndefined();
    await partner.page.clock.runFor(3_000);
    expect(await partner.codes()).toEqual(['anchor_not_found']);
    await expect.poll(() => partner.said.join()).toContain(selector);
    expect(stand.asked).toEqual(['GET /loader.js']);
    expect(partner.faults).toEqual([]);
  });
});

describe('a page that changes', () => {
  it('may ask again for the same booking without effect', async () => {
    const partner = await visit([init]);
    await partner.mounted();
    await partner.push({ ...init, via: 'gtm' }, init);
    await partner.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(stand.opened).toHaveLength(1);
    expect(await partner.panels()).toBe(1);
  });

  it('shows another booking in place of the first', async () => {
    const partner = await visit([init]);
    await partner.mounted();
    await partner.push({ ...init, recordLocator: 'SOLO77' });
    expect(await partner.mounted(2)).toMatchObject([{}, { recordLocator: 'SOLO77' }]);
    expect(await partner.page.locator('.panel').allTextContents()).toEqual(['SOLO77']);
  });

  it('may change a setting, over the tag', async () => {
    const partner = await visit([{ ...init, via: 'gtm' }]);
    await partner.mounted();
    await partner.push({ type: 'update', locale: 'de' });
    expect(await partner.mounted(2)).toMatchObject([{}, { recordLocator: 'ABC123', locale: 'de' }]);
    expect(await partner.panels()).toBe(1);
  });

  it('takes the panel away and may show it again', async () => {
    const partner = await visit([init]);
    await partner.mounted();
    await partner.push({ type: 'destroy' }, { type: 'destroy' });
    expect(await partner.page.locator('#departcart-seats').innerHTML()).toBe('');
    await partner.push(init);
    await partner.mounted(2);
    expect(await partner.panels()).toBe(1);
  });

  it('that took the panel away while its module came gets none', async () => {
    let open = () => {};
    stand.panelWait = new Promise((resolve) => (open = resolve));
    const partner = await visit([init]);
    await expect.poll(() => stand.opened.length).toBe(1);
    await partner.push({ type: 'destroy' });
    open();
    await partner.page.evaluate(`import('${stand.api}/assets/panel-test.js')`);
    expect(await partner.read('mounted')).toBeUndefined();
    expect(await partner.page.locator('#departcart-seats').innerHTML()).toBe('');
  });

  it('that draws itself anew gets the panel back when the anchor is back, but not for ever', async () => {
    const partner = await visit([init]);
    await partner.mounted();
    const redraw = () =>
      partner.page.evaluate(async () => {
        const main = document.querySelector('main')!;
        main.replaceChildren();
        await new Promise((resolve) => setTimeout(resolve, 100));
        main.append(Object.assign(document.createElement('div'), { id: 'departcart-seats' }));
      });
    for (let times = 2; times <= 5; times++) {
      await redraw();
      await partner.mounted(times);
      expect(await partner.page.locator('#departcart-seats .panel').count()).toBe(1);
    }
    await redraw();
    await partner.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
    expect(await partner.panels()).toBe(0);
    expect(await partner.read('codes')).toBeUndefined();
  });

  it('is watched no longer than needed', async () => {
    const before = `
      open = new Set();
      const { observe, disconnect } = MutationObserver.prototype;
      MutationObserver.prototype.observe = function (...args) { if (/loader\\.js/.test(new Error().stack)) open.add(this); return observe.apply(this, args); };
      MutationObserver.prototype.disconnect = function () { open.delete(this); return disconnect.apply(this); };`;
    const partner = await visit([init], { before });
    await partner.mounted();
    expect(await partner.page.evaluate(() => (window as unknown as { open: Set<unknown> }).open.size)).toBe(0);
  });
});

describe('what is said to the page', () => {
  it('goes to the data layer, with nothing personal', async () => {
    const partner = await visit([init]);
    await partner.mounted();
    await expect.poll(() => events(partner)).toEqual([{ event: 'departcart_ready' }]);
  });

  it('may have another prefix and place, or not be said', async () => {
    const other = await visit([{ ...init, eventPrefix: 'seats_', dataLayer: 'theirs' }], {
      head: '<script>theirs = []</script>',
    });
    await other.mounted();
    await expect.poll(() => other.read('theirs')).toEqual([{ event: 'seats_ready' }]);
    expect(await events(other)).toEqual([]);
    const silent = await visit([{ ...init, events: false }]);
    await silent.mounted();
    expect(await events(silent)).toEqual([]);
  });

  it.each(['origin_not_allowed', 'key_unknown', 'key_is_stripes'])('is %s, and no panel stays', async (code) => {
    stand.openAnswer = { status: 403, body: { success: false, code, detail: 'Ask your administrator.' } };
    const partner = await visit([{ ...init, debug: true }]);
    expect(await partner.codes()).toEqual([code]);
    await expect.poll(() => partner.panels()).toBe(0);
    await expect.poll(() => events(partner)).toEqual([{ event: 'departcart_error', code }]);
    await expect.poll(() => partner.said.join()).toContain('Ask your administrator.');
  });

  it('leaves to the panel what a traveller can do something about', async () => {
    stand.openAnswer = { status: 404, body: { success: false, code: 'booking_not_found', detail: '' } };
    const partner = await visit([init]);
    expect(await partner.codes()).toEqual(['booking_not_found']);
    expect(await partner.panels()).toBe(1);
  });

  it.each([
    ['pk_test_51Habc', 'key_is_stripes', 'key_is_stripes'],
    ['sk_live_51Habc', 'key_is_stripes', 'key_is_stripes'],
    ['skyline', 'key_unknown', 'Not a dcpub_ key'],
    ['', 'key_unknown', 'Not a dcpub_ key'],
  ])('about the key %s is %s, before anything is asked', async (key, code, words) => {
    const partner = await visit([{ ...init, key, debug: true }]);
    expect(await partner.codes()).toEqual([code]);
    expect(stand.asked).toEqual(['GET /loader.js']);
    await expect.poll(() => partner.said.join()).toContain(words);
  });

  it('is booking_not_on_page after 15 seconds, with words in debug only', async () => {
    const partner = await visit([{ type: 'init', key: KEY }], { clock: true });
    await partner.loaded();
    await partner.page.clock.runFor(16_000);
    expect(await partner.codes()).toEqual(['booking_not_on_page']);
    expect(await events(partner)).toEqual([{ event: 'departcart_error', code: 'booking_not_on_page' }]);
    expect(partner.said).toEqual([]);
  });
});

describe('a browser below the floor', () => {
  it.each([
    ['Chrome 110', 'CSS.supports = (name, value) => !/^(lab|oklch|color-mix)/.test(value)'],
    ['Firefox 114', 'delete Array.prototype.toSorted'],
    ['Safari 16.3', 'delete Document.prototype.adoptedStyleSheets'],
  ])('such as %s gets a link to our own page and asks for nothing', async (_, before) => {
    const partner = await visit([init], { before });
    expect(await partner.codes()).toEqual(['browser_not_supported']);
    const link = partner.page.locator('#departcart-seats a');
    expect(await link.innerText()).toBe('Choose your seats');
    expect(await link.getAttribute('href')).toBe(`${stand.api}/seatmap?key=${KEY}`);
    expect(stand.asked).toEqual(['GET /loader.js']);
  });
});

describe('a strict page', () => {
  it('with a nonce-only script-src and Trusted Types runs it', async () => {
    const policy = `script-src 'nonce-n1'; connect-src ${stand.api}; require-trusted-types-for 'script'; trusted-types`;
    const data = `data-key="${KEY}" data-pnr="ABC123" data-last-name="SMITH"`;
    const partner = await stand.visit({
      headers: { 'Content-Security-Policy': policy },
      head: `<script nonce="n1" async src="LOADER" ${data}></script>`,
      body: anchor,
      before: `violations = []; document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))`,
    });
    await partner.mounted();
    expect(await partner.read('violations')).toEqual([]);
  });

  it('finds no cookie and no storage', async () => {
    const partner = await visit([init]);
    await partner.mounted();
    expect(await partner.page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual([
      '',
      0,
      0,
    ]);
  });
});

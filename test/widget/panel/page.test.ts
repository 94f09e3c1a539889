import { emulateMedia } from '@web/test-runner-commands';
import { expect } from 'chai';
import { opened, problem, toLondon, toSingapore } from '../../support/panel-samples.ts';
import { mount } from '../../../widget/panel/define.ts';
import { openBooking } from '../../../widget/api/open.ts';
import { FakeServer } from './fake-server.ts';
import {
  all,
  button,
  clearPage,
  drawn,
  press,
  seat,
  seatMap,
  showPanel,
  showSeats,
  textOf,
  turn,
  until,
  widen,
} from './fixture.ts';

describe('the panel and its page', function () {
  this.timeout(10_000);

  afterEach(async () => {
    clearPage();
    for (const sheet of document.querySelectorAll('style.test')) sheet.remove();
    document.documentElement.lang = 'en';
    await emulateMedia({ forcedColors: 'none', media: 'screen' });
    await widen(1280);
  });

  function style(text: string): void {
    const sheet = document.createElement('style');
    sheet.className = 'test';
    sheet.textContent = text;
    document.head.append(sheet);
  }

  describe('events', () => {
    it('tells what people do, and what the airline then refuses, with nothing personal in it', async () => {
      const shown = await showSeats((server) => server.gone.add('4B'));
      await press(shown, seat(shown, '4A'));
      await press(shown, seat(shown, '4B'));
      await until(() => shown.heard.some(([name]) => name === 'departcart:seat-deselect'), 'the refusal');
      await press(shown, button(shown, 'Next flight'));
      await until(() => seatMap(shown)?.seatElement('46D'), 'the second map');
      await press(shown, button(shown, 'Continue to payment'));
      await press(shown, button(shown, 'Back to seats'));
      await press(shown, button(shown, 'Clear seats'));
      await press(shown, button(shown, 'Continue without choosing'));
      const seatA = { segment: 's1', flight: 'ZS 482', traveller: '1', designator: '4A', price: 1800, currency: 'EUR' };
      expect(shown.heard).to.deep.equal([
        ['departcart:ready', { mode: 'live', segments: 2, travellers: 2, seats: 0 }],
        ['departcart:seat-select', seatA],
        ['departcart:seat-select', { ...seatA, traveller: '2', designator: '4B' }],
        ['departcart:seat-deselect', { ...seatA, traveller: '2', designator: '4B', refused: true }],
        ['departcart:checkout', { seats: [seatA], total: 1800, currency: 'EUR' }],
        ['departcart:seat-deselect', { ...seatA, refused: false }],
        ['departcart:close', {}],
      ]);
      expect(JSON.stringify(shown.heard)).not.to.match(/ABC123|Smith|John|María|Leo/i);
    });

    it('tells nothing of a choice that was only restored, and comes out of shadow roots', async () => {
      const outer = document.createElement('div');
      const inner = document.createElement('main');
      const names: string[] = [];
      for (const name of ['ready', 'seat-select']) outer.addEventListener(`departcart:${name}`, () => names.push(name));
      document.body.append(outer);
      const picks = [{ traveller: '1', segment: 's1', designator: '4A', price: 1800 }];
      await showPanel(
        (server) => {
          server.open = () => opened({ selection: { version: 1, picks, total: 1800 } });
        },
        {},
        inner,
      );
      outer.attachShadow({ mode: 'open' }).append(inner);
      await until(() => names.length, 'the event');
      await turn();
      expect(names).to.deep.equal(['ready']);
      outer.remove();
    });

    it('tells a fault that stays once, however often it is tried', async () => {
      const shown = await showPanel((server) => {
        server.open = () => problem('gds_unavailable', { status: 503 });
      });
      await until(() => shown.heard.length, 'the event');
      await shown.clock.pass(61_000);
      await drawn(shown);
      expect(shown.server.bodies('open').length).to.equal(4);
      expect(shown.heard.length).to.equal(1);
    });

    it('does not try again what only the brand can mend', async () => {
      for (const code of ['brand_disabled', 'gds_not_ready']) {
        const shown = await showPanel((server) => {
          server.open = () => problem(code, { status: 503 });
        });
        await until(() => shown.heard.length, 'the event');
        await shown.clock.pass(61_000);
        await drawn(shown);
        expect(shown.server.bodies('open').length).to.equal(1);
        expect(shown.root.textContent).to.contain('Seats can’t be chosen here');
      }
    });

    it('tells a stable code and one sentence when something is in the way', async () => {
      for (const code of ['origin_not_allowed', 'key_unknown', 'key_is_stripes', 'booking_not_found']) {
        const shown = await showPanel((server) => {
          server.open = () => problem(code, { detail: `About ${code}.` });
        });
        await until(() => shown.heard.length, 'the event');
        expect(shown.heard).to.deep.equal([['departcart:error', { code, detail: `About ${code}.` }]]);
      }
    });
  });

  describe('calls', () => {
    it('asks simply, without a cookie, and says nothing of the page but its origin', async () => {
      const shown = await showSeats(undefined, { source: 'mail', reference: 'R-1' });
      await press(shown, seat(shown, '4A'));
      await until(() => shown.server.bodies('select').length, 'the call');
      for (const { init, headers } of shown.server.calls) {
        expect(init.method).to.equal('POST');
        // the opening call leaves it out: to another origin the default sends none
        expect(init.credentials ?? 'omit').to.equal('omit');
        expect(init.referrerPolicy).to.equal('strict-origin');
        expect(headers.get('content-type')).to.match(/^text\/plain/);
        expect([...headers.keys()]).to.deep.equal(['content-type']);
      }
      expect(shown.server.bodies('open')).to.deep.equal([
        {
          v: 1,
          key: 'dcpub_test_1',
          record_locator: 'ABC123',
          last_name: 'Smith',
          locale: 'en-IE',
          source: 'mail',
          reference: 'R-1',
        },
      ]);
      expect(document.cookie).to.equal('');
      expect([localStorage.length, sessionStorage.length]).to.deep.equal([0, 0]);
    });

    it('says unreachable for a page that is not ours, half a body and silence', async () => {
      for (const answer of [
        () => Promise.resolve(new Response('<html>Bad gateway</html>', { status: 502 })),
        () => Promise.resolve(new Response('{"success": true, "bra')),
        () => Promise.resolve(new Response('null')),
        () => Promise.resolve(new Response('{"message":"no"}', { status: 500 })),
        () => Promise.reject(new TypeError('Failed to fetch')),
      ]) {
        const shown = await showPanel(() => {
          window.fetch = answer;
        });
        await until(() => shown.heard.length, 'the event');
        expect(shown.heard[0]![1]['code']).to.equal('unreachable');
      }
    });
  });

  describe('mount', () => {
    it('takes an opening call that was made already, hands over properties, opens another booking, and goes', async () => {
      const server = new FakeServer();
      const host = document.createElement('main');
      document.body.append(host);
      const settings = { api: location.origin, key: 'dcpub_test_1', recordLocator: 'ABC123', lastName: 'Smith' };
      const opening = openBooking(settings.api, { key: settings.key, record_locator: 'ABC123', last_name: 'Smith' });
      const mounted = mount(host, { ...settings, opening, heading: '3' });
      const panel = host.querySelector('departcart-seat-panel')!;
      await until(() => panel.shadowRoot?.querySelector('dc-seat-map'), 'the map');
      expect(server.calls).to.have.length(1);
      expect([...panel.attributes]).to.deep.equal([]);
      expect(panel.shadowRoot!.querySelector('.title')!.getAttribute('aria-level')).to.equal('3');
      mounted.update({ heading: 2 });
      await panel.updateComplete;
      expect(server.calls).to.have.length(1);
      mounted.update({ recordLocator: 'SOLO77', lastName: 'Okafor' });
      await until(() => server.bodies('open')[1], 'the second opening');
      expect(server.bodies('open')[1]).to.include({ record_locator: 'SOLO77', last_name: 'Okafor' });
      mounted.destroy();
      expect(host.children).to.have.length(0);
      server.restore();
    });
  });

  it('lets none of the page’s style in', async () => {
    const shown = await showSeats();
    const look = () =>
      all(shown, '*')
        .filter((element) => !element.closest('svg'))
        .map((element) => {
          const { color, fontFamily, fontStyle, letterSpacing, lineHeight, textAlign, textTransform, wordSpacing } =
            getComputedStyle(element);
          return [
            color,
            fontFamily,
            fontStyle,
            letterSpacing,
            lineHeight,
            textAlign,
            textTransform,
            wordSpacing,
          ].join();
        });
    const before = look();
    style(`
      * { color: red; font-style: italic; letter-spacing: 3px; text-align: right; }
      html { font-size: 62.5%; }
      body, main, departcart-seat-panel { font: 30px/3 Georgia, serif; text-transform: uppercase; word-spacing: 9px; direction: rtl; }
      button, h1, h2, h3, p, li, section { all: unset; color: lime !important; display: inline !important; }
    `);
    expect(look()).to.deep.equal(before);
  });

  it('lets none of its style out', async () => {
    const probe = document.createElement('button');
    document.body.append(probe);
    const look = () => JSON.stringify(Object.entries(getComputedStyle(probe)));
    const before = look();
    await showSeats();
    expect(document.adoptedStyleSheets).to.have.length(0);
    expect(look()).to.equal(before);
    probe.remove();
  });

  it('wears the brand’s colours, the page’s over them, and nothing that is no colour', async () => {
    const tokens = {
      '--departcart-primary': 'rgb(1, 2, 3)',
      '--departcart-accent': 'rgb(4, 5, 6)',
      '--departcart-radius': '3px',
      '--departcart-text': 'red; } * { display: none',
      '--dc-ink': 'rgb(9, 9, 9)',
      'background-image': 'url(https://elsewhere.example)',
    };
    style('departcart-seat-panel { --departcart-accent: rgb(7, 8, 9); }');
    const shown = await showSeats((server) => {
      server.open = () => opened({ brand: { ...opened().brand, tokens } });
    });
    const { panel } = shown;
    const value = (name: string) => getComputedStyle(panel).getPropertyValue(name).trim();
    expect(value('--departcart-primary')).to.equal('rgb(1, 2, 3)');
    expect(value('--departcart-accent')).to.equal('rgb(7, 8, 9)');
    expect(value('--departcart-radius')).to.equal('3px');
    expect(value('--departcart-text')).to.equal('#1f2937');
    expect(value('--dc-ink')).not.to.contain('9, 9, 9');
    expect(getComputedStyle(panel).backgroundImage).to.equal('none');
  });

  it('lets a page style its parts', async () => {
    const parts = [
      'panel',
      'head',
      'title',
      'steps',
      'tab',
      'traveller',
      'badge',
      'legend',
      'stage',
      'card',
      'summary',
      'total',
      'button',
    ];
    style(parts.map((part) => `departcart-seat-panel::part(${part}) { outline: 3px solid rgb(1, 2, 3) }`).join('\n'));
    const shown = await showSeats();
    for (const part of parts) {
      const [element] = all(shown, `[part~=${part}]`);
      expect(element && getComputedStyle(element).outlineColor, part).to.equal('rgb(1, 2, 3)');
    }
  });

  it('shows what the page puts into its slots, the payment slot once the choice is kept', async () => {
    const shown = await showSeats((server) => {
      server.open = () => opened({ segments: [toLondon] });
    });
    for (const name of ['header', 'payment', 'footer']) {
      const own = document.createElement('p');
      own.slot = name;
      own.textContent = `own ${name}`;
      shown.panel.append(own);
    }
    const visible = () => [...shown.panel.children].filter((child) => child.getClientRects().length).map(textOf);
    expect(visible()).to.deep.equal(['own header', 'own footer']);
    await press(shown, seat(shown, '4A'));
    await press(shown, button(shown, 'Continue to payment'));
    await until(() => visible().length === 3, 'the payment slot');
  });

  it('writes headings from the level that the page gives it, and none below six', async () => {
    const shown = await showSeats(undefined, { heading: 5 });
    const levels = () => all(shown, '[role=heading]').map((one) => Number(one.getAttribute('aria-level')));
    expect(levels()).to.deep.equal([5, 6, 6, 6]);
    shown.panel.heading = 2;
    await shown.panel.updateComplete;
    await drawn(shown);
    expect(levels()).to.deep.equal([2, 3, 4, 4]);
  });

  it('writes English with the region of the page, whatever its language', async () => {
    for (const [lang, day] of [
      ['de', 'Tue 10 Mar'],
      ['en-US', 'Tue Mar 10'],
      ['not a language', 'Tue Mar 10'],
    ]) {
      document.documentElement.lang = lang!;
      const shown = await showSeats(undefined, { locale: '' });
      expect(textOf(all(shown, '[role=tab]')[0]), lang).to.contain(day);
      expect(shown.root.querySelector('.panel')?.getAttribute('lang')).to.equal('en');
    }
  });

  it('writes amounts with the digits of their currency', async () => {
    const picks = [{ traveller: '1', segment: 's1', designator: '4A', price: 1800 }];
    const selection = { version: 1, picks, total: 1800 };
    for (const [currency, total] of [
      ['JPY', '¥1,800'],
      ['KWD', 'KWD 1.800'],
      ['USD', '$18.00'],
    ]) {
      const shown = await showSeats(
        (server) => {
          server.open = () => opened({ currency: currency!, selection });
        },
        { locale: 'en-US' },
      );
      const [sum] = all(shown, 'strong.num');
      expect(textOf(sum).replace('\u00a0', ' ')).to.equal(total);
    }
  });

  it('wraps four flights and more instead of scrolling', async () => {
    await widen(320);
    const segments = ['s1', 's2', 's3', 's4', 's5'].map((id, i) => ({ ...(i % 2 ? toSingapore : toLondon), id }));
    const shown = await showSeats((server) => {
      server.open = () => opened({ segments });
    });
    const tops = new Set(all(shown, '[role=tab]').map((tab) => tab.getBoundingClientRect().top));
    expect(tops.size).to.be.above(1);
    expect(document.documentElement.scrollWidth).to.equal(320);
  });

  it('sticks nothing to a window that is no higher than 420 px', async () => {
    await widen(390, 400);
    const shown = await showSeats();
    expect(getComputedStyle(all(shown, '.dock')[0]!).position).to.equal('static');
    await widen(390, 700);
    expect(getComputedStyle(all(shown, '.dock')[0]!).position).to.equal('sticky');
  });

  it('tells the chosen traveller and the way on apart in forced colours', async () => {
    await emulateMedia({ forcedColors: 'active' });
    const shown = await showSeats();
    const badge = (one: HTMLElement) => getComputedStyle(one.querySelector('.badge')!).backgroundColor;
    const [you, other] = all(shown, '[role=radio]');
    expect(badge(you!)).not.to.equal(badge(other!));
    const background = (text: string) => getComputedStyle(button(shown, text)).backgroundColor;
    expect(background('Next flight')).not.to.equal(background('Continue without choosing'));
  });

  it('prints the summary and no map', async () => {
    const shown = await showSeats();
    await emulateMedia({ media: 'print' });
    expect(all(shown, 'dc-seat-map, .dock, dc-segment-tabs, button').length).to.equal(0);
    expect(all(shown, 'dc-cart-summary').length).to.equal(1);
  });
});

import { expect } from 'chai';
import type { NoMap } from '../../../server/wire/panel.ts';
import { a320, a380, allTaken, opened, problem, toLondon, toSingapore } from '../../support/panel-samples.ts';
import { later, type FakeServer } from './fake-server.ts';
import {
  all,
  button,
  clearPage,
  drawn,
  faults,
  press,
  screen,
  seat,
  showPanel,
  showSeats,
  textOf,
  until,
  widen,
  type Stage,
} from './fixture.ts';

const kept = {
  version: 3,
  picks: [
    { traveller: '1', segment: 's1', designator: '4C', price: 1800 },
    { traveller: '2', segment: 's1', designator: '4B', price: 1800 },
  ],
  total: 3600,
};

/** A test server that answers the opening call so. */
const openedWith =
  (...args: Parameters<typeof opened>) =>
  (server: FakeServer) => {
    server.open = () => opened(...args);
    if (args[0]?.selection) server.selection = args[0].selection;
  };

const failing = (code: string) => (server: FakeServer) => {
  server.open = () => problem(code);
};

async function heading(shown: Stage, text: string): Promise<Stage> {
  await until(() => all(shown, '[role=heading]').some((one) => one.textContent === text), `the heading "${text}"`);
  return shown;
}

/** Every state of the panel, how to come to it, and a sentence that says that it is there. */
const states: Record<string, { show: () => Promise<Stage>; says: string }> = {
  loading: {
    show: () =>
      showPanel((server) => {
        server.open = () => later<ReturnType<typeof opened>>().promise;
      }),
    says: 'Fetching your seats…',
  },
  'nothing chosen': { show: () => showSeats(), says: 'Press a seat to choose it' },
  'seats chosen': { show: () => showSeats(openedWith({ selection: kept })), says: '€36.00' },
  'both decks': {
    show: () => showSeats(openedWith({ segments: [toSingapore], map: a380() })),
    says: 'Extra legroom',
  },
  'test mode': {
    show: () => showSeats(openedWith({ brand: { ...opened().brand, mode: 'test' } })),
    says: 'Test mode: no real card is charged',
  },
  'has seats': {
    show: () =>
      showSeats(
        openedWith({
          segments: [{ ...toLondon, held: { 1: { designator: '4C', paid: true, changeable: false } } }, toSingapore],
        }),
      ),
    says: '4C · paid',
  },
  'exit row asks': {
    show: async () => {
      const shown = await showSeats();
      await press(shown, seat(shown, '12B'));
      return shown;
    },
    says: 'Exit row: for travellers aged 16 or over who can help the crew in an evacuation.',
  },
  'no map': {
    show: async () =>
      heading(
        await showPanel(openedWith({ segments: [{ ...toLondon, no_map: 'operated_by_other' }], map: null })),
        'No seat map for this flight',
      ),
    says: 'The airline that flies ZS 482 does not share its seat map. You can choose at check-in.',
  },
  'all taken': {
    show: async () =>
      heading(await showPanel(openedWith({ map: allTaken(a320()), segments: [toLondon] })), 'Every seat here is taken'),
    says: 'You still have your place on board: the airline gives you a seat at check-in, at no charge.',
  },
  'booking not found': {
    show: async () => heading(await showPanel(failing('booking_not_found')), 'We can’t find this booking'),
    says: 'Check the six characters of the booking reference and the last name on the ticket.',
  },
  'airline down': {
    show: async () => heading(await showPanel(failing('gds_unavailable')), 'The airline isn’t answering'),
    says: 'Your booking is safe. We try again by ourselves in 20 seconds.',
  },
  unreachable: {
    show: async () =>
      heading(
        await showPanel((server) => {
          server.isCut = true;
        }),
        'We can’t reach the seats',
      ),
    says: 'We try again by ourselves in 20 seconds.',
  },
  'too many tries': {
    show: async () => heading(await showPanel(failing('too_many_requests')), 'Too many tries'),
    says: 'For your safety we wait a moment.',
  },
  'session over': {
    show: async () => {
      const shown = await showSeats();
      await shown.clock.pass(30 * 60_000);
      return heading(shown, 'Still there?');
    },
    says: 'For your safety this page closed after 30 minutes. Your choices are kept, the prices are checked again.',
  },
  'not set up': {
    show: async () => heading(await showPanel(failing('origin_not_allowed')), 'Seats can’t be chosen here'),
    says: 'Your booking is safe, and you can choose at check-in.',
  },
  outdated: {
    show: async () => heading(await showPanel(failing('client_outdated')), 'This page is out of date'),
    says: 'Load it again to choose your seats.',
  },
  offline: {
    show: async () => {
      const shown = await showSeats(openedWith({ selection: kept }));
      goOffline();
      await drawn(shown);
      return shown;
    },
    says: 'What you chose is kept on this page. It goes on when the connection is back.',
  },
  'seat gone': {
    show: async () => {
      const shown = await showSeats((server) => server.gone.add('4A'));
      await press(shown, seat(shown, '4A'));
      await until(() => screen(shown).includes('was just taken'), 'the notice');
      return shown;
    },
    says: 'Someone else booked it a moment ago. Nothing was charged.',
  },
  'choice kept': {
    show: async () => {
      const shown = await showSeats(openedWith({ selection: kept, segments: [toLondon] }));
      await press(shown, button(shown, 'Continue to payment'));
      return heading(shown, 'Your choice is kept');
    },
    says: '2 seats for €36.00. Nothing was charged.',
  },
  'gone on without': {
    show: async () => {
      const shown = await showSeats();
      await press(shown, button(shown, 'Next flight'));
      await until(() => all(shown, 'dc-seat-map').length, 'the second map');
      await press(shown, button(shown, 'Continue without choosing'));
      return heading(shown, 'Your booking stays as it is');
    },
    says: 'The airline gives you a seat at check-in, at no charge.',
  },
};

let online: PropertyDescriptor | undefined;

function goOffline(): void {
  online = Object.getOwnPropertyDescriptor(navigator, 'onLine');
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
  window.dispatchEvent(new Event('offline'));
}

function goOnline(): void {
  if (online) Object.defineProperty(navigator, 'onLine', online);
  else Reflect.deleteProperty(navigator, 'onLine');
  online = undefined;
  window.dispatchEvent(new Event('online'));
}

describe('departcart-seat-panel', function () {
  this.timeout(10_000);

  afterEach(async () => {
    goOnline();
    clearPage();
    await widen(1280);
  });

  for (const width of [320, 390, 1280]) {
    describe(`at ${width} px`, () => {
      for (const [name, { show, says }] of Object.entries(states)) {
        it(`is accessible, says what it is and fits: ${name}`, async () => {
          await widen(width);
          const shown = await show();
          expect(screen(shown)).to.contain(says);
          expect(await faults(shown)).to.deep.equal([]);
          expect(document.documentElement.scrollWidth).to.be.at.most(width);
        });
      }
    });
  }

  const reasons: Record<NoMap, string> = {
    operated_by_other: 'does not share its seat map',
    no_map: 'no seat map of ZS 482',
    all_taken: 'the airline gives you a seat at check-in',
    closed: 'ZS 482 leaves soon',
    flown: 'on its way or has landed',
    cancelled: 'no seats to choose on ZS 482',
    not_confirmed: 'still to confirm ZS 482',
    group_booking: 'group booking',
    currency_not_supported: 'a currency that can’t be paid here',
  };
  for (const [reason, words] of Object.entries(reasons)) {
    it(`has words for a flight without a map: ${reason}`, async () => {
      const shown = await showPanel(
        openedWith({ segments: [{ ...toLondon, no_map: reason as NoMap }, toSingapore], map: null }),
      );
      await until(() => all(shown, '.message').length, 'the message');
      expect(screen(shown)).to.contain(words);
    });
  }

  it('names the airline that keeps its map to itself, and leads to the next flight', async () => {
    const shown = await showPanel(
      openedWith({
        segments: [{ ...toLondon, no_map: 'operated_by_other', operated_by: 'Nordfly' }, toSingapore],
        map: null,
      }),
    );
    await until(() => all(shown, '.message').length, 'the message');
    expect(screen(shown)).to.contain('Nordfly, which flies ZS 482, does not share its seat map.');
    await press(shown, button(shown, 'Next flight'));
    await until(() => all(shown, 'dc-seat-map').length, 'the map of the next flight');
    expect(shown.server.bodies('map')).to.deep.equal([{ v: 1, token: 'token-1', segment: 's2' }]);
  });

  for (const width of [390, 1280]) {
    it(`says the way on once where there is no map, at ${width} px`, async () => {
      await widen(width);
      const shown = await showPanel(openedWith({ segments: [{ ...toLondon, no_map: 'no_map' }], map: null }));
      await until(() => all(shown, '.message').length, 'the message');
      const texts = all(shown, 'button').map(textOf);
      expect(texts.filter((text) => text === 'Continue without choosing')).to.have.length(1);
    });

    it(`pays for seats of another flight where there is no map, at ${width} px`, async () => {
      await widen(width);
      const segments = [toLondon, { ...toSingapore, no_map: 'no_map' as const }];
      const shown = await showSeats(openedWith({ selection: kept, segments }));
      await press(shown, all(shown, '[role=tab]')[1]!);
      await until(() => all(shown, '.message').length, 'the message');
      const texts = all(shown, 'button').map(textOf);
      expect(texts).to.include('Continue to payment');
      expect(texts.filter((text) => text === 'Continue without choosing').length).to.be.at.most(1);
    });
  }

  it('finds another booking from the form, in capitals, and says what is missing at its field', async () => {
    const shown = await showPanel((server) => {
      server.open = (call) => (call.record_locator === 'XYZ789' ? opened() : problem('booking_not_found'));
    });
    await heading(shown, 'We can’t find this booking');
    const [locator, name] = all(shown, 'input') as HTMLInputElement[];
    expect([locator!.value, name!.value]).to.deep.equal(['ABC123', 'Smith']);
    locator!.value = '';
    await press(shown, button(shown, 'Find booking'));
    expect(screen(shown)).to.contain('Enter the booking reference: six letters and digits.');
    expect(locator!.getAttribute('aria-invalid')).to.equal('true');
    locator!.value = ' xyz789 ';
    await press(shown, button(shown, 'Find booking'));
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(shown.server.bodies('open').at(-1)).to.include({ record_locator: 'XYZ789', last_name: 'Smith' });
  });

  it('asks for the booking where the page names none', async () => {
    const shown = await showPanel(undefined, { booking: undefined });
    await heading(shown, 'Find your booking');
    expect(shown.server.calls).to.deep.equal([]);
  });

  it('counts down and tries again by itself when the airline is down', async () => {
    const shown = await showPanel(failing('gds_unavailable'));
    await heading(shown, 'The airline isn’t answering');
    await shown.clock.pass(7000);
    await drawn(shown);
    expect(screen(shown)).to.contain('in 13 seconds');
    shown.server.open = () => opened();
    await shown.clock.pass(13_000);
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(shown.clock.waiting, 'the session’s end is the only timer left').to.equal(1);
  });

  it('waits as long as the server says after too many tries', async () => {
    const shown = await showPanel((server) => {
      server.open = () => problem('too_many_requests');
      const fetched = window.fetch;
      window.fetch = async (...args) => {
        const { body, status } = await fetched(...args);
        return new Response(body, { status, headers: { 'Retry-After': '90' } });
      };
    });
    await heading(shown, 'Too many tries');
    expect(screen(shown)).to.contain('in 90 seconds');
  });

  it('replaces only the map when the airline is down for one flight, and tries it anew on coming back', async () => {
    const shown = await showSeats();
    shown.server.map = () => problem('gds_unavailable');
    await press(shown, button(shown, 'London'));
    await heading(shown, 'The airline isn’t answering');
    expect(all(shown, '[role=tab]')).to.have.length(2);
    expect(screen(shown)).to.contain('Your seats');
    await press(shown, button(shown, 'Dublin'));
    shown.server.map = () => a380();
    await press(shown, button(shown, 'London'));
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
  });

  it('takes names off the page when the session is over, and carries on with the choice', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    shown.server.select = () => problem('session_over');
    await press(shown, seat(shown, '4B'));
    await heading(shown, 'Still there?');
    expect(screen(shown)).not.to.match(/John|María|ABC123/);
    shown.server.select = (body) => shown.server.keep(body);
    await press(shown, button(shown, 'Carry on'));
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    await until(() => shown.server.selection.picks.length === 2, 'both seats at the server');
    expect(shown.server.selection.picks.map(({ designator }) => designator).sort()).to.deep.equal(['4A', '4B']);
  });

  it('keeps what was chosen offline on the page and sends it when the connection is back', async () => {
    const shown = await showSeats();
    shown.server.isCut = true;
    goOffline();
    await press(shown, seat(shown, '4A'));
    expect(screen(shown)).to.contain('You’re offline.');
    expect(seat(shown, '4A').getAttribute('aria-selected')).to.equal('true');
    expect(shown.server.bodies('select')).to.deep.equal([]);
    shown.server.isCut = false;
    goOnline();
    await until(() => shown.server.selection.picks.length === 1, 'the seat at the server');
    await drawn(shown);
    expect(all(shown, '[part=line]').length).to.equal(0);
  });
});

import { expect } from 'chai';
import type { Selection } from '../../../server/wire/panel.ts';
import { a380, opened, problem, toLondon } from '../../support/panel-samples.ts';
import { later } from './fake-server.ts';
import {
  all,
  button,
  clearPage,
  drawn,
  press,
  said,
  screen,
  seat,
  seatMap,
  showSeats,
  until,
  type Stage,
} from './fixture.ts';

const chosen = ({ server }: Stage) =>
  server.selection.picks.map(({ traveller, designator }) => `${traveller} ${designator}`).sort();
const isChosen = (shown: Stage, designator: string) => seat(shown, designator).getAttribute('aria-selected') === 'true';

describe('keeping the choice', function () {
  this.timeout(10_000);

  afterEach(clearPage);

  it('has one call in flight, and sends what was pressed meanwhile when it is back', async () => {
    const shown = await showSeats();
    const { server } = shown;
    const first = later<{ selection: Selection }>();
    server.select = () => first.promise;
    await press(shown, seat(shown, '4A'));
    await press(shown, seat(shown, '4B'));
    await press(shown, seat(shown, '4C'));
    expect(server.bodies('select')).to.have.length(1);
    server.select = (body) => server.keep(body);
    const [call] = server.bodies('select');
    first.say(server.keep(call!) as { selection: Selection });
    await until(() => chosen(shown).length === 2, 'both seats');
    expect(chosen(shown)).to.deep.equal(['1 4A', '2 4C']);
    expect(server.bodies('select').map(({ version }) => version)).to.deep.equal([0, 1]);
    expect(isChosen(shown, '4C')).to.equal(true);
  });

  it('uses the newest token', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    await until(() => chosen(shown).length === 1, 'the first seat');
    await press(shown, seat(shown, '4B'));
    await until(() => chosen(shown).length === 2, 'the second seat');
    expect(shown.server.bodies('select').map(({ token }) => token)).to.deep.equal(['token-1', 'token-2']);
  });

  it('takes the server’s choice where another window changed it, and says so', async () => {
    const shown = await showSeats();
    shown.server.selection = {
      version: 7,
      picks: [{ traveller: '1', segment: 's1', designator: '6C', price: 1200 }],
      total: 1200,
    };
    await press(shown, seat(shown, '4A'));
    await until(() => screen(shown).includes('another window'), 'the notice');
    expect(isChosen(shown, '6C')).to.equal(true);
    expect(isChosen(shown, '4A')).to.equal(false);
    await press(shown, button(shown, 'MG'));
    await press(shown, seat(shown, '4B'));
    await until(() => chosen(shown).length === 2, 'both seats');
    expect(chosen(shown)).to.deep.equal(['1 6C', '2 4B']);
    expect(screen(shown)).not.to.contain('another window');
  });

  it('keeps the press that was made while the other window’s choice came to light', async () => {
    const shown = await showSeats();
    const { server } = shown;
    const first = later<ReturnType<typeof problem>>();
    server.select = () => first.promise;
    await press(shown, seat(shown, '4A'));
    await press(shown, seat(shown, '4B'));
    server.selection = {
      version: 7,
      picks: [{ traveller: '1', segment: 's1', designator: '6C', price: 1200 }],
      total: 1200,
    };
    server.select = (body) => server.keep(body);
    first.say(problem('selection_changed', { status: 409, selection: server.selection }));
    await until(() => chosen(shown).length === 2, 'both seats');
    expect(chosen(shown)).to.deep.equal(['1 6C', '2 4B']);
  });

  it('says nothing when the answer was lost and the server has what was sent', async () => {
    const shown = await showSeats();
    const { server } = shown;
    server.select = (body) => {
      server.keep(body);
      server.select = (again) => server.keep(again);
      throw new TypeError('Failed to fetch');
    };
    await press(shown, seat(shown, '4A'));
    expect(screen(shown)).to.contain('Your choice is not kept yet.');
    await shown.clock.pass(5000);
    await until(() => all(shown, '[part=line]').length === 0, 'the line to go');
    expect(screen(shown)).not.to.contain('another window');
    expect(isChosen(shown, '4A')).to.equal(true);
    expect(server.bodies('select')).to.have.length(2);
  });

  it('takes what it kept from a call whose answer was lost for the traveller’s own, whatever was pressed since', async () => {
    const shown = await showSeats();
    const { server } = shown;
    const keep = server.select;
    server.select = (body) => {
      server.keep(body);
      server.select = keep;
      throw new TypeError('Failed to fetch');
    };
    await press(shown, seat(shown, '4A'));
    await press(shown, button(shown, 'JS'));
    await press(shown, seat(shown, '4E'));
    await press(shown, button(shown, 'MG'));
    await press(shown, seat(shown, '4B'));
    await shown.clock.pass(5000);
    await until(() => chosen(shown).length === 2, 'both seats kept');
    expect(chosen(shown)).to.deep.equal(['1 4E', '2 4B']);
    expect(isChosen(shown, '4E') && isChosen(shown, '4B')).to.equal(true);
    expect(screen(shown)).not.to.contain('another window');
  });

  it('tries at once, and then often, when the traveller waits for it to go on', async () => {
    const shown = await showSeats((server) => {
      server.open = () => opened({ segments: opened().segments.slice(0, 1) });
    });
    const { server, clock } = shown;
    const keep = server.select;
    server.select = () => {
      throw new TypeError('Failed to fetch');
    };
    const tries = () => server.bodies('select').length;
    await press(shown, seat(shown, '4A'));
    for (const seconds of [5, 10, 20]) await clock.pass(seconds * 1000);
    expect(tries(), 'after 5, 10 and 20 seconds').to.equal(4);
    await press(shown, button(shown, 'Continue'));
    await until(() => tries() === 5, 'a try at once');
    await clock.pass(5000);
    expect(tries()).to.equal(6);
    server.select = keep;
    await clock.pass(5000);
    await until(() => !seatMap(shown), 'what comes after the seats');
    expect(chosen(shown)).to.deep.equal(['1 4A']);
  });

  it('takes a refused seat back, gives the one before back, and reads the map anew', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    await press(shown, button(shown, 'JS'));
    shown.server.gone.add('4B');
    await press(shown, seat(shown, '4B'));
    await until(() => screen(shown).includes('4B was just taken.'), 'the notice');
    await until(() => chosen(shown)[0] === '1 4A', 'the seat before');
    expect(isChosen(shown, '4A')).to.equal(true);
    expect(isChosen(shown, '4B')).to.equal(false);
    expect(said(shown)).to.contain('4B was just taken. Someone else booked it a moment ago. Nothing was charged.');
    expect(shown.server.bodies('map')).to.have.length(1);
    await press(shown, all(shown, '[part=line] button')[0]!);
    expect(all(shown, '[part=line]').length).to.equal(0);
  });

  it('says that a kept seat is gone when the booking is opened', async () => {
    const shown = await showSeats((server) => {
      server.open = () =>
        opened({
          selection: {
            version: 2,
            picks: [],
            total: 0,
            refused: [{ traveller: '1', segment: 's1', designator: '4A', why: 'taken' }],
          },
        });
    });
    expect(screen(shown)).to.contain('4A was just taken.');
    expect(shown.server.bodies('select')).to.deep.equal([]);
  });

  it('asks for an assent that the server misses', async () => {
    const shown = await showSeats();
    shown.server.select = ({ version, picks }) => ({
      selection: {
        version: version + 1,
        picks: [],
        total: 0,
        refused: picks.map((pick) => ({ ...pick, why: 'assent' })),
      },
    });
    await press(shown, button(shown, 'MG'));
    await press(shown, button(shown, 'JS'));
    await press(shown, seat(shown, '12B'));
    await press(shown, button(shown, 'John can help'));
    await until(() => shown.server.bodies('select').length === 1, 'the call');
    await drawn(shown);
    expect(isChosen(shown, '12B')).to.equal(false);
  });

  it('goes on trying, ever more slowly, while the airline’s system is down, and keeps the seats on the page', async () => {
    const shown = await showSeats();
    shown.server.select = () => problem('gds_unavailable', { status: 503 });
    await press(shown, seat(shown, '4A'));
    const tries = () => shown.server.bodies('select').length;
    expect(tries()).to.equal(1);
    await shown.clock.pass(4000);
    expect(tries()).to.equal(1);
    await shown.clock.pass(1000);
    expect(tries()).to.equal(2);
    await shown.clock.pass(9000);
    expect(tries()).to.equal(2);
    await shown.clock.pass(1000);
    expect(tries()).to.equal(3);
    expect(isChosen(shown, '4A')).to.equal(true);
  });

  it('puts the seats back as they stood when the server will never take them', async () => {
    const shown = await showSeats();
    shown.server.select = () => problem('invalid_request', { status: 422 });
    await press(shown, seat(shown, '4A'));
    await until(() => screen(shown).includes('This choice could not be kept.'), 'the notice');
    expect(isChosen(shown, '4A')).to.equal(false);
    expect(shown.server.bodies('select')).to.have.length(1);
  });

  it('goes on to payment only with what the server has kept', async () => {
    const shown = await showSeats((server) => {
      server.open = () => opened({ segments: [toLondon] });
    });
    const { server } = shown;
    const first = later<{ selection: Selection }>();
    server.select = () => first.promise;
    await press(shown, seat(shown, '4A'));
    await press(shown, button(shown, 'Continue to payment'));
    expect(screen(shown)).to.contain('Keeping your choice…');
    expect(shown.heard.map(([name]) => name)).not.to.include('departcart:checkout');
    first.say(server.keep(server.bodies('select')[0]!) as { selection: Selection });
    await until(() => screen(shown).includes('Your choice is kept'), 'the end');
    expect(shown.heard.at(-1)).to.deep.equal([
      'departcart:checkout',
      {
        seats: [{ segment: 's1', flight: 'ZS 482', traveller: '1', designator: '4A', price: 1800, currency: 'EUR' }],
        total: 1800,
        currency: 'EUR',
      },
    ]);
  });

  it('shows the flight that was turned to last, whichever map comes first', async () => {
    const shown = await showSeats();
    const slow = later<ReturnType<typeof a380>>();
    shown.server.map = () => slow.promise;
    await press(shown, button(shown, 'London'));
    await press(shown, button(shown, 'Dublin'));
    slow.say(a380());
    await drawn(shown);
    expect(seatMap(shown)?.seatElement('4A')).not.to.equal(null);
    await press(shown, button(shown, 'London'));
    expect(seatMap(shown)?.seatElement('46D')).not.to.equal(null);
    expect(shown.server.bodies('map')).to.have.length(1);
  });

  it('reads a map anew on coming back to it after a quarter of an hour', async () => {
    const shown = await showSeats();
    await press(shown, button(shown, 'London'));
    await shown.clock.pass(16 * 60_000);
    await press(shown, button(shown, 'Dublin'));
    await drawn(shown);
    expect(shown.server.bodies('map').map(({ segment }) => segment)).to.deep.equal(['s2', 's1']);
    expect(seatMap(shown)?.seatElement('4A')).not.to.equal(null);
  });

  it('ends its calls and timers when it leaves the page, and not when it is only moved', async () => {
    const shown = await showSeats();
    const { panel, clock, server } = shown;
    const elsewhere = document.createElement('main');
    document.body.append(elsewhere);
    elsewhere.append(panel);
    await drawn(shown);
    expect(server.bodies('open')).to.have.length(1);
    expect(clock.waiting).to.equal(1);
    panel.remove();
    await drawn(shown);
    expect(clock.waiting).to.equal(0);
    elsewhere.append(panel);
    await until(() => server.bodies('open').length === 2, 'the booking to be opened anew');
    elsewhere.remove();
    expect(all(shown, '*').length).to.equal(0);
  });
});

import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { expect } from 'chai';
import { a320, opened, seatIn, toLondon, toSingapore, problem } from '../../support/panel-samples.ts';
import {
  all,
  button,
  clearPage,
  drawn,
  focused,
  focusedOn,
  press,
  said,
  screen,
  seat,
  seatMap,
  showPanel,
  showSeats,
  textOf,
  until,
  widen,
  type Stage,
} from './fixture.ts';

async function click(shown: Stage, element: HTMLElement): Promise<void> {
  element.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = element.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
  await drawn(shown);
}

async function keys(shown: Stage, ...names: string[]): Promise<void> {
  for (const name of names) await sendKeys({ press: name });
  await drawn(shown);
}

const chosen = ({ server }: Stage) =>
  server.selection.picks.map(({ traveller, segment, designator }) => `${traveller} ${segment} ${designator}`).sort();

const nameOf = (shown: Stage, designator: string) => seat(shown, designator).getAttribute('aria-label');
const current = (shown: Stage) => textOf(all(shown, '[aria-checked=true]')[0]);

describe('choosing seats', function () {
  this.timeout(10_000);

  afterEach(async () => {
    await sendMouse({ type: 'move', position: [0, 0] });
    clearPage();
    await widen(1280);
  });

  for (const width of [390, 1280]) {
    it(`takes both travellers through both flights by mouse, at ${width} px`, async () => {
      await widen(width);
      const shown = await showSeats();
      await click(shown, seat(shown, '4C'));
      await click(shown, seat(shown, '4B'));
      await click(shown, button(shown, 'Next flight'));
      await until(() => seatMap(shown)?.seatElement('46D'), 'the second map');
      await click(shown, seat(shown, '46D'));
      await click(shown, seat(shown, '46E'));
      await until(() => shown.server.selection.picks.length === 4, 'four seats at the server');
      expect(chosen(shown)).to.deep.equal(['1 s1 4C', '1 s2 46D', '2 s1 4B', '2 s2 46E']);
      expect(screen(shown)).to.contain('€84.00');
      await click(shown, button(shown, 'Continue to payment'));
      expect(screen(shown)).to.contain('4 seats for €84.00.');
    });
  }

  it('takes both travellers through both flights by keyboard alone', async () => {
    const shown = await showSeats();
    const target = document.createElement('button');
    shown.panel.before(target);
    target.focus();
    // The flight's tab, the traveller, the map, where Tab lands on 1A.
    await keys(shown, 'Tab', 'Tab', 'Tab');
    expect(focused()?.getAttribute('data-seat')).to.equal('1A');
    await keys(shown, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'Enter');
    expect(said(shown)).to.equal('4B chosen for John Smith. Total €18.00. Now choosing for María G.');
    await keys(shown, 'ArrowRight', 'Space');
    expect(said(shown)).to.equal('4C chosen for María G. Total €36.00');
    await keys(shown, 'Tab', 'Tab');
    expect(textOf(focused())).to.equal('Next flight, to Singapore');
    await keys(shown, 'Enter');
    await until(() => seatMap(shown)?.seatElement('46D'), 'the second map');
    expect(textOf(focused())).to.contain('London to Singapore');
    await keys(shown, 'Tab', 'Tab');
    for (let tabs = 0; tabs < 4 && !focused()?.getAttribute('data-seat'); tabs++) await keys(shown, 'Tab');
    await keys(shown, 'Control+Home', 'PageDown', 'Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter');
    await keys(shown, 'ArrowRight', 'Enter');
    await until(() => shown.server.selection.picks.length === 4, 'four seats at the server');
    expect(chosen(shown)).to.deep.equal(['1 s1 4B', '1 s2 46D', '2 s1 4C', '2 s2 46E']);
    await keys(shown, 'Tab', 'Tab');
    for (let tabs = 0; tabs < 4 && textOf(focused()) !== 'Continue to payment'; tabs++) await keys(shown, 'Tab');
    await keys(shown, 'Enter');
    expect(textOf(focused())).to.equal('Your choice is kept');
  });

  it('shows a seat as chosen at once, and tells its name, the card, the bar, the tab and the sum', async () => {
    const shown = await showSeats();
    shown.server.select = () => new Promise(() => {});
    await press(shown, seat(shown, '4A'));
    expect(nameOf(shown, '4A')).to.equal('4A, window, chosen for John Smith, JS');
    expect(screen(shown)).to.contain('Window · John’s seat');
    expect(textOf(button(shown, 'JS'))).to.equal('JS John Smith 4A · €18 + Leo, on lap');
    expect(textOf(button(shown, 'Dublin'))).to.contain('1 of 2 seats');
    expect(screen(shown)).to.contain('€18.00');
  });

  it('turns to the next one without a seat only after a traveller’s first', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    expect(current(shown)).to.contain('María');
    await press(shown, seat(shown, '4B'));
    expect(current(shown)).to.contain('María');
    await press(shown, seat(shown, '4C'));
    expect(current(shown)).to.contain('María');
    await until(() => shown.server.selection.picks.length === 2 && chosen(shown)[1] === '2 s1 4C', 'the move');
    expect(nameOf(shown, '4B')).to.contain('available');
  });

  it('releases the own seat, and all of them', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    await press(shown, seat(shown, '4B'));
    await press(shown, seat(shown, '4B'));
    expect(said(shown)).to.equal('4B released. Total €18.00');
    await press(shown, button(shown, 'Clear seats'));
    expect(said(shown)).to.equal('All seats released.');
    await until(() => shown.server.selection.version === 4 && chosen(shown).length === 0, 'no seat at the server');
    expect(all(shown, 'button').map(textOf)).not.to.include('Clear seats');
  });

  it('moves a fellow traveller’s seat to the one who is choosing', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    await press(shown, seat(shown, '4A'));
    expect(said(shown)).to.equal('4A goes from John Smith to María G. Total €18.00. Now choosing for John Smith.');
    await until(() => chosen(shown)[0] === '2 s1 4A', 'the seat at the server');
    expect(chosen(shown)).to.deep.equal(['2 s1 4A']);
  });

  it('changes nothing for a seat that cannot be had, and says why', async () => {
    const map = a320();
    seatIn(map, '4A', { no: 'taken' });
    seatIn(map, '4B', { no: ['no_infant', 0], p: [null, 1800] });
    const shown = await showSeats((server) => {
      server.open = () => opened({ map });
    });
    await press(shown, seat(shown, '4A'));
    expect(said(shown)).to.equal('4A: taken.');
    await press(shown, seat(shown, '4B'));
    expect(said(shown)).to.equal('4B: not with an infant on lap.');
    expect(screen(shown)).to.contain('Middle · not with an infant on lap');
    await press(shown, seat(shown, '4B'));
    expect(said(shown)).to.equal('4B: not with an infant on lap.\u00a0'.trim());
    expect(shown.server.bodies('select')).to.deep.equal([]);
    await press(shown, button(shown, 'MG'));
    await press(shown, seat(shown, '4B'));
    await until(() => chosen(shown)[0] === '2 s1 4B', 'María’s seat');
  });

  it('says the same once more when it happens once more', async () => {
    const shown = await showSeats((server) => {
      const map = a320();
      seatIn(map, '4A', { no: 'taken' });
      server.open = () => opened({ map });
    });
    const live = shown.root.querySelector('.live')!;
    await press(shown, seat(shown, '4A'));
    const first = live.textContent;
    await press(shown, seat(shown, '4A'));
    expect(live.textContent).not.to.equal(first);
  });

  describe('in an exit row', () => {
    for (const width of [390, 1280]) {
      it(`asks before the first pick, with the focus on the question, and goes back to the seat, at ${width} px`, async () => {
        await widen(width);
        const shown = await showSeats();
        await press(shown, seat(shown, '12B'));
        expect(nameOf(shown, '12B')).to.contain('available');
        expect(textOf(focused())).to.equal('John can help: take 12B');
        expect(said(shown)).to.contain('aged 16 or over');
        await keys(shown, 'Enter');
        expect(focusedOn()).to.equal('12B');
        await until(() => shown.server.selection.picks.length === 1, 'the seat at the server');
        expect(shown.server.bodies('select').at(-1)?.picks).to.deep.equal([
          { traveller: '1', segment: 's1', designator: '12B', assent: true },
        ]);
      });
    }

    it('asks each traveller once', async () => {
      const shown = await showSeats();
      await press(shown, seat(shown, '12B'));
      await press(shown, button(shown, 'John can help'));
      await press(shown, button(shown, 'JS'));
      await press(shown, seat(shown, '12A'));
      await press(shown, button(shown, 'MG'));
      await press(shown, seat(shown, '12C'));
      await press(shown, button(shown, 'María can help: take 12C'));
      await until(() => shown.server.selection.picks.length === 2, 'both seats');
      expect(
        shown.server
          .bodies('select')
          .at(-1)
          ?.picks.map(({ assent }) => assent),
      ).to.deep.equal([true, true]);
    });

    it('leaves everything as it was when the answer is no, by button or Escape', async () => {
      const shown = await showSeats();
      for (const no of [() => press(shown, button(shown, 'Another seat')), () => keys(shown, 'Escape')]) {
        await press(shown, seat(shown, '12B'));
        await no();
        expect(focusedOn()).to.equal('12B');
        expect(all(shown, 'button').map(textOf)).not.to.include('Another seat');
      }
      expect(shown.server.bodies('select')).to.deep.equal([]);
    });

    it('keeps the question while the mouse goes elsewhere', async () => {
      const shown = await showSeats();
      await click(shown, seat(shown, '12B'));
      const { x, y } = seat(shown, '14A').getBoundingClientRect();
      await sendMouse({ type: 'move', position: [Math.round(x + 9), Math.round(y + 9)] });
      await drawn(shown);
      expect(screen(shown)).to.contain('John can help: take 12B');
    });
  });

  describe('with seats that the booking has already', () => {
    const held = (paid: boolean) => ({ 1: { designator: '4C', paid, changeable: false } });
    const showHeld = (paid: boolean) =>
      showSeats((server) => {
        const map = a320();
        seatIn(map, '4C', { no: 'taken' });
        server.open = () => opened({ map, segments: [{ ...toLondon, held: held(paid) }, toSingapore] });
      });

    it('shows them as the traveller’s own, counts them and starts with the one who has none', async () => {
      const shown = await showHeld(true);
      expect(current(shown)).to.contain('María');
      expect(textOf(button(shown, 'Dublin'))).to.contain('1 of 2 seats');
      expect(textOf(button(shown, 'JS'))).to.contain('4C · paid');
      expect(nameOf(shown, '4C')).to.contain('John Smith’s seat already, JS');
    });

    it('says in the card why they stay, and changes nothing', async () => {
      const shown = await showHeld(false);
      await press(shown, button(shown, 'JS'));
      await press(shown, seat(shown, '4A'));
      expect(said(shown)).to.equal('John has 4C already. It can’t be changed here yet.');
      expect(textOf(all(shown, 'dc-seat-card')[0]?.shadowRoot?.querySelector('.fine'))).to.equal(said(shown));
      await press(shown, seat(shown, '4C'));
      expect(screen(shown)).to.contain('your seat already');
      expect(screen(shown)).to.contain('It can’t be changed here yet.');
      expect(shown.server.bodies('select')).to.deep.equal([]);
    });
  });

  it('walks the flights with arrows and turns to one with Enter', async () => {
    const shown = await showSeats();
    all(shown, '[role=tab]')[0]!.focus();
    await keys(shown, 'ArrowRight');
    expect(textOf(focused())).to.contain('London to Singapore');
    expect(shown.server.bodies('map')).to.deep.equal([]);
    await keys(shown, 'Home', 'End', 'ArrowLeft', 'ArrowLeft', 'Enter');
    await until(() => seatMap(shown)?.seatElement('46D'), 'the second map');
    expect(textOf(all(shown, '[aria-selected=true][role=tab]')[0])).to.contain('Singapore');
  });

  it('turns to travellers with arrows, as radio buttons do', async () => {
    const shown = await showSeats();
    all(shown, '[aria-checked=true]')[0]!.focus();
    await keys(shown, 'ArrowDown');
    expect(textOf(focused())).to.contain('María G.');
    expect(current(shown)).to.contain('María G.');
    await keys(shown, 'ArrowRight');
    expect(current(shown)).to.contain('John Smith');
  });

  it('says what a seat has, drawbacks and company included, and nothing that the map does not say', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    shown.root.querySelector('dc-seat-map')!.dispatchEvent(
      new CustomEvent('dc-request', {
        bubbles: true,
        composed: true,
        detail: { name: 'look-at-seat', what: { designator: '4B' } },
      }),
    );
    await drawn(shown);
    const facts = all(shown, 'dc-seat-card li').length ? all(shown, 'dc-seat-card li') : all(shown, 'li');
    expect(facts.map(textOf)).to.include.members(['Next to John and Leo', 'Near the front']);
    await press(shown, seat(shown, '11A'));
    expect(screen(shown)).to.contain('Reclines less than other seats');
    expect(screen(shown)).not.to.contain('cm');
  });

  it('waits for its second file with what was pressed before', async () => {
    const shown = await showPanel();
    await until(() => seatMap(shown)?.seatElement('4A'), 'the map');
    seat(shown, '4A').click();
    await until(() => chosen(shown).length === 1, 'the seat at the server');
    expect(chosen(shown)).to.deep.equal(['1 s1 4A']);
  });

  it('offers no payment before a seat is chosen, and none to pay where all are free', async () => {
    const map = a320();
    seatIn(map, '4A', { p: 0 });
    const shown = await showSeats((server) => {
      server.open = () => opened({ map, segments: [toLondon] });
      server.select = (body) => ({
        selection: { version: body.version + 1, picks: body.picks.map((pick) => ({ ...pick, price: 0 })), total: 0 },
      });
    });
    expect(all(shown, 'button').map(textOf)).not.to.include('Continue to payment');
    await press(shown, seat(shown, '4A'));
    expect(screen(shown)).to.contain('Nothing to pay');
    shown.server.start = () => problem('gds_unavailable');
    await press(shown, button(shown, 'Take these seats'));
    await until(() => all(shown, '.paying').length, 'the pay step');
    await press(shown, button(shown, 'Back to seats'));
    expect(seat(shown, '4A').getAttribute('aria-selected')).to.equal('true');
  });

  it('says who has no seat yet and what happens then', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    expect(screen(shown)).to.contain(
      'María has no seat to London yet. Without a choice they get one free at check-in.',
    );
  });

  it('shows hostile text as text', async () => {
    const bad = '<img src=x onerror="window.hurt=1">';
    const shown = await showSeats((server) => {
      const { travellers } = opened();
      server.open = () =>
        opened({
          record_locator: bad,
          travellers: [{ ...travellers[0]!, name: bad, lap: bad, initials: '<b' }, travellers[1]!],
          segments: [{ ...toLondon, flight: bad, from: { code: '<i>', city: bad }, to: { code: 'LHR', city: bad } }],
        });
    });
    await press(shown, seat(shown, '4A'));
    expect(all(shown, 'img, b > i').length).to.equal(0);
    expect(screen(shown)).to.contain(bad);
    expect((window as { hurt?: number }).hurt).to.equal(undefined);
  });
});

import { expect } from 'chai';
import { a320, opened, problem, toLondon } from '../../support/panel-samples.ts';
import {
  all,
  button,
  clearPage,
  drawn,
  focused,
  focusedOn,
  press,
  seat,
  seatMap,
  showPanel,
  showSeats,
  textOf,
  until,
  widen,
} from './fixture.ts';

describe('the focus', function () {
  this.timeout(10_000);

  afterEach(async () => {
    clearPage();
    await widen(1280);
  });

  const failing = () =>
    showPanel((server) => {
      server.open = () => problem('gds_unavailable');
    });

  it('stays on "Try now" while it is tried and fails again, counting included', async () => {
    const shown = await failing();
    const again = await until(() => all(shown, '.button')[0], 'the button');
    await press(shown, again);
    await drawn(shown);
    expect(focused() === again).to.equal(true);
    await shown.clock.pass(21_000);
    await drawn(shown);
    expect(focused() === again).to.equal(true);
    expect(textOf(again)).to.equal('Try now');
  });

  it('goes on to the flight when what had it is gone', async () => {
    const shown = await failing();
    const again = await until(() => all(shown, '.button')[0], 'the button');
    shown.server.open = () => opened();
    await press(shown, again);
    await until(() => seatMap(shown), 'the map');
    await drawn(shown);
    expect(focused()?.getAttribute('role')).to.equal('tab');
  });

  it('comes to the heading of what took the place of the map', async () => {
    const shown = await showSeats((server) => {
      server.open = () => opened({ segments: [toLondon] });
    });
    await press(shown, button(shown, 'Continue without choosing'));
    expect(textOf(focused())).to.equal('Your booking stays as it is');
    await press(shown, button(shown, 'Back to seats'));
    expect(focused()?.getAttribute('role')).to.equal('tab');
  });

  it('comes to the heading when the session is over under it', async () => {
    const shown = await showSeats();
    seatMap(shown)?.focusSeat('4A');
    await shown.clock.pass(30 * 60_000);
    await until(() => all(shown, '.message').length, 'the message');
    await drawn(shown);
    expect(textOf(focused())).to.equal('Still there?');
  });

  it('stays on the seat when the map is read anew', async () => {
    const shown = await showSeats((server) => server.gone.add('4A'));
    await press(shown, seat(shown, '4A'));
    await until(() => shown.server.bodies('map').length === 1, 'the map anew');
    await drawn(shown);
    expect(focusedOn()).to.equal('4A');
  });

  it('comes to the next flight’s tab from "Next flight", and stays on a tab that was pressed', async () => {
    const shown = await showSeats();
    await press(shown, button(shown, 'Next flight'));
    expect(textOf(focused())).to.contain('London to Singapore');
    await press(shown, all(shown, '[role=tab]')[0]!);
    expect(textOf(focused())).to.contain('Dublin to London');
  });

  it('stays in the summary when "Clear seats" goes with what it cleared', async () => {
    const shown = await showSeats();
    await press(shown, seat(shown, '4A'));
    await press(shown, button(shown, 'Clear seats'));
    expect(shown.root.activeElement).not.to.equal(null);
  });

  it('is not taken from the page around the panel', async () => {
    const shown = await showSeats();
    const field = document.createElement('input');
    shown.panel.before(field);
    await press(shown, button(shown, 'Next flight'));
    field.focus();
    await shown.clock.pass(30 * 60_000);
    await until(() => all(shown, '.message').length, 'the message');
    await drawn(shown);
    expect(focused() === field).to.equal(true);
  });

  it('is never behind the dock', async () => {
    await widen(390, 700);
    const shown = await showSeats((server) => {
      server.open = () => opened({ map: a320() });
    });
    const dock = await until(() => all(shown, '.dock')[0], 'the dock');
    for (const designator of ['1A', '8C', '15D', '22F', '30A']) {
      seatMap(shown)!.focusSeat(designator);
      await new Promise(requestAnimationFrame);
      const { bottom } = seat(shown, designator).getBoundingClientRect();
      expect(bottom, designator).to.be.at.most(dock.getBoundingClientRect().top);
    }
    for (const text of ['Continue without choosing', 'Next flight, to']) {
      button(shown, text).focus();
      await new Promise(requestAnimationFrame);
      expect(button(shown, text).getBoundingClientRect().bottom, text).to.be.at.most(dock.getBoundingClientRect().top);
    }
  });
});

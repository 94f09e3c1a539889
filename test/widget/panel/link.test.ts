import { expect } from 'chai';
import type { Selection } from '../../../server/wire/panel.ts';
import { opened, problem } from '../../support/panel-samples.ts';
import {
  all,
  button,
  clearPage,
  drawn,
  faults,
  focusedOn,
  press,
  screen,
  showPanel,
  textOf,
  until,
  widen,
  type Stage,
} from './fixture.ts';
import type { FakeServer } from './fake-server.ts';

const LINK = { booking: undefined, encryptedId: 'Z0FBQUFB+id==' };
const chosen: Selection = {
  version: 3,
  picks: [
    { traveller: '1', segment: 's1', designator: '4A', price: 1800 },
    { traveller: '2', segment: 's1', designator: '4B', price: 1800 },
  ],
  total: 3600,
};
const withChoice = (server: FakeServer) => {
  server.selection = chosen;
};

const heading = (shown: Stage, text: string) =>
  until(() => all(shown, '[role=heading]').find((one) => textOf(one) === text), `"${text}"`);
const buttons = (shown: Stage) => all(shown, 'button').map(textOf);

describe('<departcart-seat-panel> of a link', () => {
  afterEach(clearPage);

  it('opens it, on our own page without a key', async () => {
    const shown = await showPanel(undefined, { ...LINK, publishableKey: '', source: 'mail' });
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(shown.server.bodies('open')).to.deep.equal([
      { v: 1, encrypted_id: 'Z0FBQUFB+id==', locale: 'en-IE', source: 'mail' },
    ]);
    expect(shown.panel.recordLocator).to.equal('ABC123');
  });

  it('opens it again after the session was over', async () => {
    const shown = await showPanel(undefined, LINK);
    await until(() => all(shown, 'dc-cart-summary').length, 'the summary');
    await shown.clock.pass(30 * 60_000);
    await heading(shown, 'Still there?');
    await press(shown, button(shown, 'Carry on'));
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(shown.server.bodies('open').map(({ encrypted_id: id }) => id)).to.deep.equal(
      Array(2).fill(LINK.encryptedId),
    );
  });

  it('that opens nothing says so; whose booking another one would be is not known without a key', async () => {
    const shown = await showPanel(
      (server) => {
        server.open = () => problem('link_not_valid');
      },
      { ...LINK, publishableKey: '' },
    );
    await heading(shown, 'This link doesn’t open a booking');
    expect(screen(shown)).to.contain('open the link in the newest e-mail');
    expect([all(shown, 'input').length, buttons(shown).length]).to.deep.equal([0, 0]);
    expect(await faults(shown)).to.deep.equal([]);
    await shown.clock.pass(120_000);
    expect(shown.server.bodies('open')).to.have.length(1);
  });

  it('that opens nothing leads to the form with a key, and the form forgets it', async () => {
    const shown = await showPanel((server) => {
      server.open = ({ encrypted_id: id }) => (id ? problem('link_not_valid') : problem('booking_not_found'));
    }, LINK);
    await heading(shown, 'This link doesn’t open a booking');
    const [locator, name] = all(shown, 'input') as HTMLInputElement[];
    locator!.value = 'abc123';
    name!.value = 'Smith';
    await press(shown, button(shown, 'Find booking'));
    await heading(shown, 'We can’t find this booking');
    expect(shown.server.bodies('open').at(-1)).to.deep.equal({
      v: 1,
      key: 'dcpub_test_1',
      record_locator: 'ABC123',
      last_name: 'Smith',
      locale: 'en-IE',
    });
  });
});

describe('<departcart-seat-panel review>', () => {
  afterEach(clearPage);

  it('shows what was chosen before, by itself, and never the map before it', async () => {
    const shown = await showPanel(withChoice, { ...LINK, review: 'checkout' });
    let sawMap = false;
    await until(() => {
      sawMap ||= all(shown, 'dc-seat-map').length > 0;
      return all(shown, 'dc-cart-summary').length;
    }, 'the summary');
    await drawn(shown);
    expect(sawMap).to.equal(false);
    expect(buttons(shown)).to.deep.equal(['Continue to payment']);
    expect(screen(shown)).to.contain('4A').and.to.contain('€36.00').and.to.contain('Look over your seats');
    expect(shown.server.calls.map(({ name }) => name)).to.deep.equal(['open']);
    for (const width of [320, 1280]) {
      await widen(width);
      expect(await faults(shown), `at ${width} px`).to.deep.equal([]);
    }
  });

  it('starts the purchase with the button; one that cannot be started leads to the map', async () => {
    const shown = await showPanel(
      (server) => {
        server.open = () =>
          opened({ selection: chosen, purchase: null, payment: { gateway: 'stripe', public_key: 'pk_test_1' } });
        server.start = () => problem('selection_changed', { selection: { ...chosen, version: 4 } });
      },
      { ...LINK, review: 'checkout' },
    );
    await until(() => all(shown, 'dc-cart-summary').length, 'the summary');
    await press(shown, button(shown, 'Continue to payment'));
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(shown.server.bodies('start').map(({ selection_version: version }) => version)).to.deep.equal([3]);
  });

  it('leads from the cart to the seats, with the focus', async () => {
    const shown = await showPanel(withChoice, { ...LINK, review: 'cart' });
    await until(() => all(shown, 'dc-cart-summary').length, 'the summary');
    expect(buttons(shown)).to.deep.equal(['Continue to payment', 'Change seats']);
    await press(shown, button(shown, 'Change seats'));
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(focusedOn()).not.to.equal('');
    expect(document.activeElement).not.to.equal(document.body);
  });

  it('says what of it is gone meanwhile', async () => {
    const [first, second] = chosen.picks;
    const shown = await showPanel(
      (server) => {
        server.selection = { version: 4, picks: [first!], total: 1800, refused: [{ ...second!, why: 'gone' }] };
      },
      { ...LINK, review: 'cart' },
    );
    await until(() => all(shown, 'dc-cart-summary').length, 'the summary');
    expect(screen(shown)).to.contain('4B was just taken.');
    expect(buttons(shown)).to.include('Change seats');
  });

  it('is the map where nothing was chosen, or where the last of it is gone', async () => {
    for (const refused of [undefined, [{ ...chosen.picks[0]!, why: 'gone' as const }]]) {
      const shown = await showPanel(
        (server) => {
          server.selection = { version: 1, picks: [], total: 0, ...(refused && { refused }) };
        },
        { ...LINK, review: 'checkout' },
      );
      await until(() => all(shown, 'dc-seat-map').length, 'the map');
      await until(() => all(shown, 'dc-cart-summary').length, 'the summary');
      expect(screen(shown)).to.contain('Choose your seats');
    }
  });

  it('comes back after the session was over', async () => {
    const shown = await showPanel(withChoice, { ...LINK, review: 'cart' });
    await until(() => all(shown, 'dc-cart-summary').length, 'the summary');
    await shown.clock.pass(30 * 60_000);
    await heading(shown, 'Still there?');
    await press(shown, button(shown, 'Carry on'));
    await until(() => all(shown, 'dc-cart-summary').length, 'the summary');
    expect(buttons(shown)).to.deep.equal(['Continue to payment', 'Change seats']);
  });
});

import { expect } from 'chai';
import { problem, purchase, selling, toLondon } from '../../support/panel-samples.ts';
import { later } from '../panel/fake-server.ts';
import {
  all,
  button,
  clearPage,
  focusedOn,
  press,
  said,
  screen,
  showPanel,
  textOf,
  until,
  type Stage,
} from '../panel/fixture.ts';
import { FakeStripe } from './fake-stripe.ts';
import { goOn, pressOn, says, sells, settled, showPay, showPurchase } from './fixture.ts';

const field = ({ panel }: Stage) => panel.querySelector<HTMLElement>('[slot=payment]');
const isOff = (shown: Stage, text: string) => button(shown, text).getAttribute('aria-disabled') === 'true';
const states = ({ heard }: Stage) =>
  heard.filter(([name]) => name === 'departcart:payment').map(([, detail]) => detail['state']);

describe('paying', function () {
  this.timeout(10_000);
  let stripe: FakeStripe;

  beforeEach(() => {
    stripe = FakeStripe.install();
  });
  afterEach(() => {
    clearPage();
    FakeStripe.remove();
  });

  it('leads from the seats to the receipt', async () => {
    const shown = await showPay();
    expect(shown.server.bodies('start')).to.have.length(1);
    expect(shown.server.bodies('start')[0]).to.include({ v: 1, selection_version: 3 });
    expect(screen(shown)).to.contain('Pay for your seats');
    expect(screen(shown)).to.contain('ABC123 · 2 seats on 1 flight · €36.00');
    expect(focusedOn()).to.equal('Pay for your seats');
    await pressOn(shown, 'Pay €36.00');
    expect(stripe.confirmed).to.deep.equal(['pay_1_secret']);
    expect(shown.server.bodies('returned')[0]).to.include({ payment: 'pay_1', said: 'submitted' });
    await says(shown, 'Confirming your seats');
    expect(focusedOn()).to.equal('Confirming your seats');
    await shown.clock.pass(1000);
    await says(shown, 'Your seats are booked');
    await settled(shown);
    expect(focusedOn()).to.equal('Your seats are booked');
    expect(said(shown)).to.contain('Your seats are booked');
    const text = screen(shown);
    for (const words of ['Visa ending 4242', '€36.00', '4C', '4B', 'txn_01JNPY8C3Q7R5T9V2X4Z6B8D0F', 'Leo on lap']) {
      expect(text).to.contain(words);
    }
    expect(field(shown) === null, 'no field').to.equal(true);
    expect(shown.clock.waiting, 'the session’s end is the only timer left').to.equal(1);
  });

  it('tells the page where it stands in words only, and of the end once', async () => {
    const shown = await showPay();
    await pressOn(shown, 'Pay €36.00');
    await shown.clock.pass(1000);
    await says(shown, 'Your seats are booked');
    expect(states(shown)).to.deep.equal(['starting', 'open', 'paying', 'confirming', 'done']);
    const ends = shown.heard.filter(([name]) => name === 'departcart:complete');
    expect(ends).to.have.length(1);
    expect(ends[0]![1]).to.include({ is: 'completed', total: 3600, currency: 'EUR' });
    expect(shown.heard.filter(([name]) => name === 'departcart:checkout')).to.have.length(1);
    expect(JSON.stringify(shown.heard)).not.to.match(/ABC123|Smith|John|María|Leo|4242|secret/i);
  });

  it('gives the gateway a place in the page, dressed as the brand, for the sum shown', async () => {
    const shown = await showPay();
    expect(field(shown)!.getRootNode() === document).to.equal(true);
    expect(stripe.keys).to.deep.equal(['pk_test_1']);
    expect(stripe.options).to.deep.include({
      mode: 'payment',
      amount: 3600,
      currency: 'eur',
      captureMethod: 'manual',
      allowedPaymentMethodTypes: ['card'],
    });
    const { variables } = stripe.options!['appearance'] as { variables: Record<string, string> };
    expect(variables).to.include({ colorPrimary: 'rgb(30, 64, 175)', borderRadius: '10px', fontSizeBase: '16px' });
    expect(field(shown)!.getBoundingClientRect().width).to.be.greaterThan(280);
  });

  it('keeps the page’s own rules off the gateway’s place', async () => {
    const sheet = document.createElement('style');
    sheet.textContent = 'div { display: none; border: 9px solid red; } main > * > div { padding: 50px; }';
    document.head.append(sheet);
    const shown = await showPay();
    const style = getComputedStyle(field(shown)!);
    expect([style.display, style.borderTopWidth, style.paddingTop]).to.deep.equal(['block', '0px', '0px']);
    sheet.remove();
  });

  it('says who charges, by when, and where terms and privacy stand', async () => {
    const shown = await showPay();
    expect(screen(shown)).to.contain('SkylineAir charges your card.');
    expect(screen(shown)).to.match(/Pay by \d\d:\d\d; after that we check the prices again\./);
    const links = all(shown, '.legal a') as HTMLAnchorElement[];
    expect(links.map(({ href }) => href)).to.deep.equal([
      'https://skyline.example/terms',
      'https://skyline.example/privacy',
    ]);
  });

  it('pays once, however often it is pressed, and locks all else meanwhile', async () => {
    const bank = later<'submitted'>();
    stripe.bank = bank.promise;
    const shown = await showPay();
    const width = button(shown, 'Pay').getBoundingClientRect().width;
    const pay = button(shown, 'Pay €36.00');
    pay.click();
    pay.click();
    await settled(shown);
    expect(textOf(button(shown, 'Paying…'))).to.equal('Paying…');
    expect(button(shown, 'Paying…').getBoundingClientRect().width).to.equal(width);
    expect(isOff(shown, 'Paying…') && isOff(shown, 'Back to seats')).to.equal(true);
    await pressOn(shown, 'Back to seats');
    await pressOn(shown, 'Paying…');
    expect(shown.server.bodies('pay')).to.have.length(1);
    bank.say('submitted');
    await says(shown, 'Confirming your seats');
    expect(stripe.confirmed).to.have.length(1);
  });

  it('says what is wrong with what was entered, before anything is asked of anybody', async () => {
    stripe.wrong = 'Your card number is incomplete.';
    const shown = await showPay();
    await pressOn(shown, 'Pay €36.00');
    expect(screen(shown)).to.contain('Your card number is incomplete.');
    expect(said(shown)).to.contain('Your card number is incomplete.');
    expect(shown.server.bodies('pay')).to.deep.equal([]);
    expect(isOff(shown, 'Pay €36.00')).to.equal(false);
  });

  it('tries another card after a decline: the field and the seats stay, the button waits for the look', async () => {
    const look = later<void>();
    stripe.bank = 'failed';
    const shown = await showPay((server) => {
      server.bank = 'declined';
      const returned = server.returned;
      server.returned = async (body) => {
        await look.promise;
        return returned(body);
      };
    });
    await pressOn(shown, 'Pay €36.00');
    await pressOn(shown, 'Paying…');
    expect(shown.server.bodies('pay'), 'a press before the look').to.have.length(1);
    look.say();
    await says(shown, 'Your bank declined the card');
    expect(screen(shown)).to.match(/Your card was declined\. Nothing was charged\. Try another card by \d\d:\d\d/);
    expect(said(shown)).to.contain('Your bank declined the card');
    expect(focusedOn()).to.equal('Pay €36.00');
    stripe.bank = 'submitted';
    shown.server.bank = 'held';
    button(shown, 'Pay €36.00').click();
    button(shown, 'Pay €36.00').click();
    await settled(shown);
    await says(shown, 'Confirming your seats');
    expect(stripe.confirmed).to.deep.equal(['pay_1_secret', 'pay_2_secret']);
    expect(stripe.mounted, 'one field for both').to.equal(1);
    const keys = shown.server.bodies('pay').map((body) => body.idempotency_key);
    expect(new Set(keys).size).to.equal(2);
    expect(states(shown)).to.deep.equal(['starting', 'open', 'paying', 'declined', 'paying', 'confirming']);
  });

  it('waits for the gateway’s object when it is not there at once', async () => {
    const shown = await showPay((server) => {
      const pay = server.pay;
      server.pay = async (body) => {
        await pay(body);
        return server.change({ payment: { id: 'pay_1', step: 'wait' } });
      };
      server.status = () => server.change({ payment: { id: 'pay_1', step: 'field', field: { client_secret: 's' } } });
    });
    await pressOn(shown, 'Pay €36.00');
    expect(stripe.confirmed).to.deep.equal([]);
    await shown.clock.pass(1000);
    await until(() => stripe.confirmed.length, 'the payment');
    expect(stripe.confirmed).to.deep.equal(['s']);
  });

  it('repeats a call whose answer was lost under the same key', async () => {
    const shown = await showPay((server) => server.loses.add('start'));
    expect(screen(shown)).to.contain('Checking your seats');
    await shown.clock.pass(1000);
    await says(shown, 'Pay €36.00');
    shown.server.loses.add('pay').add('returned');
    await pressOn(shown, 'Pay €36.00');
    await shown.clock.pass(1000);
    await settled(shown);
    await shown.clock.pass(1000);
    await says(shown, 'Confirming your seats');
    for (const name of ['start', 'pay', 'returned'] as const) {
      const keys = shown.server.bodies(name).map((body) => body.idempotency_key);
      expect(keys, name).to.have.length(2);
      expect(keys[0], name).to.equal(keys[1]);
    }
    expect(stripe.confirmed).to.have.length(1);
  });

  it('keeps the key of a press that got no answer at all for the next press', async () => {
    const shown = await showPay();
    const pay = shown.server.pay;
    shown.server.pay = () => problem('busy', { status: 503 });
    await pressOn(shown, 'Pay €36.00');
    for (let second = 0; second < 20; second++) await shown.clock.pass(1000);
    await says(shown, 'you are not charged twice');
    shown.server.pay = pay;
    await pressOn(shown, 'Pay €36.00');
    await says(shown, 'Confirming your seats');
    expect(new Set(shown.server.bodies('pay').map((body) => body.idempotency_key)).size).to.equal(1);
  });

  it('says that the airline does not answer, and pays by the next press', async () => {
    const shown = await showPay();
    const pay = shown.server.pay;
    shown.server.pay = () => problem('gds_unavailable', { status: 503 });
    await pressOn(shown, 'Pay €36.00');
    expect(screen(shown)).to.contain('The airline isn’t answering');
    shown.server.pay = pay;
    await pressOn(shown, 'Pay €36.00');
    await says(shown, 'Confirming your seats');
  });

  it('says so when a purchase can’t be started, and starts it by a press', async () => {
    const shown = await showPay((server) => {
      server.start = () => problem('gds_unavailable', { status: 503 });
    });
    expect(screen(shown)).to.contain('The airline isn’t answering');
    expect(focusedOn()).to.equal('The airline isn’t answering');
    shown.server.start = (body) => shown.server.begin(body);
    await pressOn(shown, 'Try again');
    await says(shown, 'Pay €36.00');
  });

  it('shows a price that moved, old beside new, and pays the new one', async () => {
    const shown = await showPay((server) => {
      const pay = server.pay;
      server.pay = (body) => {
        if (server.purchase!.quote === 2) return pay(body);
        const [first, second] = server.purchase!.items;
        const items = [first!, { ...second!, price: 2400, was: 1800 }];
        return { ...server.change({ quote: 2, total: 4200, items }), answer: 'reconfirm' };
      };
    });
    await pressOn(shown, 'Pay €36.00');
    await says(shown, 'The price changed');
    expect(focusedOn()).to.equal('The price changed');
    expect(screen(shown)).to.contain('The airline changed one price while you were choosing. Nothing was charged yet.');
    expect(textOf(all(shown, '.was')[0])).to.contain('€18.00');
    expect(stripe.confirmed).to.deep.equal([]);
    await pressOn(shown, 'Accept €42.00');
    expect(focusedOn()).to.equal('Pay for your seats');
    await pressOn(shown, 'Pay €42.00');
    await says(shown, 'Confirming your seats');
    expect(shown.server.bodies('pay').at(-1)!.quote).to.equal(2);
    expect(stripe.amounts.at(-1)).to.equal(4200);
    expect(stripe.mounted, 'the field keeps what was typed').to.equal(1);
  });

  it('names a price that moved before the pay page, and leads back to choose another seat', async () => {
    const shown = await showPay((server) => {
      server.start = (body) => {
        const begun = server.begin(body);
        if ('success' in begun) return begun;
        return server.change({ total: 5400, items: server.items({ price: 2700, was: 1800 }) });
      };
    });
    await says(shown, 'The prices changed');
    expect(screen(shown)).to.contain('The airline changed two prices');
    await pressOn(shown, 'Choose another seat');
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(screen(shown)).to.contain('€54.00');
    expect(shown.server.bodies('leave'), 'going back ends nothing').to.deep.equal([]);
  });

  it('offers the nearest seat of the same price for one that was just taken', async () => {
    const shown = await showPay((server) => server.gone.add('4B'));
    await says(shown, '4B was just taken');
    await settled(shown);
    const offer = all(shown, 'button')
      .map(textOf)
      .find((text) => text.startsWith('Take '));
    expect(offer).to.equal('Take 4E');
    expect(screen(shown)).to.contain('4E is the same: middle, €18.');
    await pressOn(shown, 'Take 4E');
    await says(shown, 'Pay €36.00');
    expect(shown.server.purchase!.items.map(({ pick }) => pick.designator).sort()).to.deep.equal(['4C', '4E']);
  });

  it('goes on with the other seats, or back to the map, when one is gone at the press', async () => {
    const losing = (shown: Stage) => {
      shown.server.pay = () => {
        const [first] = shown.server.purchase!.items;
        return { ...shown.server.change({ quote: 2, total: 1800, items: [first!] }), answer: 'reconfirm' };
      };
      shown.server.map = () => ({ ...selling().map!, decks: [] });
    };
    const shown = await showPay();
    const { pay } = shown.server;
    losing(shown);
    await pressOn(shown, 'Pay €36.00');
    await says(shown, '4B was just taken');
    await pressOn(shown, 'Go on with the others, €18.00');
    shown.server.pay = pay;
    await pressOn(shown, 'Pay €18.00');
    await says(shown, 'Confirming your seats');

    const again = await showPay();
    losing(again);
    await pressOn(again, 'Pay €36.00');
    await says(again, '4B was just taken');
    await pressOn(again, 'See the map');
    await until(() => again.server.selection.picks.length === 1, 'the selection without the seat');
    expect(all(again, '.message')).to.deep.equal([]);
  });

  it('takes free seats without a card', async () => {
    const picks = [{ traveller: '1', segment: 's1', designator: '27B', price: 0 }];
    const shown = await showPay(undefined, { selection: { version: 1, picks, total: 0 }, payment: null });
    expect(field(shown) === null, 'no field').to.equal(true);
    expect(screen(shown)).to.contain('Nothing to pay.');
    await pressOn(shown, 'Take these seats');
    await says(shown, 'Confirming your seats');
    expect(shown.server.bodies('pay')[0]).to.include({ quote: 1 });
    expect(shown.server.bodies('returned')).to.deep.equal([]);
    await shown.clock.pass(1000);
    await says(shown, 'Your seats are booked');
    expect(screen(shown)).not.to.match(/sends the receipt|Paid with/);
  });

  it('keeps a choice, as before, where the server sells nothing', async () => {
    const shown = await showPanel((server) => {
      sells(server, { payment: null, segments: [toLondon] });
    });
    await until(() => all(shown, 'dc-cart-summary').length, 'the summary');
    await pressOn(shown, 'Continue to payment');
    await says(shown, 'Your choice is kept');
    expect(shown.server.bodies('start')).to.deep.equal([]);
  });

  it('goes back to the seats, keeps the purchase, and starts it again with others', async () => {
    const shown = await showPay();
    await pressOn(shown, 'Back to seats');
    expect(field(shown) === null, 'no field').to.equal(true);
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    await goOn(shown);
    await says(shown, 'Pay €36.00');
    expect(shown.server.bodies('start')).to.have.length(2);
    expect(shown.server.bodies('leave')).to.deep.equal([]);
    expect(stripe.mounted).to.equal(2);
  });

  it('says after thirty seconds that the airline still confirms, and polls slower in the end', async () => {
    const shown = await showPay((server) => {
      server.patience = 1000;
    });
    await pressOn(shown, 'Pay €36.00');
    await shown.clock.pass(29_000);
    await settled(shown);
    expect(screen(shown)).to.contain('Confirming your seats');
    await shown.clock.pass(2000);
    await says(shown, 'Still confirming 4C and 4B with the airline');
    expect(said(shown)).to.contain('it goes on by itself and your card is charged only for seats you get');
    const asked = shown.server.bodies('status').length;
    expect(asked).to.be.within(29, 32);
    await shown.clock.pass(60_000);
    await shown.clock.pass(60_000);
    expect(shown.server.bodies('status').length - asked).to.be.lessThan(60);
  });

  it('looks less often while nobody looks, and at once when somebody does', async () => {
    const shown = await showPay((server) => {
      server.patience = 1000;
    });
    await pressOn(shown, 'Pay €36.00');
    await says(shown, 'Confirming your seats');
    Object.defineProperty(document, 'hidden', { configurable: true, value: true });
    await shown.clock.pass(1000);
    const before = shown.server.bodies('status').length;
    await shown.clock.pass(30_000);
    expect(shown.server.bodies('status').length - before).to.be.lessThan(4);
    Reflect.deleteProperty(document, 'hidden');
    const now = shown.server.bodies('status').length;
    document.dispatchEvent(new Event('visibilitychange'));
    await settled(shown);
    expect(shown.server.bodies('status').length).to.equal(now + 1);
  });

  it('notices that time is up', async () => {
    const shown = await showPay((server) => {
      server.status = () =>
        server.change({ status: 'expired', items: server.items({ state: 'failed', why: 'expired' }) });
    });
    await shown.clock.pass(15 * 60_000);
    await says(shown, 'Time ran out');
    shown.server.purchase = null;
    await pressOn(shown, 'Start again');
    await says(shown, 'Pay €36.00');
  });

  it('takes the field off the page when the session is over', async () => {
    const shown = await showPay();
    shown.server.pay = () => problem('session_over', { status: 401 });
    await pressOn(shown, 'Pay €36.00');
    await says(shown, 'Still there?');
    expect(field(shown) === null, 'no field').to.equal(true);
    expect(screen(shown)).not.to.match(/John|María|ABC123/);
    await pressOn(shown, 'Carry on');
    await says(shown, 'Pay €36.00');
  });

  it('never loses the focus on the way to the receipt', async () => {
    const shown = await showPay();
    const lost: string[] = [];
    const watch = () => {
      if (document.activeElement === document.body) lost.push(screen(shown).slice(0, 60));
    };
    for (const step of ['Pay €36.00']) await press(shown, button(shown, step));
    watch();
    await settled(shown);
    watch();
    await shown.clock.pass(1000);
    await settled(shown);
    watch();
    expect(lost).to.deep.equal([]);
  });
});

describe('a purchase found again', function () {
  this.timeout(10_000);
  let stripe: FakeStripe;
  beforeEach(() => {
    stripe = FakeStripe.install();
  });
  afterEach(() => {
    clearPage();
    FakeStripe.remove();
  });

  it('stands at the pay step, before and after the first press', async () => {
    const shown = await showPurchase({});
    expect(screen(shown)).to.contain('Pay €36.00');
    expect(shown.server.bodies('start')).to.deep.equal([]);
    const payment = { id: 'pay_7', step: 'field' as const, field: { client_secret: 'seven' } };
    const open = await showPurchase({ payment });
    await pressOn(open, 'Pay €36.00');
    await says(open, 'Confirming your seats');
    expect(stripe.confirmed).to.deep.equal(['seven']);
  });

  it('waits among the seats when other seats were chosen since', async () => {
    const picks = [{ traveller: '1', segment: 's1', designator: '4A', price: 1800 }];
    const shown = await showPanel((server) => {
      sells(server, { selection: { version: 4, picks, total: 1800 } });
      server.purchase = purchase();
    });
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    await settled(shown);
    expect(all(shown, '.paying')).to.deep.equal([]);
  });

  it('goes on confirming, and ends on the receipt', async () => {
    const shown = await showPurchase({ status: 'processing', payment: { id: 'pay_1', step: 'held' } });
    expect(screen(shown)).to.contain('Confirming 4C…');
    await shown.clock.pass(1000);
    await says(shown, 'Your seats are booked');
    expect(shown.heard.map(([name]) => name)).to.contain('departcart:complete');
  });

  it('shows a receipt again without telling the page a second time, and makes room for more', async () => {
    const items = purchase().items.map((item) => ({ ...item, state: 'confirmed' as const }));
    const shown = await showPurchase({ status: 'completed', items, charged: 3600 });
    expect(screen(shown)).to.contain('Your seats are booked');
    expect(shown.heard.map(([name]) => name)).not.to.contain('departcart:complete');
    shown.server.selection = { version: 4, picks: [], total: 0 };
    await pressOn(shown, 'See the map');
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(shown.server.bodies('open')).to.have.length(2);
    expect(all(shown, '.paying')).to.deep.equal([]);
  });

  it('says nothing of a purchase that the traveller gave up', async () => {
    const items = purchase().items.map((item) => ({ ...item, state: 'failed' as const, why: 'abandoned' }));
    const shown = await showPanel((server) => {
      sells(server);
      server.purchase = purchase({ status: 'failed', items });
    });
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    await settled(shown);
    expect(all(shown, '.paying')).to.deep.equal([]);
  });

  it('takes up again what the bank asked', async () => {
    const payment = { id: 'pay_1', step: 'action' as const, field: { client_secret: 'one' } };
    const shown = await showPurchase({ payment });
    expect(screen(shown)).to.contain('Confirm with your bank');
    await pressOn(shown, 'Continue with your bank');
    expect(stripe.resumed).to.deep.equal(['one']);
    await says(shown, 'Confirming your seats');
    expect(shown.server.bodies('returned')[0]).to.include({ payment: 'pay_1', said: 'submitted' });
  });

  it('gives up what the bank asked by a button only', async () => {
    const payment = { id: 'pay_1', step: 'action' as const, field: { client_secret: 'one' } };
    const shown = await showPurchase({ payment });
    await pressOn(shown, 'Cancel this payment');
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(shown.server.bodies('leave')).to.have.length(1);
  });

  it('follows what another window pays', async () => {
    const shown = await showPurchase({});
    shown.server.pay = () => ({
      ...shown.server.change({ payment: { id: 'pay_1', step: 'working' } }),
      answer: 'joined',
    });
    shown.server.status = () => shown.server.purchase!;
    await pressOn(shown, 'Pay €36.00');
    await says(shown, 'Waiting for your bank');
    expect(stripe.confirmed).to.deep.equal([]);
    shown.server.status = () => shown.server.change({ status: 'processing', payment: { id: 'pay_1', step: 'held' } });
    await shown.clock.pass(1000);
    await says(shown, 'Confirming your seats');
  });

  it('leads from a partly confirmed purchase to another seat on that flight', async () => {
    const [first, second] = purchase().items;
    const items = [
      { ...first!, state: 'confirmed' as const },
      { ...second!, state: 'failed' as const, why: 'seat_taken' },
    ];
    const shown = await showPurchase({ status: 'partially_completed', items, charged: 1800 });
    expect(screen(shown)).to.contain('One of two seats is yours');
    expect(screen(shown)).to.contain('You paid only for the one.');
    shown.server.selection = { version: 4, picks: [], total: 0 };
    await pressOn(shown, 'Choose another for María');
    await until(() => all(shown, 'dc-seat-map').length, 'the map');
    expect(all(shown, '.paying')).to.deep.equal([]);
  });
});

import { emulateMedia } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Purchase } from '../../../server/wire/panel.ts';
import { problem, purchase } from '../../support/panel-samples.ts';
import { later } from '../panel/fake-server.ts';
import { all, clearPage, faults, screen, widen, type Stage } from '../panel/fixture.ts';
import { FakeStripe } from './fake-stripe.ts';
import { pressOn, says, settled, showPay, showPurchase } from './fixture.ts';

type Item = Purchase['items'][number];

const as = (...states: Partial<Item>[]): Item[] =>
  purchase().items.map((item, at) => ({ ...item, ...(states[at] ?? states[0]) }));
const card = { id: 'pay_1', step: 'taken' as const, means: { brand: 'visa', last4: '4242' } };
const looked = (reason: string, items: Item[] = as({ state: 'pending' })) =>
  showPurchase({ status: 'attention', attention: [reason], items });

/** Every state of a purchase, how to come to it, and a sentence that says that it is there. */
const states: Record<string, { show: () => Promise<Stage>; says: string }> = {
  starting: {
    show: () =>
      showPay((server) => {
        server.start = () => later<Purchase>().promise;
      }),
    says: 'Checking your seats',
  },
  'not started': {
    show: () =>
      showPay((server) => {
        server.start = () => problem('gds_unavailable');
      }),
    says: 'Its seat system does not respond. Nothing was charged, your seats are still chosen.',
  },
  'not offered': {
    show: () =>
      showPay((server) => {
        server.start = () => problem('payment_not_offered');
      }),
    says: 'These seats can’t be paid for here',
  },
  pay: { show: () => showPay(), says: 'Pay by' },
  'field on its way': {
    show: () => {
      FakeStripe.current!.isReady = false;
      return showPay();
    },
    says: 'Fetching the card field…',
  },
  'field did not load': {
    show: async () => {
      FakeStripe.current!.isReady = false;
      const shown = await showPay();
      await shown.clock.pass(15_000);
      await settled(shown);
      return shown;
    },
    says: 'The card field did not load',
  },
  paying: {
    show: async () => {
      FakeStripe.current!.bank = later<'submitted'>().promise;
      const shown = await showPay();
      await pressOn(shown, 'Pay €36.00');
      return shown;
    },
    says: 'Paying…',
  },
  'entered wrongly': {
    show: async () => {
      FakeStripe.current!.wrong = 'Your card number is incomplete.';
      const shown = await showPay();
      await pressOn(shown, 'Pay €36.00');
      return shown;
    },
    says: 'Your card number is incomplete.',
  },
  declined: {
    show: () => showPurchase({ payment: { id: 'p', step: 'declined' } }),
    says: 'Nothing was charged. Try another card by',
  },
  'not approved': {
    show: async () => {
      FakeStripe.current!.bank = 'failed';
      const shown = await showPay((server) => {
        server.bank = 'field';
      });
      await pressOn(shown, 'Pay €36.00');
      return shown;
    },
    says: 'The payment was not approved',
  },
  'nothing to pay': {
    show: () => {
      const picks = [{ traveller: '1', segment: 's1', designator: '27B', price: 0 }];
      return showPay(undefined, { selection: { version: 1, picks, total: 0 } });
    },
    says: 'Take these seats',
  },
  'price changed': {
    show: () =>
      showPay((server) => {
        server.start = (body) => {
          const begun = server.begin(body);
          return 'success' in begun ? begun : server.change({ total: 4200, items: as({}, { price: 2400, was: 1800 }) });
        };
      }),
    says: 'Accept €42.00',
  },
  'seat taken': { show: () => showPay((server) => server.gone.add('4B')), says: '4B was just taken' },
  'both seats taken': {
    show: () => showPay((server) => server.gone.add('4B').add('4C')),
    says: '4C and 4B were just taken',
  },
  bank: {
    show: () => showPurchase({ payment: { id: 'p', step: 'action', field: { client_secret: 's' } } }),
    says: 'Your bank asks you to approve €36.00.',
  },
  pending: {
    show: () => showPurchase({ status: 'processing', payment: { id: 'p', step: 'working' } }),
    says: 'Waiting for your bank',
  },
  confirming: {
    show: () =>
      showPurchase({ status: 'processing', payment: card, items: as({ state: 'confirmed' }, { state: 'pending' }) }),
    says: 'Confirming 4B…',
  },
  late: {
    show: async () => {
      const shown = await showPurchase({ status: 'processing', payment: card }, (server) => {
        server.patience = 1000;
      });
      await shown.clock.pass(31_000);
      await settled(shown);
      return shown;
    },
    says: 'This can take a few minutes. You can close this page; it goes on by itself',
  },
  ending: {
    show: () => showPurchase({ status: 'processing', payment: { id: 'p', step: 'released' } }),
    says: 'We make sure that nothing is charged.',
  },
  done: {
    show: () => {
      const items = as(
        { state: 'confirmed', document: '9998200415622' },
        { state: 'confirmed', document: '9998200415623' },
      );
      return showPurchase({ status: 'completed', payment: card, charged: 3600, items });
    },
    says: '999 8200 415 622–623',
  },
  partly: {
    show: () =>
      showPurchase({
        status: 'partially_completed',
        payment: card,
        charged: 1800,
        items: as({ state: 'confirmed' }, { state: 'failed', why: 'seat_taken' }),
      }),
    says: 'You paid only for the one.',
  },
  'partly, charged before': {
    show: () =>
      showPurchase({
        status: 'partially_completed',
        payment: card,
        charged: 3600,
        items: as({ state: 'confirmed' }, { state: 'failed', why: 'seat_taken' }),
      }),
    says: '€18.00 is on its way back to your card.',
  },
  failed: {
    show: () =>
      showPurchase({
        status: 'failed',
        payment: { id: 'p', step: 'released' },
        items: as({ state: 'failed', why: 'seat_taken' }),
      }),
    says: 'You were not charged; your bank lifts the hold of €36.00 by itself. Your flights are not touched.',
  },
  'failed, charged before': {
    show: () =>
      showPurchase({
        status: 'failed',
        payment: card,
        charged: 3600,
        refunded: 3600,
        items: as({ state: 'failed', why: 'seat_taken' }),
      }),
    says: '€36.00 was sent back to your card',
  },
  expired: { show: () => showPurchase({ status: 'expired', items: as({ state: 'failed' }) }), says: 'Time ran out' },
  refunded: {
    show: () => showPurchase({ status: 'refunded', charged: 3600, refunded: 3600, items: as({ state: 'cancelled' }) }),
    says: '€36.00 goes back to your card',
  },
  'payment is looked at': {
    show: () => looked('payment_outcome_missing'),
    says: 'SkylineAir looks into it and writes to you.',
  },
  'seat is looked at': {
    show: () => looked('gds_outcome_missing', as({ state: 'confirmed' }, { state: 'pending' })),
    says: 'We are still confirming 4B with the airline',
  },
  'refund is looked at': { show: () => looked('refund_failed'), says: 'Your refund is being arranged' },
  'capture is looked at': {
    show: () => looked('capture_failed', as({ state: 'confirmed' })),
    says: 'Your seats are booked',
  },
};

describe('every state of a purchase', function () {
  this.timeout(10_000);
  beforeEach(() => void FakeStripe.install());
  afterEach(async () => {
    clearPage();
    FakeStripe.remove();
    await emulateMedia({ media: 'screen', forcedColors: 'none', reducedMotion: 'no-preference' });
    await widen(1280);
  });

  for (const width of [320, 390, 1280]) {
    describe(`at ${width} px`, () => {
      for (const [name, { show, says: text }] of Object.entries(states)) {
        it(`is accessible, says what it is and fits: ${name}`, async () => {
          await widen(width);
          const shown = await show();
          await says(shown, text);
          expect(await faults(shown)).to.deep.equal([]);
          expect(document.documentElement.scrollWidth).to.be.at.most(width);
        });
      }
    });
  }

  it('prints passes and receipt, and nothing to press', async () => {
    const shown = await states['done']!.show();
    await emulateMedia({ media: 'print' });
    expect(all(shown, 'button')).to.deep.equal([]);
    expect(all(shown, '.pass, .receipt').length).to.equal(2);
    expect(screen(shown)).to.contain('Visa ending 4242');
  });

  it('stands still where no motion is wanted', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    const shown = await states['confirming']!.show();
    const moving = all(shown, '*').filter((element) => getComputedStyle(element).animationName !== 'none');
    expect(moving).to.deep.equal([]);
  });

  it('keeps its borders in forced colours', async () => {
    await emulateMedia({ forcedColors: 'active' });
    const shown = await states['declined']!.show();
    expect(getComputedStyle(all(shown, '.notice')[0]!).borderTopWidth).to.equal('1px');
    expect(getComputedStyle(all(shown, '.button.go')[0]!).borderTopWidth).to.equal('1px');
  });

  it('has a target of 24 px and more for whatever can be pressed', async () => {
    await widen(320);
    for (const name of ['done', 'pay', 'bank', 'seat taken']) {
      const shown = await states[name]!.show();
      const targets = all(shown, 'button, a');
      expect(targets.length, name).to.be.greaterThan(0);
      for (const one of targets)
        expect(one.getBoundingClientRect().height, `${name}: ${one.textContent}`).to.be.at.least(24);
    }
  });
});

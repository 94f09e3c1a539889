import { expect } from 'chai';
import { StripeField } from '../../../widget/payment/stripe.ts';
import { TestClock } from '../panel/fixture.ts';
import { FakeStripe } from './fake-stripe.ts';

describe('Stripe’s field', () => {
  let stripe: FakeStripe;
  let place: HTMLElement;
  const clock = new TestClock();

  beforeEach(() => {
    stripe = FakeStripe.install();
    place = document.createElement('div');
    document.body.append(place);
  });
  afterEach(() => {
    place.remove();
    FakeStripe.remove();
  });

  const newField = () =>
    new StripeField({
      publicKey: 'pk_test_1',
      locale: 'en',
      clock,
      place: () => place,
      clear: () => place.replaceChildren(),
      look: () => ({
        primary: '#1e40af',
        surface: '#fff',
        text: '#111',
        muted: '#555',
        edge: '#ccc',
        danger: '#b00',
        font: 'sans-serif',
        radius: '8px',
      }),
    });

  it('does not come any more when it was given up while the SDK was on its way', async () => {
    const field = newField();
    const showing = field.show(3600, 'EUR');
    field.remove();
    await showing;
    expect(place.childElementCount).to.equal(0);
    await field.show(3600, 'EUR');
    expect(place.childElementCount).to.equal(1);
  });

  it('is for the last sum that was asked for, and is there for both who asked', async () => {
    const field = newField();
    await Promise.all([field.show(3600, 'EUR'), field.show(4200, 'EUR')]);
    expect(stripe.amounts.at(-1)).to.equal(4200);
    expect(stripe.mounted).to.equal(1);
  });

  it('that never said it was there takes no other with it', async () => {
    const field = newField();
    stripe.isReady = false;
    const first = field.show(3600, 'EUR').then(
      () => 'ready',
      () => 'failed',
    );
    while (!stripe.mounted) await Promise.resolve();
    field.remove();
    stripe.isReady = true;
    await field.show(3600, 'EUR');
    await clock.pass(15_000);
    expect(await first).to.equal('failed');
    expect(place.childElementCount, 'the second one').to.equal(1);
  });
});

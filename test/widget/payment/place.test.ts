import { expect } from 'chai';
import { FieldPlace } from '../../../widget/payment/place.ts';
import { clearPage, until } from '../panel/fixture.ts';
import { FakeStripe } from './fake-stripe.ts';
import { says, showPurchase } from './fixture.ts';

describe('the place of the gateway’s field', () => {
  afterEach(() => {
    clearPage();
    FakeStripe.remove();
  });

  it('is one, in the panel’s own light DOM', () => {
    const panel = document.createElement('div');
    document.body.append(panel);
    const place = new FieldPlace(panel);
    const node = place.put();
    expect(place.put() === node && node.parentElement === panel && node.slot === 'payment').to.equal(true);
    place.clear();
    expect(panel.childElementCount).to.equal(0);
    panel.remove();
  });

  it('lies over the panel where that stands in somebody’s shadow root, which gateways refuse', async () => {
    const stripe = FakeStripe.install();
    const shown = await showPurchase({});
    await says(shown, 'Pay €36.00');
    const outer = document.createElement('main');
    outer.attachShadow({ mode: 'open' }).append(shown.panel);
    document.body.append(outer);
    await until(() => stripe.mounted === 2, 'the field anew');
    const boxes = () =>
      [document.querySelector('body > div input')!, shown.root.querySelector('.card-field')!].map((element) =>
        element.getBoundingClientRect(),
      );
    await until(() => boxes()[0]!.width > 0 && boxes()[0]!.top >= boxes()[1]!.top - 1, 'the field over its place');
    const [field, slot] = boxes();
    expect(Math.abs(field!.left - slot!.left)).to.be.lessThan(8);
    expect(slot!.height).to.be.at.least(field!.height);
    shown.panel.remove();
    await until(() => !document.querySelector('body > div input'), 'the end of the field');
    outer.remove();
  });
});

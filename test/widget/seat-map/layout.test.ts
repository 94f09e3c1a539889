import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { SeatMapElement } from '../../../widget/seat-map/seat-map.ts';
import { clearPage, focused, seat, showMap } from './fixture.ts';
import { a320, a380, b777 } from './sample-maps.ts';

const visibleSeats = (map: SeatMapElement): HTMLElement[] =>
  [...map.renderRoot.querySelectorAll<HTMLElement>('[data-seat]')].filter((each) => each.checkVisibility());

describe('dc-seat-map, layout', () => {
  afterEach(async () => {
    clearPage();
    await setViewport({ width: 1280, height: 900 });
    await emulateMedia({ forcedColors: 'none', media: 'screen' });
  });

  for (const width of [320, 360, 390, 768, 1280]) {
    it(`fits ${width} px without sideways scroll, seats whole pixels and at least 24 x 30`, async () => {
      await setViewport({ width, height: 844 });
      for (const map of [a320(), a380(), b777()]) {
        const element = await showMap({ map });
        expect(document.documentElement.scrollWidth).to.be.at.most(width);
        const seats = visibleSeats(element);
        expect(seats.length).to.be.greaterThan(0);
        for (const each of seats) {
          const box = each.getBoundingClientRect();
          expect(box.left, each.dataset.seat).to.be.at.least(0);
          expect(box.right, each.dataset.seat).to.be.at.most(width);
          expect(box.width % 1, `${each.dataset.seat} is ${box.width}`).to.equal(0);
          expect(box.width).to.be.at.least(24);
          expect(box.height).to.be.at.least(30);
        }
      }
    });
  }

  it('shows one deck and the switch when narrow, both with their names when wide', async () => {
    await setViewport({ width: 390, height: 844 });
    const map = await showMap({ map: a380() });
    const buttons = [...map.renderRoot.querySelectorAll<HTMLButtonElement>('.deck-switch button')];
    expect(buttons.map((button) => button.textContent!.trim())).to.deep.equal(['Main deck', 'Upper deck']);
    expect(buttons.map((button) => button.getAttribute('aria-pressed'))).to.deep.equal(['true', 'false']);
    expect([seat(map, '46A').checkVisibility(), seat(map, '81A').checkVisibility()]).to.deep.equal([true, false]);
    buttons[1]!.click();
    await map.updateComplete;
    expect([seat(map, '46A').checkVisibility(), seat(map, '81A').checkVisibility()]).to.deep.equal([false, true]);
    expect(buttons[1]!.getAttribute('aria-pressed')).to.equal('true');

    await setViewport({ width: 1280, height: 900 });
    expect(buttons[0]!.checkVisibility()).to.equal(false);
    const names = [...map.renderRoot.querySelectorAll('.deck-name')].filter((name) => name.checkVisibility());
    expect(names.map((name) => name.textContent)).to.deep.equal(['Main deck', 'Upper deck']);
    expect(seat(map, '46A').getBoundingClientRect().width).to.equal(seat(map, '81A').getBoundingClientRect().width);
  });

  it('opens on the deck where the traveller sits', async () => {
    await setViewport({ width: 390, height: 844 });
    const map = await showMap({ map: a380(), picks: { t2: '81A' } });
    expect(seat(map, '81A').checkVisibility()).to.equal(true);
  });

  it('opens on a deck that has seats to be had', async () => {
    await setViewport({ width: 390, height: 844 });
    const full = a380();
    for (const row of full.decks[0]!.cabins[0]!.rows)
      row.seats = row.seats.map((each) => each && { ...each, no: 'taken' });
    const map = await showMap({ map: full });
    expect(seat(map, '81A').checkVisibility()).to.equal(true);
  });

  it('stands a row with extra legroom further back', async () => {
    const map = await showMap();
    const top = (designator: string) => seat(map, designator).getBoundingClientRect().top;
    expect(top('12A') - top('11A')).to.equal(top('11A') - top('10A') + 9);
  });

  it('never mirrors the aircraft', async () => {
    document.documentElement.dir = 'rtl';
    const map = await showMap();
    expect(seat(map, '4A').getBoundingClientRect().left).to.be.below(seat(map, '4F').getBoundingClientRect().left);
    document.documentElement.removeAttribute('dir');
  });

  it('hides no focused seat under the letters above or the dock below', async () => {
    await setViewport({ width: 390, height: 600 });
    const map = await showMap();
    map.style.setProperty('--dc-dock', '120px');
    map.focusSeat('1A');
    for (let i = 0; i < 29; i++) {
      await sendKeys({ press: 'ArrowDown' });
      expect(seat(map, focused(map)!).getBoundingClientRect().bottom).to.be.at.most(600 - 120);
    }
    for (let i = 0; i < 29; i++) {
      await sendKeys({ press: 'ArrowUp' });
      expect(seat(map, focused(map)!).getBoundingClientRect().top).to.be.at.least(24);
    }
  });

  it('says every state without colour where colours are forced', async () => {
    await emulateMedia({ forcedColors: 'active' });
    const map = await showMap({ picks: { t1: '4C', t2: '4B' } });
    const style = (designator: string) => getComputedStyle(seat(map, designator));
    expect(style('4B').forcedColorAdjust).to.equal('none');
    expect(style('4B').backgroundColor).not.to.equal(style('4A').backgroundColor);
    expect(style('4C').borderTopStyle).to.equal('double');
    expect(style('5D').borderTopStyle).to.equal('dashed');
    expect(style('12A').borderTopWidth).to.equal('4px');
    expect(seat(map, '2A').textContent).to.equal('×');
  });
});

import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { gridOf } from '../../../widget/seat-map/grid.ts';
import { nextDesignator } from '../../../widget/seat-map/keyboard.ts';
import { clearPage, focused, showMap } from './fixture.ts';
import { a320, a380 } from './sample-maps.ts';

describe('nextDesignator', () => {
  const walk = gridOf(a380()).decks[0]!.walk;
  const upper = gridOf(a380()).decks[1]!.walk;
  const go = (from: string, key: string, ctrl = false) => nextDesignator(walk, from, key, ctrl);

  it('goes along the row and across aisles, and stays at the wall', () => {
    expect(go('46C', 'ArrowRight')).to.equal('46D');
    expect(go('46D', 'ArrowLeft')).to.equal('46C');
    expect(go('46K', 'ArrowRight')).to.equal('46K');
    expect(go('46A', 'ArrowLeft')).to.equal('46A');
  });

  it('goes to the same column of the next row, also across a galley', () => {
    expect(go('46J', 'ArrowDown')).to.equal('47J');
    expect(go('51E', 'ArrowDown')).to.equal('52E');
    expect(go('52E', 'ArrowUp')).to.equal('51E');
    expect(go('41C', 'ArrowUp')).to.equal('41C');
  });

  it('goes to the nearest column where the row lacks it', () => {
    expect(go('42A', 'ArrowUp')).to.equal('41B');
    expect(go('67A', 'ArrowDown')).to.equal('68C');
    expect(go('67K', 'ArrowDown')).to.equal('68H');
  });

  it('visits seats that cannot be had', () => {
    expect(go('46C', 'ArrowRight')).to.equal('46D');
    expect(gridOf(a380()).seats.get('46D')!.seat.no).to.equal('taken');
  });

  it('knows Home, End, the whole deck and pages of five rows', () => {
    expect(go('46F', 'Home')).to.equal('46A');
    expect(go('46F', 'End')).to.equal('46K');
    expect(go('46F', 'Home', true)).to.equal('41B');
    expect(go('46F', 'End', true)).to.equal('68H');
    expect(go('46F', 'PageDown')).to.equal('51F');
    expect(go('46F', 'PageUp')).to.equal('41F');
    expect(go('66F', 'PageDown')).to.equal('68F');
    expect(go('42F', 'PageUp')).to.equal('41F');
  });

  it('finds the nearest column between cabins of other widths, and skips a folded one', () => {
    expect(nextDesignator(upper, '80A', 'ArrowUp', false)).to.equal('80A');
    const map = a380();
    const [business, economy] = map.decks[1]!.cabins;
    const open = gridOf({ ...map, decks: [{ level: 'main', cabins: [{ ...business!, fold: undefined! }, economy!] }] });
    const next = (from: string, key: string) => nextDesignator(open.decks[0]!.walk, from, key, false);
    expect(next('80K', 'ArrowUp')).to.equal('17K');
    expect(next('80D', 'ArrowUp')).to.equal('17D');
    expect(next('17A', 'ArrowDown')).to.equal('80A');
    expect(next('17G', 'ArrowDown')).to.equal('80F');
  });

  it('leaves every other key and seat alone', () => {
    expect(go('46F', 'Tab')).to.equal(null);
    expect(go('46F', 'a')).to.equal(null);
    expect(go('46F', 'ArrowDown', true)).to.equal(null);
    expect(go('99Z', 'ArrowDown')).to.equal(null);
  });
});

describe('dc-seat-map, by keyboard', () => {
  afterEach(clearPage);

  const press = async (...keys: string[]) => {
    for (const key of keys) await sendKeys({ press: key });
  };

  it('is reached with Tab on one seat and left with the next Tab', async () => {
    const before = document.createElement('button');
    const after = document.createElement('button');
    document.body.append(before);
    const map = await showMap({ picks: { t2: '4B' } });
    document.body.append(after);
    before.focus();
    await press('Tab');
    expect(focused(map)).to.equal('4B');
    await press('Tab');
    expect(document.activeElement).to.equal(after);
    await press('Shift+Tab');
    expect(focused(map)).to.equal('4B');
    before.remove();
    after.remove();
  });

  it('walks the cabin', async () => {
    const map = await showMap({ map: a320() });
    map.focusSeat('4C');
    await press('ArrowRight');
    expect(focused(map)).to.equal('4D');
    await press('ArrowDown', 'ArrowDown');
    expect(focused(map)).to.equal('6D');
    await press('End');
    expect(focused(map)).to.equal('6F');
    await press('PageDown');
    expect(focused(map)).to.equal('11F');
    await press('Control+Home');
    expect(focused(map)).to.equal('1A');
    await press('Control+End');
    expect(focused(map)).to.equal('30F');
  });

  it('comes back to the seat it was left at', async () => {
    const map = await showMap();
    map.focusSeat('6B');
    await press('ArrowDown');
    (document.activeElement as HTMLElement).blur();
    expect(map.focusSeat()).to.equal(true);
    expect(focused(map)).to.equal('7B');
  });
});

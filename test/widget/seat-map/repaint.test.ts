import { expect } from 'chai';
import type { SeatMapElement } from '../../../widget/seat-map/seat-map.ts';
import { clearPage, nameOf, seat, showMap } from './fixture.ts';
import { a320, a380 } from './sample-maps.ts';

/** What a change touches: designators of seats, and other elements by class. */
async function touched(map: SeatMapElement, change: () => void): Promise<string[]> {
  const records: MutationRecord[] = [];
  const observer = new MutationObserver((more) => void records.push(...more));
  observer.observe(map.renderRoot, { subtree: true, childList: true, characterData: true, attributes: true });
  change();
  await map.updateComplete;
  records.push(...observer.takeRecords());
  const targets = records.map(({ target }) => {
    const element = target instanceof Element ? target : target.parentElement!;
    return element.closest('[data-seat]')?.getAttribute('data-seat') ?? element.className;
  });
  observer.disconnect();
  return [...new Set(targets)].sort();
}

describe('dc-seat-map, once drawn', () => {
  afterEach(clearPage);

  it('touches the seat that is chosen and the one that is left, nothing else', async () => {
    const map = await showMap();
    expect(await touched(map, () => (map.picks = { t2: '4B' }))).to.deep.equal(['4B']);
    expect(await touched(map, () => (map.picks = { t2: '6B' }))).to.deep.equal(['4B', '6B']);
    expect(await touched(map, () => (map.picks = {}))).to.deep.equal(['6B']);
    expect(seat(map, '6B').textContent).to.equal('€12');
  });

  it('touches nothing when the same is handed in again', async () => {
    const map = await showMap({ picks: { t2: '4B' } });
    expect(await touched(map, () => (map.picks = { t2: '4B' }))).to.deep.equal([]);
    expect(await touched(map, () => (map.map = a320()))).to.deep.equal([]);
  });

  it('touches both travellers’ seats when the other one chooses', async () => {
    const map = await showMap({ picks: { t1: '4C', t2: '4B' } });
    expect(await touched(map, () => (map.current = 't1'))).to.deep.equal(['4B', '4C']);
  });

  it('touches only what a fresh reading of the same flight changed', async () => {
    const map = await showMap();
    const fresh = a320();
    fresh.decks[0]!.cabins[0]!.rows[5]!.seats[1] = { c: ['9'], no: 'taken' };
    expect(await touched(map, () => (map.map = fresh))).to.deep.equal(['6B']);
    expect(nameOf(map, '6B')).to.equal('6B, middle, taken');
  });

  it('goes on with the fresh reading: the next choice is priced from it', async () => {
    const map = await showMap({ picks: { t2: '6B' } });
    const fresh = a320();
    fresh.decks[0]!.cabins[0]!.rows[5]!.seats[1] = { c: ['9'], p: 1800 };
    map.map = fresh;
    await map.updateComplete;
    map.picks = {};
    await map.updateComplete;
    expect(nameOf(map, '6B')).to.equal('6B, middle, €18, available');
  });

  it('writes amounts smaller when a fresh reading has longer ones', async () => {
    const map = await showMap({ map: a380() });
    const size = () => getComputedStyle(seat(map, '42F')).letterSpacing;
    expect(size()).to.equal('normal');
    const fresh = a380();
    fresh.decks[0]!.cabins[0]!.rows[1]!.seats[5] = { c: ['9'], p: 123400 };
    map.map = fresh;
    await map.updateComplete;
    expect(seat(map, '42F').textContent).to.equal('1234');
    expect(size()).not.to.equal('normal');
  });

  it('draws another flight, another aircraft or other words anew', async () => {
    const map = await showMap();
    const before = seat(map, '6B');
    map.map = { ...a320(), segment: 's2' };
    await map.updateComplete;
    expect(seat(map, '6B')).not.to.equal(before);
    map.map = a380();
    await map.updateComplete;
    expect(map.seatElement('6B')).to.equal(null);
    expect(map.renderRoot.querySelectorAll('[role=grid]')).to.have.length(2);
    map.label = 'Sitze';
    await map.updateComplete;
    expect(map.renderRoot.querySelector('[role=grid]')!.getAttribute('aria-label')).to.equal('Sitze, Main deck');
  });
});

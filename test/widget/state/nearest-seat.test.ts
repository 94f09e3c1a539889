import { expect } from 'chai';
import { a320, seatIn } from '../../support/panel-samples.ts';
import { nearestSeat, type Wanted } from '../../../widget/state/nearest-seat.ts';

const wanted = (designator: string, price: number, changes: Partial<Wanted> = {}): Wanted => ({
  designator,
  price,
  traveller: 0,
  hasAssent: false,
  taken: new Set(),
  ...changes,
});

describe('the seat most like one that is gone', () => {
  it('stands near, is of the same kind and costs the same', () => {
    const map = a320();
    expect(nearestSeat(map, wanted('4A', 1800))?.designator).to.equal('4F');
    expect(nearestSeat(map, wanted('4B', 1800))?.designator).to.equal('4E');
  });

  it('is nobody else’s: not a fellow traveller’s, nor one that somebody is choosing', () => {
    const map = a320();
    seatIn(map, '4E', { p: 1800, chosen: true });
    const next = nearestSeat(map, wanted('4B', 1800, { taken: new Set(['4A', '4C']) }));
    expect(next?.designator).not.to.be.oneOf(['4A', '4C', '4E', '4B']);
    expect(next?.seat.p).to.equal(1800);
  });

  it('has extra legroom where the one before had it, and asks no assent that was not given', () => {
    const map = a320();
    for (const designator of ['14B', '14E']) seatIn(map, designator, { no: 'taken' });
    expect(nearestSeat(map, wanted('12B', 3200, { hasAssent: true }))?.designator).to.equal('12A');
    const without = nearestSeat(map, wanted('12B', 3200));
    expect(without?.row.exit ?? false).to.equal(false);
  });

  it('is for this traveller, at this traveller’s price', () => {
    const map = a320();
    seatIn(map, '4E', { p: [null, 1800], no: ['exit_row_infant', 0] });
    expect(nearestSeat(map, wanted('4B', 1800))?.designator).not.to.equal('4E');
    expect(nearestSeat(map, wanted('4B', 1800, { traveller: 1 }))?.designator).to.equal('4E');
  });

  it('is none where nothing costs the same, or the map does not know the seat', () => {
    expect(nearestSeat(a320(), wanted('4A', 1))).to.equal(null);
    expect(nearestSeat(a320(), wanted('99Z', 1800))).to.equal(null);
    expect(nearestSeat(undefined, wanted('4A', 1800))).to.equal(null);
  });
});

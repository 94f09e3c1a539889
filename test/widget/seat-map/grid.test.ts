import { expect } from 'chai';
import type { Cabin, MapAnswer } from '../../../server/wire/panel.ts';
import { gridOf, offerOf, ownersOf, shapeOf } from '../../../widget/seat-map/grid.ts';
import { a320, a380, b777, travellers } from './sample-maps.ts';

const cabinsOf = (...cabins: Cabin[]): MapAnswer => ({ ...a320(), decks: [{ level: 'main', cabins }] });

describe('gridOf', () => {
  it('reads decks, widths, aisles and seats', () => {
    const { decks, seats, most } = gridOf(a380());
    expect(decks.map(({ level, abreast, aisles }) => [level, abreast, aisles])).to.deep.equal([
      ['main', 10, 2],
      ['upper', 8, 2],
    ]);
    expect(most).to.equal(10);
    expect(seats.size).to.equal(410);
    expect(seats.get('46E')).to.include({ level: 'main', exit: false, roomy: false });
  });

  it('has the main deck first, whatever the answer’s order', () => {
    const map = a380();
    map.decks.reverse();
    expect(gridOf(map).decks.map(({ level }) => level)).to.deep.equal(['main', 'upper']);
  });

  it('keeps gaps and aisles in their places', () => {
    const [first] = gridOf(a380()).decks[0]!.cabins[0]!.rows;
    const slots = first!.slots.map((slot) => (typeof slot === 'string' ? slot : slot.designator));
    expect(slots).to.deep.equal([
      'none',
      '41B',
      '41C',
      'aisle',
      '41D',
      '41E',
      '41F',
      '41G',
      'aisle',
      '41H',
      '41J',
      'none',
    ]);
    expect(first).to.include({ n: 41, exit: true, far: true, wing: false });
  });

  it('has a folded cabin’s name and rows and none of its seats', () => {
    const grid = gridOf(b777());
    const [business, economy] = grid.decks[0]!.cabins;
    expect(economy).to.deep.include({ folded: true, firstRow: 20, lastRow: 44, rows: [] });
    expect(business).to.include({ folded: false, roomy: true, narrower: true });
    expect(grid.seats.has('20A')).to.equal(false);
    // but the hull is as wide as it is
    expect(grid.decks[0]!.abreast).to.equal(10);
  });

  it('puts facilities left, centre and right, a centre beside one aisle only where there is one', () => {
    const rows = gridOf(a320()).decks[0]!.cabins[0]!.rows;
    expect(rows[0]!.before).to.deep.equal([['lavatory'], ['galley']]);
    expect(rows.at(-1)!.after).to.deep.equal([['lavatory'], ['lavatory'], ['galley']]);
    expect(rows[3]!.before).to.deep.equal([]);
    const alone = cabinsOf({
      cabin: 'economy',
      columns: 'A CD F',
      rows: [{ n: 1, seats: [0, 0, 0, 0], facilities: [{ code: 'stairs', at: 'right', before: true }] }],
    });
    expect(gridOf(alone).decks[0]!.cabins[0]!.rows[0]!.before).to.deep.equal([[], [], ['stairs']]);
  });

  it('gives a deck one pair of wings, where most wing rows are', () => {
    const row = (n: number) => ({ n, seats: [{ p: 0 }] });
    const cabin = (rows: number[], wing?: [number, number]): Cabin => ({
      cabin: 'economy',
      columns: 'A',
      rows: rows.map(row),
      ...(wing && { wing }),
    });
    const { cabins } = gridOf(cabinsOf(cabin([1, 2], [2, 2]), cabin([3, 4, 5], [3, 4]), cabin([6]))).decks[0]!;
    expect(cabins.map(({ winged }) => winged)).to.deep.equal([false, true, false]);
    expect(cabins[1]!.rows.map(({ wing }) => wing)).to.deep.equal([true, true, false]);
  });

  it('bears a map without decks, cabins or rows', () => {
    expect(gridOf({ ...a320(), decks: [] }).decks).to.deep.equal([]);
    expect(gridOf(cabinsOf()).decks[0]!.walk).to.deep.equal([]);
    expect(gridOf(cabinsOf({ cabin: 'economy', columns: 'AB', rows: [] })).seats.size).to.equal(0);
  });
});

describe('offerOf', () => {
  it('reads prices and reasons for all and for each', () => {
    expect(offerOf({ p: 900 }, 1)).to.deep.equal({ price: 900 });
    expect(offerOf({ p: [900, 0] }, 1)).to.deep.equal({ price: 0 });
    expect(offerOf({ p: [900, null] }, 1)).to.deep.equal({ why: 'unpriced' });
    expect(offerOf({ no: 'taken' }, 1)).to.deep.equal({ why: 'taken' });
    expect(offerOf({ p: 900, no: ['exit_row_infant', 0] }, 0)).to.deep.equal({ why: 'exit_row_infant' });
    expect(offerOf({ p: 900, no: ['exit_row_infant', 0] }, 1)).to.deep.equal({ price: 900 });
    expect(offerOf({ p: 900, chosen: true }, 0)).to.deep.equal({ why: 'chosen' });
    expect(offerOf({}, 0)).to.deep.equal({ why: 'unpriced' });
  });
});

describe('ownersOf', () => {
  const held = { t1: { designator: '4C', paid: true, changeable: false } };

  it('has picks before held seats, and each traveller once', () => {
    expect(
      [...ownersOf(travellers, { t2: '4B' }, held)].map(([seat, { traveller }]) => [seat, traveller.id]),
    ).to.deep.equal([
      ['4C', 't1'],
      ['4B', 't2'],
    ]);
    expect([...ownersOf(travellers, { t1: '6A' }, held).keys()]).to.deep.equal(['6A']);
  });
});

describe('shapeOf', () => {
  it('is the same for the same aircraft with other seats sold', () => {
    const sold = a320();
    for (const row of sold.decks[0]!.cabins[0]!.rows)
      row.seats = row.seats.map((seat) => seat && { ...seat, no: 'taken' });
    expect(shapeOf(sold)).to.equal(shapeOf(a320()));
    expect(shapeOf(a380())).not.to.equal(shapeOf(a320()));
    sold.decks[0]!.cabins[0]!.rows[4]!.seats[0] = 0;
    expect(shapeOf(sold)).not.to.equal(shapeOf(a320()));
  });
});

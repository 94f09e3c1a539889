import { expect } from 'chai';
import type { MapAnswer, Seat } from '../../../server/wire/panel.ts';
import { amountText, minorDigits, rangeText } from '../../../widget/seat-map/amounts.ts';
import { legendOf, priceScale } from '../../../widget/seat-map/price-scale.ts';
import { seatWordsEn as words } from '../../../widget/seat-map/words.ts';
import { a320, a380, b777 } from './sample-maps.ts';

const EUR = { currency: 'EUR', locale: 'en-IE', words };

/** One row with these seats in a cabin of these columns. */
const mapOf = (seats: Seat[], columns = 'ABC DEF'): MapAnswer => ({
  ...a320(),
  decks: [{ level: 'main', cabins: [{ cabin: 'economy', columns, rows: [{ n: 1, seats }] }] }],
});
const priced = (...prices: number[]): MapAnswer => mapOf(prices.map((p) => ({ p })));
const texts = (map: MapAnswer, options = EUR) => legendOf(map, options).map(({ band, text }) => `${band} ${text}`);

describe('amounts', () => {
  it('have the currency’s own digits', () => {
    expect(amountText(1800, 'EUR', 'en-IE')).to.equal('€18.00');
    expect(amountText(1800, 'JPY', 'en-IE')).to.equal('JP¥1,800');
    expect(amountText(1800, 'KWD', 'en-IE').replace(/\s/, ' ')).to.equal('KWD 1.800');
    // browsers would give the Iraqi dinar no digits at all
    expect(amountText(18000, 'IQD', 'en-IE').replace(/\s/, ' ')).to.equal('IQD 18.000');
    expect([minorDigits('EUR'), minorDigits('JPY'), minorDigits('KWD'), minorDigits('CLF')]).to.deep.equal([
      2, 0, 3, 4,
    ]);
  });

  it('lose a fraction of nothing where there is little room, and nothing else', () => {
    expect(amountText(1800, 'EUR', 'en-IE', true)).to.equal('€18');
    expect(amountText(1850, 'EUR', 'en-IE', true)).to.equal('€18.50');
  });

  it('write a range with the symbol once, where the language has it', () => {
    expect(rangeText(900, 1200, 'EUR', 'en-IE')).to.equal('€9–12');
    expect(rangeText(900, 1250, 'EUR', 'de-DE').replace(/\s/, ' ')).to.equal('9–12,50 €');
  });

  it('keep western digits, as the seats have', () => {
    expect(amountText(1800, 'AED', 'ar-EG', true)).to.contain('18');
  });
});

describe('legendOf', () => {
  it('has free first, at most three bands of close amounts, extra legroom last', () => {
    expect(texts(a320())).to.deep.equal(['b0 Free', 'b1 €9–12', 'b2 €18', 'bL €32']);
    expect(texts(a380())).to.deep.equal(['b0 Free', 'b1 €24', 'b2 €36', 'bL €78']);
    expect(texts(priced(1000, 1100, 2000, 2100, 5000, 8000))).to.deep.equal(['b1 €10–11', 'b2 €20–21', 'b3 €50–80']);
    expect(texts(priced(0))).to.deep.equal(['b0 Free']);
    expect(texts(priced())).to.deep.equal([]);
  });

  it('leaves out folded cabins and holds every traveller’s price', () => {
    expect(texts(b777())).to.deep.equal(['b0 Free', 'b1 €65']);
    expect(texts(mapOf([{ p: [1000, null] }, { p: [3000, 0] }]))).to.deep.equal(['b0 Free', 'b1 €10', 'b2 €30']);
  });

  it('agrees with what the seats show', () => {
    const map = priced(1000, 1100, 2000, 2100, 4000, 8000);
    const scale = priceScale(map, EUR);
    for (const { band, low, high } of legendOf(map, EUR)) {
      expect([scale.band(low, false), scale.band(high, false)]).to.deep.equal([band, band]);
    }
    expect(scale.band(0, true)).to.equal('b0');
  });

  it('gives letters where amounts are too long to be drawn', () => {
    const map = mapOf([{ p: 0 }, { p: 45000 }, { p: 90000 }, { p: 120000, c: ['L'] }]);
    const options = { currency: 'KRW', locale: 'en', words };
    const legend = legendOf(map, options).map(({ letter, text }) => `${letter ?? '-'} ${text}`);
    expect(legend).to.deep.equal(['- Free', 'A ₩45,000', 'B ₩90,000', 'C ₩120,000']);
    const scale = priceScale(map, options);
    expect(scale.drawn(90000, false, false)).to.equal('B');
    expect(scale.drawn(120000, true, true)).to.equal('C');
    expect(scale.spoken(90000, false, false)).to.equal('B, ₩90000');
  });
});

describe('what stands on a seat', () => {
  const onSeat = (map: MapAnswer, price: number, options = EUR, roomy = false) =>
    priceScale(map, options).drawn(price, false, roomy);
  const wide = (...prices: number[]) =>
    mapOf(
      prices.map((p) => ({ p })),
      'ABC DEFG HJK',
    );

  it('is the amount with its symbol while that is short', () => {
    expect(onSeat(priced(1800, 900), 1800)).to.equal('€18');
    expect(onSeat(priced(1800, 12000), 1800)).to.equal('18');
    expect(onSeat(priced(1800, 12000), 12000)).to.equal('120');
    expect(onSeat(priced(1250), 1250)).to.equal('12.50');
    expect(onSeat(priced(1250), 1250, EUR, true)).to.equal('€12.50');
  });

  it('is the number alone from nine abreast on, unless the seat is roomy', () => {
    expect(onSeat(wide(2400), 2400)).to.equal('24');
    expect(onSeat(wide(2400), 2400, EUR, true)).to.equal('€24');
    expect(onSeat(wide(1250), 1250)).to.equal('A');
  });

  it('is Free, or 0 from seven abreast on', () => {
    expect(onSeat(priced(0), 0)).to.equal('Free');
    expect(onSeat(wide(0), 0)).to.equal('0');
    expect(onSeat(wide(0), 0, EUR, true)).to.equal('Free');
    expect(onSeat(priced(0), 0, { ...EUR, words: { ...words, free: 'Kostenlos' } })).to.equal('0');
  });

  it('is part of what is spoken', () => {
    expect(priceScale(priced(1800, 12000), EUR).spoken(12000, false, false)).to.equal('€120');
    expect(priceScale(wide(0), EUR).spoken(0, false, false)).to.equal('free, €0');
    const yen = { currency: 'JPY', locale: 'ja', words };
    expect(onSeat(priced(1500), 1500, yen)).to.equal('1500');
    expect(priceScale(priced(1500), yen).spoken(1500, false, false)).to.contain('1500');
  });
});

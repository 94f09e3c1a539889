import { describe, expect, it } from 'vitest';
import type { Segment, Traveller } from '../../../server/domain/booking.ts';
import { lapHolders, needsAssent, reasonAgainst, type SeatPlace } from '../../../server/domain/eligibility.ts';
import type { SeatOffer } from '../../../server/domain/seat-map.ts';

const traveller = (type: Traveller['type']): Traveller => ({
  id: '1',
  ref: null,
  type,
  givenName: 'A',
  surname: 'B',
  seatable: true,
});
const segment = { id: 's1', cabin: 'economy' } as Segment;
const free: SeatOffer = { availability: 'available', rawStatus: 'AVAILABLE', price: { kind: 'free' } };
const place = (
  codes: string[],
  offer: SeatOffer | null = free,
  more: { exit?: boolean; cabin?: SeatPlace['cabin']['cabin'] } = {},
): SeatPlace => ({
  seat: {
    row: 12,
    column: 'A',
    designator: '12A',
    characteristics: codes,
    position: 'window',
    offers: offer ? { '1': offer } : {},
  },
  row: { exit: more.exit ?? false },
  cabin: { cabin: more.cabin ?? 'economy' },
});
const why = (where: SeatPlace, type: Traveller['type'] = 'adult', withInfant = false) =>
  reasonAgainst(where, traveller(type), segment, withInfant);

describe('who may sit where', () => {
  it('lets an adult have a free seat, hints or not', () => {
    expect(why(place(['W', '1', 'V']))).toBeNull();
  });

  it('says taken, blocked, not for you and unpriced as the GDS does', () => {
    expect(why(place([], { ...free, availability: 'occupied' }))).toBe('taken');
    expect(why(place([], { ...free, availability: 'blocked' }))).toBe('blocked');
    expect(why(place([], { ...free, availability: 'not_eligible' }))).toBe('not_for_you');
    expect(why(place([], { ...free, availability: 'no_data' }))).toBe('not_for_you');
    expect(why(place([], null))).toBe('not_for_you');
    expect(why(place([], { ...free, price: { kind: 'unpriced' } }))).toBe('unpriced');
  });

  it('keeps exit rows from children and from adults with an infant, whether seat or row says so', () => {
    expect(why(place(['E']), 'child')).toBe('exit_row_child');
    expect(why(place([], free, { exit: true }), 'infant_seat')).toBe('exit_row_child');
    expect(why(place(['E']), 'adult', true)).toBe('exit_row_infant');
    expect(why(place(['E']))).toBeNull();
    expect(needsAssent(place(['E']))).toBe(true);
    expect(needsAssent(place([], free, { exit: true }))).toBe(true);
    expect(needsAssent(place(['W']))).toBe(false);
  });

  it('keeps infants from 1A and children from IE', () => {
    expect(why(place(['1A']), 'adult', true)).toBe('no_infant');
    expect(why(place(['1A']))).toBeNull();
    expect(why(place(['IE']), 'child')).toBe('not_for_you');
  });

  it('keeps seats given on request from those who did not ask', () => {
    for (const code of ['H', 'DE', 'C']) expect(why(place([code]))).toBe('not_for_you');
    expect(why(place(['B']))).toBe('not_for_you');
    expect(why(place(['B']), 'adult', true)).toBeNull();
  });

  it('sells only the booked cabin, and holds an unknown one against nobody', () => {
    expect(why(place([], free, { cabin: 'business' }))).toBe('not_in_fare');
    expect(why(place([], free, { cabin: 'unknown' }))).toBeNull();
  });

  it('finds who carries an infant', () => {
    const infant = { ...traveller('infant_lap'), id: '3', associatedAdultId: '1', seatable: false };
    expect(lapHolders([traveller('adult'), infant])).toEqual(new Set(['1']));
  });
});

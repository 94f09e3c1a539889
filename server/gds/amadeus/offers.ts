import { parseAmount, type Money } from '../../domain/money.ts';
import type { SeatOffer, SeatPrice } from '../../domain/seat-map.ts';
import type { Notes } from './notes.ts';
import type { PriceEntry, SeatEntry } from './reply.ts';

/**
 * What a seat is to each traveller. A price counts only where the seat is available: replies name prices of occupied and
 * blocked seats, too. Blocked for one and available for another means that the one may not have it.
 */
export function offersOf(
  seat: SeatEntry,
  designator: string,
  codes: readonly string[],
  notes: Notes,
): Record<string, SeatOffer> {
  const offers: Record<string, SeatOffer> = {};
  for (const [index, { travelerId, seatAvailabilityStatus, price }] of (seat.travelerPricing ?? []).entries()) {
    // Older replies name no traveller: they list them in the booking's order.
    const traveller = travelerId ?? String(index + 1);
    if (Object.hasOwn(offers, traveller)) {
      notes.add('a traveller is listed twice at a seat; the first entry counts', designator);
      continue;
    }
    const rawStatus = seatAvailabilityStatus ?? '';
    const availability = AVAILABILITY.get(rawStatus) ?? 'no_data';
    if (availability === 'no_data' && rawStatus)
      notes.add(`an availability that is not known: ${rawStatus.slice(0, 40)}`, designator);
    const chargeable = codes.includes('CH');
    offers[traveller] = {
      availability,
      rawStatus,
      price:
        availability === 'available' ? priceOf(price ?? null, chargeable, designator, notes) : { kind: 'unpriced' },
    };
  }
  const all = Object.values(offers);
  if (all.some(({ availability }) => availability === 'available')) {
    for (const offer of all) if (offer.availability === 'blocked') offer.availability = 'not_eligible';
  }
  return offers;
}

/** No price is free, unless the seat is marked as chargeable; so is a price of 0. */
function priceOf(price: PriceEntry | null, chargeable: boolean, designator: string, notes: Notes): SeatPrice {
  if (!price) return { kind: chargeable ? 'unpriced' : 'free' };
  const currency = price.currency?.trim().toUpperCase() ?? '';
  const money = (text: string | null | undefined): Money | null => {
    const amountMinor = text && /^[A-Z]{3}$/.test(currency) ? parseAmount(text, currency) : null;
    return amountMinor === null ? null : { amountMinor, currency };
  };
  const total = money(price.total);
  if (!total) {
    notes.add('a price that is no exact amount of a currency; the seat is not for sale', designator);
    return { kind: 'unpriced' };
  }
  if (total.amountMinor === 0) return { kind: 'free' };
  const base = money(price.base);
  const parts = price.taxes?.map(({ amount }) => money(amount));
  const known = parts?.length && parts.every((part) => part !== null) ? parts : null;
  const taxes = known && { amountMinor: known.reduce((sum, part) => sum + part.amountMinor, 0), currency };
  return { kind: 'paid', total, ...(base && { base }), ...(taxes && { taxes }) };
}

const AVAILABILITY: ReadonlyMap<string, SeatOffer['availability']> = new Map([
  ['AVAILABLE', 'available'],
  ['OCCUPIED', 'occupied'],
  ['BLOCKED', 'blocked'],
]);

import { isRecord } from './reply.ts';

/**
 * What a JSON value of Amadeus's seems to be when it is no seat map, in words for the person who offered it as one.
 * @returns null when it is nothing that Amadeus sends or hears, as far as we know
 */
export function seemsToBe(value: unknown): string | null {
  if (Array.isArray(value))
    return value.some((one) => isRecord(one) && seemsToBeError(one.body)) ? 'a list of Amadeus errors' : ofData(value);
  if (!isRecord(value)) return null;
  if ('access_token' in value || value.type === 'amadeusOAuth2Token')
    return 'an Amadeus token reply; it holds a secret, so delete the file';
  const error = seemsToBeError(value);
  if (error) return error;
  return ofData(value.data) ?? ofData(value);
}

/** Whether a value has what only a seat map of Amadeus's has. Our own seat map has decks as well, and says where it comes from. */
export const isSeatMap = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && (value.type === 'seatmap' || ('decks' in value && !('source' in value)));

function ofData(data: unknown): string | null {
  const [one] = Array.isArray(data) ? (data as unknown[]) : [data];
  if (!isRecord(one)) return null;
  if (one.type === 'flight-order') return 'an Amadeus flight order';
  if (one.type === 'flight-offers-pricing') return 'an Amadeus flight offer price call or its reply';
  if (one.type === 'flight-offer') return 'Amadeus flight offers, as in the request of a seat map';
  return null;
}

function seemsToBeError(value: unknown): string | null {
  if (!isRecord(value)) return null;
  if ('error_description' in value) return 'an Amadeus token error';
  if (!Array.isArray(value.errors)) return null;
  const [first] = value.errors as unknown[];
  const code = isRecord(first) && /^\d{1,6}$/.test(String(first.code)) ? ` (code ${String(first.code)})` : '';
  return `an Amadeus error reply${code}`;
}

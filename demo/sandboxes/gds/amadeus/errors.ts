import type { Answer } from '../../answer.ts';
import { CHANGE_REFUSALS } from './assumptions.ts';

export const AMADEUS_TYPE = 'application/vnd.amadeus+json';

type Source = { pointer: string } | { parameter: string } | { example: string };

/** The vendor's error shape: `{ errors: [{ status, code, title, detail, source? }] }`. */
export function refuse(status: number, code: number, title: string, detail: string, source?: Source): Answer {
  const error = source ? { status, code, title, detail, source } : { status, code, title, detail };
  return { status, type: AMADEUS_TYPE, body: { errors: [error] } };
}

export function reply(body: object): Answer {
  return { status: 200, type: AMADEUS_TYPE, body };
}

/** The sign-in service has a shape of its own. */
export function refuseToken(status: number, error: string, description: string): Answer {
  const body = { error, error_description: description, code: 38187, title: 'Invalid parameters' };
  return { status, type: 'application/json', body };
}

export const invalidFormat = (detail: string, source?: Source) => refuse(400, 477, 'INVALID FORMAT', detail, source);
export const missing = (detail: string, source?: Source) =>
  refuse(400, 32171, 'MANDATORY DATA MISSING', detail, source);
export const invalidData = (detail: string, source?: Source) =>
  refuse(400, 4926, 'INVALID DATA RECEIVED', detail, source);

export const notFound = () => refuse(404, 38196, 'Resource not found', "The targeted resource doesn't exist");

export const forbidden = () => refuse(403, 38197, 'Forbidden', 'Access forbidden');

export const tooMany = () =>
  refuse(429, 38194, 'Too many requests', 'The network rate limit is exceeded, please try again later');

export const notOperating = () =>
  refuse(400, 4481, 'FLIGHT DOES NOT OPERATE ON DATE REQUESTED', 'No segment of this order is left to fly');

export const seatTaken = (detail: string, source?: Source) =>
  refuse(400, CHANGE_REFUSALS.taken, 'BOOKING FAILED', detail, source);

export const notAvailable = (detail: string, source?: Source) =>
  refuse(400, CHANGE_REFUSALS.not_for_you, 'ONE OR MORE SERVICES ARE NOT AVAILABLE', detail, source);

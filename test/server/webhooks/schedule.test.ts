import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAttempt, MOST_ATTEMPTS, readRetryAfter, type AttemptEnd } from '../../../server/webhooks/schedule.ts';

const failed = (more: Partial<AttemptEnd> = {}): AttemptEnd => ({
  no: 1,
  status: 500,
  fault: null,
  retryAfterMs: null,
  endedAt: 0,
  ...more,
});

describe('the schedule of a delivery', () => {
  it('is the published one: ten attempts, the last 75:35:05 after the first', () => {
    const times: number[] = [];
    let now = 0;
    for (let no = 1; ; no++) {
      times.push(now / 1000);
      const next = afterAttempt(failed({ no, endedAt: now }), 0);
      if (next.state !== 'waiting') {
        expect(next).toEqual({ state: 'given_up', dueAt: now });
        break;
      }
      now = next.dueAt;
    }
    expect(times).toEqual([0, 5, 305, 2105, 9305, 27_305, 63_305, 113_705, 185_705, 272_105]);
    expect(MOST_ATTEMPTS).toBe(10);
  });

  it.each([200, 201, 202, 204, 299])('ends with %i', (status) => {
    expect(afterAttempt(failed({ status, no: 10, endedAt: 7 }), 0)).toEqual({ state: 'delivered', dueAt: 7 });
  });

  it.each([100, 199, 300, 301, 302, 307, 400, 401, 404, 409, 429, 500, 502, 503, 504])('goes on after %i', (status) => {
    expect(afterAttempt(failed({ status }), 0)).toEqual({ state: 'waiting', dueAt: 5000 });
  });

  it.each(['timeout', 'unreachable', 'broken', 'aborted'])('goes on after no answer: %s', (fault) => {
    expect(afterAttempt(failed({ status: null, fault }), 0).state).toBe('waiting');
  });

  it('ends at once where the endpoint is gone, may not be called, or stands in no file any more', () => {
    expect(afterAttempt(failed({ status: 410 }), 0).state).toBe('given_up');
    expect(afterAttempt(failed({ status: null, fault: 'unsafe_destination' }), 0).state).toBe('given_up');
    expect(afterAttempt(failed({ status: null, fault: 'endpoint_removed' }), 0).state).toBe('given_up');
  });

  it('comes later for Retry-After, never earlier, and never more than a day later', () => {
    expect(afterAttempt(failed({ retryAfterMs: 1000 }), 0).dueAt).toBe(5000);
    expect(afterAttempt(failed({ retryAfterMs: 60_000 }), 0).dueAt).toBe(60_000);
    expect(afterAttempt(failed({ retryAfterMs: 1e12 }), 0).dueAt).toBe(86_400_000);
  });

  it('spreads repeats by up to a tenth, never earlier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (no, random) => {
        const plain = afterAttempt(failed({ no }), 0).dueAt;
        const spread = afterAttempt(failed({ no }), random).dueAt;
        expect(spread).toBeGreaterThanOrEqual(plain);
        expect(spread).toBeLessThanOrEqual(plain * 1.1);
      }),
    );
    expect(afterAttempt(failed(), 1).dueAt).toBe(5500);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 5, 1, 12);
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Mon, 01 Jun 2026 12:01:00 GMT', 60_000],
    ['Mon, 01 Jun 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['1.5', null],
    ['2026', 2_026_000],
    ['', null],
    [undefined, null],
  ])('%j', (text, milliseconds) => {
    expect(readRetryAfter(text, now)).toBe(milliseconds);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../../server/domain/ports/store.ts';
import { Secret } from '../../../server/domain/secret.ts';
import { asciiJson, deliveriesFor, eventBody } from '../../../server/domain/webhook.ts';
import { endpointsOf } from '../../../server/webhooks/endpoints.ts';

const event = (seq: number, type: EventRow['type']): EventRow => ({
  id: `evt_A_${seq}`,
  seq,
  type,
  about: 'txn_A',
  brand: 'skyline',
  transaction: 'txn_A',
  at: 1000,
  body: '{}',
});

describe('an event’s body', () => {
  it('has id, type, time, sequence and data, on one line', () => {
    const data = { transaction_id: 'txn_A', amount: 42.5 };
    expect(eventBody({ id: 'evt_A_4', type: 'transaction.completed', at: 0, seq: 4, data })).toBe(
      '{"id":"evt_A_4","type":"transaction.completed","timestamp":"1970-01-01T00:00:00.000Z","sequence":4,"data":{"transaction_id":"txn_A","amount":42.5}}',
    );
  });

  it('is ASCII and says the same, whatever is in it', () => {
    expect(asciiJson('Mü\u007f😀~')).toBe(String.raw`"M\u00fc\u007f\ud83d\ude00~"`);
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const json = asciiJson({ value, text });
        expect(json).toMatch(/^[\x20-\x7e]*$/);
        expect(json).toBe(asciiJson(JSON.parse(json)));
        expect((JSON.parse(json) as { text: string }).text).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the deliveries of a commit', () => {
  it('are one for each event and each endpoint that wants it, due at once', () => {
    const events = [event(1, 'transaction.created'), event(2, 'transaction.completed')];
    const rows = deliveriesFor(events, [
      { id: 'all', events: null },
      { id: 'some', events: ['transaction.completed', 'no.such.type'] },
      { id: 'none', events: [] },
    ]);
    expect(rows.map(({ id }) => id)).toEqual(['dlv_evt_A_1_all', 'dlv_evt_A_2_all', 'dlv_evt_A_2_some']);
    expect(rows[2]).toEqual({
      id: 'dlv_evt_A_2_some',
      brand: 'skyline',
      event: 'evt_A_2',
      type: 'transaction.completed',
      endpoint: 'some',
      state: 'waiting',
      attempts: 0,
      dueAt: 1000,
      leaseId: null,
      leaseUntil: 0,
    });
  });
});

describe('an endpoint’s id', () => {
  const endpoint = (url: string, secret = 's') =>
    ({ url, profile: 'guide', secret: new Secret(secret), events: null }) as const;
  const idsOf = (...webhooks: ReturnType<typeof endpoint>[]) => endpointsOf({ webhooks }).map(({ id }) => id);

  it('stays with its URL, whatever else changes, and tells nothing of it', () => {
    const [one, other] = idsOf(endpoint('https://a.example/?token=x'), endpoint('https://b.example/'));
    expect(idsOf(endpoint('https://b.example/', 'new'), endpoint('https://a.example/?token=x'))).toEqual([other, one]);
    expect(one).toMatch(/^[\w-]{16}$/);
  });

  it('differs for the same URL twice', () => {
    expect(new Set(idsOf(endpoint('https://a.example'), endpoint('https://a.example'))).size).toBe(2);
  });
});

import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guideHeaders } from '../../../server/webhooks/profiles/guide.ts';
import { guideSignature, standardSignature } from '../../../server/webhooks/signatures.ts';

const body = String.raw`{"id":"evt_01JD0000000000000000000001","type":"transaction.completed","created":1718876400,"data":{"transaction_id":"txn_1","amount":42.5,"currency":"USD","last_name":"M\u00fcller"}}`;

describe('the guide’s signature', () => {
  it('is the known answer', () => {
    expect(body).toHaveLength(182);
    expect(guideSignature('departcart-test-secret', body)).toBe(
      'sha256=c9a6d8be61d8ae60fa7e018b8840b056d552957ce0efd01ca3e9f13966475de5',
    );
  });

  it('is keyed with the secret as it was issued, prefix and all', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(guideSignature(secret, body)).toBe(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  });

  it('is what the guide’s check expects, whatever secret and body', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.json(), (secret, payload) => {
        const signature = guideSignature(secret, payload);
        expect(signature).toMatch(/^sha256=[0-9a-f]{64}$/);
        expect(signature.slice('sha256='.length)).toBe(hmacSha256(Buffer.from(secret), Buffer.from(payload)));
      }),
      { numRuns: 50 },
    );
  });
});

/** The MAC as RFC 2104 writes it, on a bare hash: nothing of the code under test. */
function hmacSha256(key: Buffer, message: Buffer): string {
  const block = Buffer.alloc(64);
  (key.byteLength > 64 ? sha256(key) : key).copy(block);
  const padded = (byte: number) => block.map((one) => one ^ byte);
  return sha256(Buffer.concat([padded(0x5c), sha256(Buffer.concat([padded(0x36), message]))])).toString('hex');
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

describe('the Standard Webhooks signature', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

  it('is the known answer, and never that of the secret as text', () => {
    const signature = standardSignature(secret, { id: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W', timestamp: 1674087231, body });
    expect(signature).toBe('v1,JW9Oeq64bOSuCl8GbMFDYNAZD5YgMLf7hireWoRBasQ=');
  });

  it.each([
    'departcart-test-secret',
    'whsec_',
    'whsec_c2hvcnQ=',
    'whsec_not base64 at all, and long enough to be a key',
  ])('has no key in %s', (other) => {
    expect(standardSignature(other, { id: 'evt_1', timestamp: 1, body })).toBeNull();
  });
});

describe('the guide profile’s headers', () => {
  const event = { id: 'evt_01JD0000000000000000000001_4', type: 'transaction.completed', body };
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

  it('carry the guide’s signature, and those of Standard Webhooks for this attempt', () => {
    const first = guideHeaders({ event, no: 1, at: 1_718_876_400_999, secret });
    expect(first).toEqual({
      'Content-Type': 'application/json',
      'User-Agent': 'DepartCart-Webhooks/1',
      'X-DepartCart-Signature': guideSignature(secret, body),
      'X-DepartCart-Event': 'transaction.completed',
      'X-DepartCart-Attempt': '1',
      'webhook-id': event.id,
      'webhook-timestamp': '1718876400',
      'webhook-signature': standardSignature(secret, { id: event.id, timestamp: 1_718_876_400, body }),
    });
    const second = guideHeaders({ event, no: 2, at: 1_718_876_405_000, secret });
    expect(second['webhook-id']).toBe(first['webhook-id']);
    expect(second['X-DepartCart-Signature']).toBe(first['X-DepartCart-Signature']);
    expect(second['webhook-timestamp']).toBe('1718876405');
    expect(second['webhook-signature']).not.toBe(first['webhook-signature']);
  });

  it('leave out the one that a secret of the partner’s own making has no key for', () => {
    expect(guideHeaders({ event, no: 1, at: 0, secret: 'own-secret' })).not.toHaveProperty('webhook-signature');
  });
});

import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmacKey, hmacSha256 } from '../../../server/crypto/hmac.ts';

it('is what Node makes of every key and text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 300 }), (key, text) => {
      const expected = createHmac('sha256', key).update(text).digest('hex');
      expect(hmacSha256(hmacKey(key), text)).toBe(expected);
    }),
  );
});

it('is that of RFC 4231', () => {
  expect(hmacSha256(hmacKey(Buffer.alloc(20, 0x0b)), Buffer.from('Hi There'))).toBe(
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  );
});

it('takes no key that would have to be hashed first', () => {
  expect(() => hmacKey(Buffer.alloc(65))).toThrow('at most 64 bytes');
});

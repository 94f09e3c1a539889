import { createDecipheriv, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openFernet, sealFernet } from '../../../server/crypto/fernet.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const text = fc.uint8Array({ maxLength: 200 });
const AT = Date.UTC(2026, 10, 1);

it('opens the token of the specification’s own example', () => {
  // github.com/fernet/spec, generate.json
  const secret = Buffer.from('cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=', 'base64url');
  const token = Buffer.from(
    'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==',
    'base64url',
  );
  const opened = openFernet(secret, token);
  expect(opened?.plain.toString('utf8')).toBe('hello');
  expect(opened?.at).toBe(Date.parse('1985-10-26T01:20:00-07:00'));
});

it('makes what any implementation opens, one after the other under one key', () => {
  fc.assert(
    fc.property(key, fc.array(text, { minLength: 1, maxLength: 5 }), (secret, texts) => {
      for (const plain of texts) {
        const token = sealFernet(secret, plain, AT);
        const signed = token.subarray(0, -32);
        const mac = createHmac('sha256', secret.subarray(0, 16)).update(signed).digest();
        expect(token.subarray(-32).equals(mac)).toBe(true);
        const decipher = createDecipheriv('aes-128-cbc', secret.subarray(16), token.subarray(9, 25));
        const read = Buffer.concat([decipher.update(token.subarray(25, -32)), decipher.final()]);
        expect(read.equals(plain)).toBe(true);
        expect(openFernet(secret, token)?.plain.equals(plain)).toBe(true);
      }
    }),
  );
});

it('never begins two tokens alike', () => {
  const secret = new Uint8Array(32).fill(7);
  const beginnings = Array.from({ length: 500 }, () =>
    sealFernet(secret, Buffer.from('the same'), AT).subarray(9, 25).toString('hex'),
  );
  expect(new Set(beginnings).size).toBe(500);
});

it('opens nothing that was changed, and goes on after it', () => {
  fc.assert(
    fc.property(key, text, fc.nat(), fc.integer({ min: 1, max: 255 }), (secret, plain, place, change) => {
      const token = sealFernet(secret, plain, AT);
      const bent = Buffer.from(token);
      bent[place % bent.length]! ^= change;
      expect(openFernet(secret, bent)).toBeNull();
      expect(openFernet(secret, token)?.plain.equals(plain)).toBe(true);
    }),
  );
});

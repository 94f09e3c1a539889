import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envelopeKeyId, openEnvelope, sealEnvelope } from '../../../server/crypto/envelope.ts';

const key = { id: 'k1', secret: randomBytes(32) };
const place = { table: 'brands', row: 'skyline@1', brand: 'skyline', field: 'settings' };
const anyPlace = fc.record({ table: fc.string(), row: fc.string(), brand: fc.string(), field: fc.string() });
const anyBytes = fc.uint8Array({ maxLength: 600 });

describe('an envelope', () => {
  it('gives back what went in, with the key and the place it was made for', () => {
    fc.assert(
      fc.property(anyPlace, anyBytes, (where, plain) => {
        const sealed = sealEnvelope(key, where, plain);
        expect(envelopeKeyId(sealed)).toBe('k1');
        expect([...openEnvelope(key, where, sealed)!]).toEqual([...plain]);
      }),
    );
  });

  it('does not open when any one bit was flipped', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(), (plain, at) => {
        const sealed = sealEnvelope(key, place, plain);
        const bit = at % (sealed.length * 8);
        sealed[bit >> 3]! ^= 1 << (bit & 7);
        expect(openEnvelope(key, place, sealed)).toBeNull();
      }),
    );
  });

  it('does not open when every bit of its front and its end was tried, one by one', () => {
    const sealed = sealEnvelope(key, place, Buffer.from('x'));
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const bent = Buffer.from(sealed);
      bent[bit >> 3]! ^= 1 << (bit & 7);
      expect(openEnvelope(key, place, bent)).toBeNull();
    }
  });

  it('does not open when it was cut, lengthened or is something else', () => {
    const sealed = sealEnvelope(key, place, Buffer.from('plain'));
    for (let length = 0; length < sealed.length; length++) {
      expect(openEnvelope(key, place, sealed.subarray(0, length))).toBeNull();
    }
    expect(openEnvelope(key, place, Buffer.concat([sealed, Buffer.from([0])]))).toBeNull();
    fc.assert(fc.property(anyBytes, (noise) => openEnvelope(key, place, noise) === null));
  });

  it('does not open in another place, also where the parts run together the same', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(openEnvelope(key, other, sealEnvelope(key, one, Buffer.from('plain')))).toBeNull();
      }),
    );
    const sealed = sealEnvelope(key, { ...place, row: 'ab', brand: 'c' }, Buffer.from('plain'));
    expect(openEnvelope(key, { ...place, row: 'a', brand: 'bc' }, sealed)).toBeNull();
    expect(openEnvelope(key, { ...place, row: '', brand: 'abc' }, sealed)).toBeNull();
  });

  it('does not open with another key, of its own id or of another', () => {
    const sealed = sealEnvelope(key, place, Buffer.from('plain'));
    expect(openEnvelope({ id: 'k1', secret: randomBytes(32) }, place, sealed)).toBeNull();
    expect(openEnvelope({ id: 'k2', secret: key.secret }, place, sealed)).toBeNull();
  });

  it('is another one each time', () => {
    const made = Array.from({ length: 50 }, () => sealEnvelope(key, place, Buffer.from('x')).toString('hex'));
    expect(new Set(made).size).toBe(50);
  });
});

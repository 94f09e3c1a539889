import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseMasterKeys } from '../../../server/crypto/master-keys.ts';

const secret = randomBytes(32);

describe('parseMasterKeys', () => {
  it('reads the list in its order, in either base64', () => {
    const other = Buffer.alloc(32, 0xfb);
    const keys = parseMasterKeys(`k2:${secret.toString('base64')}, k1:${other.toString('base64url')}\n`);
    expect(keys).toEqual([
      { id: 'k2', secret },
      { id: 'k1', secret: other },
    ]);
  });

  it('names every fault at once and shows no key', () => {
    const short = randomBytes(16).toString('base64');
    const faulty = [`ok:${secret.toString('base64')}`, `short:${short}`, 'nonsense', `ok:${secret.toString('base64')}`];
    const read = () => parseMasterKeys(faulty.join(','));
    expect(read).toThrow(/key 2 \(short\) has 16 bytes.*key 3 is not id:base64.*key 4 has the id ok a second time/);
    expect(read).not.toThrow(new RegExp(`${short.slice(0, 8)}|nonsense`));
  });

  it.each(['', ' , '])('refuses %j and says how to make one', (text) => {
    expect(() => parseMasterKeys(text)).toThrow(/there is none.*openssl rand -base64 32/);
  });
});

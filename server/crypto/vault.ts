import { createHmac } from 'node:crypto';
import { DepartCartError } from '../domain/error.ts';
import type { Vault } from '../domain/ports/crypto.ts';
import { envelopeKeyId, openEnvelope, sealEnvelope } from './envelope.ts';
import type { Keyring } from './keyring.ts';

/** Sealed values under the brands' own keys. Reads and makes keys through the store, so never call it inside `atomically`. */
export function createVault(keyring: Keyring): Vault {
  return {
    async seal(place, plain) {
      return sealEnvelope(await keyring.current(place.brand, 'data'), place, Buffer.from(plain, 'utf8'));
    },

    async open(place, sealed) {
      const id = envelopeKeyId(sealed);
      const key = id === null ? null : await keyring.byId(id);
      const owned = key?.brand === place.brand && key.purpose === 'data';
      const plain = owned ? openEnvelope(key, place, sealed) : null;
      if (plain) return plain.toString('utf8');
      const why = key
        ? owned
          ? 'it was changed, or belongs elsewhere'
          : 'its key is not for this'
        : 'its key is gone';
      throw new DepartCartError('internal', 'A stored value could not be opened.', {
        cause: new Error(`${place.table}.${place.field} of ${place.brand}, row ${place.row}: ${why}`),
      });
    },

    async digest(brand, text) {
      const { secret } = await keyring.current(brand, 'digest');
      return createHmac('sha256', secret).update(text, 'utf8').digest('base64url');
    },
  };
}

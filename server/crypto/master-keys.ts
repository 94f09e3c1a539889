/** A key that wraps the others and is itself in no database. */
export interface MasterKey {
  id: string;
  /** 32 bytes. */
  secret: Buffer;
}

/**
 * Reads `id:base64` pairs, separated by commas or white space: the first encrypts, all decrypt.
 * @throws Error that names every fault by position and id, never by key.
 */
export function parseMasterKeys(text: string): MasterKey[] {
  const faults: string[] = [];
  const keys = new Map<string, MasterKey>();
  for (const [index, pair] of text
    .split(/[\s,]+/)
    .filter(Boolean)
    .entries()) {
    const where = `key ${index + 1}`;
    const [, id, encoded] = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(pair) ?? [];
    if (id === undefined || encoded === undefined) {
      faults.push(`${where} is not id:base64, the id being up to 32 letters, digits, - and _`);
      continue;
    }
    const secret = Buffer.from(encoded, 'base64');
    if (secret.length !== 32) faults.push(`${where} (${id}) has ${secret.length} bytes, it must have 32`);
    else if (keys.has(id)) faults.push(`${where} has the id ${id} a second time`);
    else keys.set(id, { id, secret });
  }
  if (keys.size === 0 && faults.length === 0) faults.push('there is none');
  if (faults.length > 0) {
    throw new Error(`Master keys: ${faults.join('; ')}. Make one with: echo "k1:$(openssl rand -base64 32)"`);
  }
  return [...keys.values()];
}

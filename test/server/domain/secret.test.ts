import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../server/domain/secret.ts';

describe('Secret', () => {
  const secret = new Secret('hunter2');

  it('reads [secret] wherever text is made of it', () => {
    const holder = { nested: [{ secret }], secret };
    const texts = [
      String(secret),
      // Written as a careless caller without types would.
      `${secret as unknown as string}`,
      secret + '',
      JSON.stringify(holder),
      inspect(holder, { depth: 9, showHidden: true }),
      format('%s %o %j', secret, secret, secret),
      Object.entries(secret).join(),
      new Error('failed', { cause: holder }).stack + inspect(new Error('x', { cause: holder })),
    ];
    for (const text of texts) expect(text).not.toContain('hunter2');
    expect(texts.slice(0, 3)).toEqual(['[secret]', '[secret]', '[secret]']);
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  });

  it('gives the text to whoever asks for it by name', () => {
    expect(secret.reveal()).toBe('hunter2');
  });
});

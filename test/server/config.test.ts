import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const good = { DEPARTCART_MASTER_KEYS: `k2:${key},k1:${key}` };

describe('the settings', () => {
  it('have defaults for everything but the master keys', () => {
    expect(readConfig(good)).toMatchObject({
      port: 8080,
      publicUrl: 'http://localhost:8080',
      databaseUrl: 'sqlite:data/departcart.sqlite',
      logLevel: 'info',
      trustedProxies: [],
    });
  });

  it('keep the order of the master keys: the first encrypts', () => {
    expect(readConfig(good).masterKeys.map((one) => one.id)).toEqual(['k2', 'k1']);
  });

  it('refuse to start without master keys and say how to make one', () => {
    expect(() => readConfig({})).toThrow(/DEPARTCART_MASTER_KEYS is missing.*openssl rand -base64 32/s);
  });

  it('name every fault at once and never the secret', () => {
    const bad = {
      PORT: 'http',
      DEPARTCART_PUBLIC_URL: 'https://x.example/path',
      DEPARTCART_DATABASE_URL: 'mysql://x',
      DEPARTCART_LOG_LEVEL: 'loud',
      DEPARTCART_MASTER_KEYS: `k1:${key},SECRETSECRET`,
    };
    const fault = (() => {
      try {
        readConfig(bad);
      } catch (error) {
        return error;
      }
    })() as ConfigError;
    expect(fault).toBeInstanceOf(ConfigError);
    expect(fault.faults).toHaveLength(5);
    expect(fault.message).toContain('entry 2');
    expect(fault.message).not.toContain('SECRETSECRET');
  });
});

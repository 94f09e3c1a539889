import { z } from 'zod';

/** Everything the environment says, parsed once. Only this file reads it. */
export interface Config {
  port: number;
  publicUrl: string;
  databaseUrl: string;
  /** `id:base64` entries; the first encrypts, all decrypt. Empty only in the demo. */
  masterKeys: { id: string; key: Buffer }[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Addresses or CIDR ranges whose X-Forwarded-For counts. */
  trustedProxies: string[];
}

/** Every fault of the environment at once, each with what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: string[]) {
    super(`The settings are not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/**
 * Reads the settings that design.md lists.
 * @throws ConfigError naming every fault
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const faults: string[] = [];
  const port = z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .safeParse(env['PORT'] ?? '8080');
  if (!port.success) faults.push('PORT must be a port number between 0 and 65535.');
  const publicUrl = env['DEPARTCART_PUBLIC_URL'] ?? `http://localhost:${port.data ?? 8080}`;
  const databaseUrl = env['DEPARTCART_DATABASE_URL'] ?? 'sqlite:data/departcart.sqlite';
  const level = LEVELS.find((one) => one === (env['DEPARTCART_LOG_LEVEL'] ?? 'info'));

  if (!isOrigin(publicUrl))
    faults.push('DEPARTCART_PUBLIC_URL must be an http(s) URL without path, like https://seats.example.com.');
  if (!/^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(databaseUrl)) {
    faults.push('DEPARTCART_DATABASE_URL must start with sqlite: or postgres://.');
  }
  if (!level) faults.push(`DEPARTCART_LOG_LEVEL must be one of ${LEVELS.join(', ')}.`);
  const masterKeys = readMasterKeys(env['DEPARTCART_MASTER_KEYS'], faults);
  if (faults.length) throw new ConfigError(faults);
  return Object.freeze({
    port: port.data!,
    publicUrl: publicUrl.replace(/\/$/, ''),
    databaseUrl,
    masterKeys,
    logLevel: level!,
    trustedProxies: (env['DEPARTCART_TRUSTED_PROXIES'] ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  });
}

function readMasterKeys(text: string | undefined, faults: string[]): Config['masterKeys'] {
  const entries = (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  if (!entries.length) {
    faults.push(
      'DEPARTCART_MASTER_KEYS is missing. It encrypts credentials and bookings in the database. Make one with: ' +
        `echo "k1:$(openssl rand -base64 32)"`,
    );
  }
  return entries.flatMap((entry, index) => {
    const at = entry.indexOf(':');
    const id = entry.slice(0, at);
    const key = Buffer.from(entry.slice(at + 1), 'base64');
    if (at > 0 && /^[\w-]{1,20}$/.test(id) && key.byteLength === 32) return [{ id, key }];
    // The entry itself is a secret: only its place is named.
    faults.push(`DEPARTCART_MASTER_KEYS, entry ${index + 1}: wanted "id:key" with a key of 32 bytes in base64.`);
    return [];
  });
}

function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return !!url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash;
}

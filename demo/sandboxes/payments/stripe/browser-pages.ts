import { Hono } from 'hono';
import type { SandboxEnv } from '../../serve-call.ts';
import type { Ledger } from './ledger.ts';

export function createBrowserPages(_options: { ledger(): Ledger }): Hono<SandboxEnv> {
  return new Hono<SandboxEnv>();
}

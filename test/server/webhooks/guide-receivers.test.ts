import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventRow } from '../../../server/domain/ports/store.ts';
import { Secret } from '../../../server/domain/secret.ts';
import type { EventType } from '../../../server/domain/transaction/transaction.ts';
import { eventBody, type Endpoint } from '../../../server/domain/webhook.ts';
import { createOutbound } from '../../../server/outbound/http.ts';
import { sendAttempt } from '../../../server/webhooks/sender.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/checks/receivers');
const SECRET = 'whsec_c2hhcmVkLWNoZWNrLXNlY3JldC0zMi1ieXRlcy0hIQ==';

const RECEIVERS: [name: string, command: string, args: string[]][] = [
  ['Python', 'python3', ['python/guide.py']],
  ['Node', process.execPath, ['node/guide.cjs']],
  ['C#, step by step', process.execPath, ['csharp/guide-equivalent.mjs']],
  ['Java', 'java', ['java/Guide.java']],
  ['Java under a Windows charset', 'java', ['-Dfile.encoding=windows-1252', 'java/Guide.java']],
  ['Ruby', 'ruby', ['ruby/guide.rb']],
];

const money = { transaction_id: 'txn_1', amount: 25.5, amount_minor: 2550, currency: 'EUR' };
const EVENTS: [EventType, Record<string, unknown>][] = [
  ['transaction.created', { transaction_id: 'txn_1' }],
  ['payment.processed', { ...money, payment_id: 'pay_1' }],
  ['fulfillment.updated', { transaction_id: 'txn_1', status: 'confirmed' }],
  ['transaction.completed', { ...money, note: 'Müller 😀' }],
  ['transaction.attention', { transaction_id: 'txn_1', reason: 'capture_failed' }],
];

const eventOf = (type: EventType, data: Record<string, unknown>, seq: number): EventRow => {
  const told = { id: `evt_A_${seq}`, type, seq, at: 0 };
  return { ...told, about: 'txn_1', brand: 'skyline', transaction: 'txn_1', body: eventBody({ ...told, data }) };
};

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** Resolves when something listens there. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const isUp = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => done(true)).on('error', () => done(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isUp) return;
    await sleep(50);
  }
}

const outbound = createOutbound({ loopback: true });
afterAll(() => outbound.close());

describe.skipIf(!existsSync(folder))('handlers that partners copied from the guide', () => {
  const isHere = (command: string) => spawnSync(command, ['--version']).error === undefined;

  describe.each(RECEIVERS.filter(([, command]) => isHere(command)))('%s', (_, command, args) => {
    let child: ChildProcess;
    let endpoint: Endpoint;
    beforeAll(async () => {
      const port = await freePort();
      const env = { ...process.env, SECRET, PORT: String(port) };
      child = spawn(command, args, { cwd: folder, env, stdio: 'ignore' });
      endpoint = {
        id: 'one',
        url: `http://127.0.0.1:${port}/webhooks/departcart`,
        profile: 'guide',
        secret: new Secret(SECRET),
        events: null,
      };
      await listening(port);
    }, 60_000);
    afterAll(() => {
      child.kill();
    });

    const send = (event: EventRow, to = endpoint) =>
      sendAttempt({ outbound: outbound.call, clock: { now: Date.now, sleep: () => sleep(0) } }, to, event, 1);

    it('accepts what we send', async () => {
      for (const [index, [type, data]] of EVENTS.entries()) {
        const { status, fault } = await send(eventOf(type, data, index + 1));
        expect([type, status, fault]).toEqual([type, 200, null]);
      }
    });

    it('refuses it under another secret', async () => {
      const forged = { ...endpoint, secret: new Secret('another') };
      expect((await send(eventOf(...EVENTS[0]!, 1), forged)).status).toBe(401);
    });
  });
});

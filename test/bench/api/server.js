/**
 * One of the two servers that api.js asks, in a process of its own: `node server.js hono|product <database file>`. Tells its parent where
 * it listens, and what it spent whenever it is asked.
 */
import crypto from 'node:crypto';
import { createServer } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';

/** @typedef {{ name: string, path: string, body: string, headers: Record<string, string> }} Call */
/** @typedef {{ port: number, calls?: Call[] }} Ready */

const [what, databaseFile = ''] = process.argv.slice(2);
let derivations = 0;

/** @template {object} T @param {T} owner @param {(keyof T)[]} names @param {(args: any[]) => boolean} [counts] */
function countCalls(owner, names, counts = () => true) {
  for (const name of names) {
    const plain = /** @type {any} */ (owner[name]);
    /** @type {any} */ (owner)[name] = function (/** @type {any[]} */ ...args) {
      if (counts(args)) derivations++;
      return plain.apply(this, args);
    };
  }
}
countCalls(crypto, ['pbkdf2', 'pbkdf2Sync']);
countCalls(crypto.webcrypto.subtle, ['deriveBits', 'deriveKey'], ([how]) => JSON.stringify(how).includes('PBKDF2'));
syncBuiltinESMExports();

/** @returns {Promise<Ready & { close: () => Promise<unknown> }>} */
async function startHono() {
  const app = new Hono().post('/', async (c) => c.json(await c.req.json()));
  const answer = getRequestListener(app.fetch);
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { port, close: async () => server.closeAllConnections() };
}

/** The demo's own. */
const API_KEY = 'dck_demo_skyline';
const API_SECRET = 'dcs_demo_skyline';

/** @returns {Promise<Ready & { close: () => Promise<unknown> }>} */
async function startProduct() {
  const { runDemo } = await import('../../../dist/server/demo.js');
  const demo = await runDemo({ port: 0, databaseFile, logLevel: 'info' });
  /** @param {string} path @param {object} body @param {Record<string, string>} [headers] */
  const post = async (path, body, headers = {}) => {
    const response = await fetch(demo.api + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return /** @type {Promise<Record<string, string>>} */ (response.json());
  };
  const credentials = { api_key: API_KEY, api_secret: API_SECRET };
  const { bearer_token } = await post('/generate-bearer-token', credentials);
  const bearer = { authorization: `Bearer ${bearer_token}` };
  const booking = { pnr: 'ABC123', last_name: 'SMITH', source: 'cart' };
  const { encrypted_id } = await post('/api/generate-encrypted-seatmap-url', booking, bearer);
  /** @param {string} name @param {string} path @param {object} body @param {Record<string, string>} [headers] */
  const call = (name, path, body, headers = {}) => ({ name, path, body: JSON.stringify(body), headers });
  return {
    port: Number(new URL(demo.api).port),
    calls: [
      call('token mint', '/generate-bearer-token', { ...credentials, duration_hours: 24 }),
      call('deeplink', '/api/generate-encrypted-seatmap-url', booking, bearer),
      call('all deeplinks', '/api/generate-all-deeplinks', booking, bearer),
      call('id opening', '/v1/test-encryption', { encrypted_id }, { authorization: `Bearer ${API_KEY}` }),
    ],
    close: () => demo.close(),
  };
}

const { close, ...ready } = await (what === 'hono' ? startHono() : startProduct());
process.on('message', (asked) => {
  if (asked === 'stop') {
    void close().then(() => process.exit(0));
    return;
  }
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, derivations });
});
// Nobody asks any more: the parent may have been ended without a word.
process.on('disconnect', () => process.exit(0));
process.send?.(ready);

/**
 * DepartCart for a Node backend. No packages, Node 18 or newer.
 *
 *   BASE_URL=https://seats.example.com API_KEY=dck_… API_SECRET=dcs_… node departcart.mjs link ABC123 SMITH
 *   WEBHOOK_SECRET=… node departcart.mjs verify "$SIGNATURE" < body
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const TIMEOUT_MS = 10_000;
/** A token is replaced this long before its end, so that none ends on its way. */
const SPARE_MS = 60_000;

/** An answer that is no success. `code` is stable; `detail` says what to do; `requestId` is in the server's log, too. */
export class DepartCartError extends Error {
  constructor(status, { code = 'unknown', detail = '', request_id: requestId = '' }) {
    super(`${status} ${code}: ${detail} (request ${requestId})`);
    Object.assign(this, { name: 'DepartCartError', status, code, detail, requestId });
  }
}

/** One for the whole process: it keeps the bearer token until that ends. */
export class DepartCart {
  #baseUrl;
  #credentials;
  /**
   * A promise, so that calls at the same time ask for one token.
   * @type {Promise<{ text: string, endsAt: number }> | null}
   */
  #token = null;

  constructor({ baseUrl, apiKey, apiSecret }) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#credentials = { api_key: apiKey, api_secret: apiSecret };
  }

  /** The address to send to the traveller. The locator is the reservation system's, the name any traveller's. */
  async seatMapUrl({ pnr, lastName, source = 'api' }) {
    const link = await this.#call('/api/generate-encrypted-seatmap-url', { pnr, last_name: lastName, source });
    return this.#baseUrl + link.seatmap_url;
  }

  async #call(path, body) {
    const token = await this.#bearerToken();
    try {
      return await this.#post(path, body, token);
    } catch (error) {
      if (error.code !== 'token_not_valid') throw error;
      // Its key was taken out of service before the token's end.
      return this.#post(path, body, await this.#bearerToken(token));
    }
  }

  async #bearerToken(insteadOf) {
    const asked = this.#token;
    const kept = await asked;
    const good = kept && kept.text !== insteadOf && Date.now() < kept.endsAt - SPARE_MS;
    if (good) return kept.text;
    // Somebody else may have asked for the next one meanwhile.
    if (this.#token === asked) this.#token = this.#mint();
    return (await this.#token).text;
  }

  async #mint() {
    try {
      const answer = await this.#post('/generate-bearer-token', this.#credentials);
      return { text: answer.bearer_token, endsAt: answer.expires_at * 1000 };
    } catch (error) {
      this.#token = null;
      throw error;
    }
  }

  async #post(path, body, token) {
    const response = await fetch(this.#baseUrl + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return response.json();
    // A proxy's page is no JSON.
    throw new DepartCartError(response.status, (await response.json().catch(() => null)) ?? {});
  }
}

/**
 * Whether a delivery is DepartCart's.
 * @param {string} secret of the endpoint
 * @param {Uint8Array} rawBody the bytes as they came, before any parser
 * @param {string | undefined} signature the header X-DepartCart-Signature
 */
export function webhookIsGenuine(secret, rawBody, signature = '') {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function main([command, ...words]) {
  const { BASE_URL: baseUrl, API_KEY: apiKey, API_SECRET: apiSecret, WEBHOOK_SECRET: webhookSecret } = process.env;
  if (command === 'link') {
    const client = new DepartCart({ baseUrl, apiKey, apiSecret });
    for (let at = 0; at + 1 < words.length; at += 2)
      console.log(await client.seatMapUrl({ pnr: words[at], lastName: words[at + 1] }));
  } else if (command === 'verify') {
    const body = await buffer(process.stdin);
    if (!webhookIsGenuine(webhookSecret, body, words[0])) throw new Error('not genuine');
    console.log(JSON.parse(body.toString('utf8')).type);
  } else throw new Error('say: link PNR LAST_NAME, or: verify SIGNATURE');
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2)).catch((error) => {
    // A network's fault hides behind "fetch failed".
    console.error([error.message, error.cause?.code].filter(Boolean).join(': '));
    process.exitCode = 1;
  });
}

import { hashApiSecret } from '../../server/crypto/api-credentials.ts';
import type { TestDemo } from './demo.ts';

/** The demo brand's own credentials, as its partner's backend holds them. */
export const API_KEY = 'dck_demo_skyline';
export const API_SECRET = 'dcs_demo_skyline';

export interface Said {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { code?: string; success?: boolean };
  text: string;
}

/** A partner's backend. */
export class TestBackend {
  constructor(
    readonly demo: TestDemo,
    readonly apiKey = API_KEY,
    readonly apiSecret = API_SECRET,
  ) {}

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Said> {
    return said(
      await fetch(this.demo.api + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Said> {
    return said(await fetch(this.demo.api + path, { headers }));
  }

  async token(hours?: number): Promise<string> {
    const body = { api_key: this.apiKey, api_secret: this.apiSecret, ...(hours && { duration_hours: hours }) };
    return String((await this.post('/generate-bearer-token', body)).body['bearer_token']);
  }

  async bearer(hours?: number): Promise<{ authorization: string }> {
    return { authorization: `Bearer ${await this.token(hours)}` };
  }
}

async function said(response: Response): Promise<Said> {
  const text = await response.text();
  let body: Said['body'] = {};
  try {
    body = JSON.parse(text) as Said['body'];
  } catch {
    // Not JSON: the text is there to be looked at.
  }
  return { status: response.status, headers: response.headers, body, text };
}

/** Gives a brand credentials of a test's own. */
export async function addCredentials(demo: TestDemo, brand: string, apiKey: string, apiSecret: string): Promise<void> {
  const { store, clock } = demo.demo.services;
  const hash = hashApiSecret(apiSecret);
  const standing = await store.rows.apiSecrets.byApiKey(apiKey);
  if (standing.some((row) => row.hash === hash)) return;
  await store.rows.apiSecrets.add({ apiKey, hash, brand, createdAt: clock.now(), createdBy: 'test', endsAt: null });
}

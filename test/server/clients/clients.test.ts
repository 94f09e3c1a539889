import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guideSignature } from '../../../server/webhooks/signatures.ts';
import { startTestDemo, type TestDemo } from '../../support/demo.ts';
import { addCredentials, API_KEY, API_SECRET } from '../../support/partner.ts';
import { recordedServer, type Exchange } from './recorded-server.ts';
import { clients, installed, prepareClient } from './run-client.ts';

interface Vectors {
  webhooks: { name: string; secret: string; body: string; signature: string; genuine: boolean; type?: string }[];
  links: { name: string; bookings: string[][]; exchange: Exchange[]; prints: string[]; says?: string[] }[];
}

const file = resolve(import.meta.dirname, '../../../docs/clients/vectors.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
const credentials = { API_KEY, API_SECRET };

let demo: TestDemo;
beforeAll(async () => {
  demo = await startTestDemo();
  await addCredentials(demo, 'skyline', API_KEY, API_SECRET);
});
afterAll(() => demo.close());

it.each(vectors.webhooks)(
  'the vector "$name" is signed as the server signs',
  ({ secret, body, signature, genuine }) => {
    expect(guideSignature(secret, body) === signature).toBe(genuine);
  },
);

for (const client of clients) {
  describe.skipIf(!installed(client))(`the ${client.language} client`, () => {
    let prepared: ReturnType<typeof prepareClient>;
    beforeAll(() => {
      prepared = prepareClient(client);
    });
    afterAll(() => prepared.remove());

    it('makes links of the demo that open', async () => {
      const bookings = ['ABC123', 'SMITH', 'SOLO77', 'OKAFOR'];
      const ran = await prepared.run(['link', ...bookings], { BASE_URL: `${demo.api}/`, ...credentials });
      expect(ran.complaint).toBe('');
      const opened = await Promise.all(
        ran.lines.map((line) => {
          const { origin, pathname, searchParams } = new URL(line);
          expect([origin, pathname, searchParams.get('source')]).toEqual([demo.api, '/seatmap', 'api']);
          return demo.demo.services.encryptedIds.open(searchParams.get('id')!, async () => []);
        }),
      );
      expect(opened).toMatchObject([
        { brand: 'skyline', recordLocator: 'ABC123', lastName: 'SMITH' },
        { brand: 'skyline', recordLocator: 'SOLO77', lastName: 'OKAFOR' },
      ]);
    });

    it.each(vectors.links)('speaks as recorded: $name', async ({ bookings, exchange, prints, says = [] }) => {
      const server = await recordedServer(exchange);
      try {
        const ran = await prepared.run(['link', ...bookings.flat()], { BASE_URL: server.url, ...credentials });
        expect(server.asked).toEqual(exchange.map(({ asked }) => asked));
        expect(ran.lines).toEqual(prints.map((path) => server.url + path));
        expect(ran.status === 0).toBe(says.length === 0);
        for (const word of says) expect(ran.complaint).toContain(word);
        expect(ran.complaint).not.toContain(API_SECRET);
      } finally {
        await server.close();
      }
    });

    it('says in a line that nobody answers', async () => {
      const server = await recordedServer([]);
      await server.close();
      const ran = await prepared.run(['link', 'ABC123', 'SMITH'], { BASE_URL: server.url, ...credentials });
      expect([ran.status, ran.lines]).toEqual([1, []]);
      expect(ran.complaint).toMatch(/^.+\n$/);
    });

    it.each(vectors.webhooks)('judges a delivery: $name', async ({ secret, body, signature, genuine, type }) => {
      const ran = await prepared.run(['verify', signature], { WEBHOOK_SECRET: secret }, Buffer.from(body));
      expect(ran).toMatchObject(
        genuine ? { status: 0, lines: [type], complaint: '' } : { status: 1, lines: [], complaint: 'not genuine\n' },
      );
    });
  });
}

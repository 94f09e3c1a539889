import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { runDemo } from '../../demo/start.ts';

/** The first of three ports that nobody listened on a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port > 65_000 ? freePort() : port;
}

/** Asks until somebody takes the call, and hears the answer out. */
const firstAnswer = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const ask = () =>
      get({ port, host: '127.0.0.1', agent: false }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      }).on('error', () => setImmediate(ask));
    ask();
  });

it('who asks while the demo is being made is answered', async () => {
  const port = await freePort();
  const answered = firstAnswer(port);
  const demo = await runDemo({ port, logLevel: 'silent', jobs: false });
  try {
    expect(await answered).toBe(200);
  } finally {
    await demo.close();
  }
});

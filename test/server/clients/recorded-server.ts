import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One call as docs/clients/vectors.json holds it. */
export interface Asked {
  path: string;
  bearer?: string;
  body: unknown;
}

export interface Exchange {
  asked: Asked;
  answered: { status: number; body?: object; text?: string };
}

/** A server that answers as recorded, call by call, and keeps what it was asked. */
export async function recordedServer(exchange: Exchange[]) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
      const { status, ...answer } = exchange[asked.length]?.answered ?? { status: 500, text: 'nothing is recorded' };
      asked.push({ path: request.url!, ...(bearer !== undefined && { bearer }), body: JSON.parse(body) as unknown });
      response.writeHead(status, { 'content-type': answer.body ? 'application/json' : 'text/html' });
      response.end(answer.body ? JSON.stringify(answer.body) : answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    asked,
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

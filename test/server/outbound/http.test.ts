import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundRequest } from '../../../server/domain/ports/outbound.ts';
import { addressAllowed } from '../../../server/outbound/address-guard.ts';
import { createOutbound } from '../../../server/outbound/http.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(loopback = true) {
  const lines: object[] = [];
  const outbound = createOutbound({ loopback, log: (line) => lines.push(line) });
  closing.push(() => outbound.close());
  const get = (url: string, more: Partial<OutboundRequest> = {}) =>
    outbound.call({ method: 'GET', url, timeoutMs: 2000, label: 'test.call', ...more });
  return { get, lines };
}

describe('an outgoing call', () => {
  it('answers any status with its text', async () => {
    const url = await serve((_request, response) => response.writeHead(418, { 'x-tea': 'yes' }).end('short and stout'));
    await expect(client().get(url)).resolves.toMatchObject({
      status: 418,
      text: 'short and stout',
      headers: { 'x-tea': 'yes' },
    });
  });

  it('sends method, headers and body', async () => {
    const url = await serve((request, response) => {
      void request
        .toArray()
        .then((parts) =>
          response.end(
            `${request.method} ${String(request.headers['x-a'])} ${Buffer.concat(parts as Buffer[]).toString()}`,
          ),
        );
    });
    await expect(client().get(url, { method: 'POST', headers: { 'x-a': 'b' }, body: 'hello' })).resolves.toMatchObject({
      text: 'POST b hello',
    });
  });

  it('gives up on a connection sooner than on an answer, and says that nothing was sent', async () => {
    const silent = createTcpServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closing.push(() => silent.close());
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    await expect(client().get(url, { connectTimeoutMs: 30 })).rejects.toMatchObject({ kind: 'connect', sent: false });
    const slow = await serve((_request, response) => void setTimeout(() => response.end('late'), 60));
    await expect(client().get(slow, { connectTimeoutMs: 30 })).resolves.toMatchObject({ text: 'late' });
  });

  it('has a connection of its own where it asks for one, whatever the far side would keep', async () => {
    const sockets = new Set<unknown>();
    const heard: unknown[] = [];
    const url = await serve((request, response) => {
      sockets.add(request.socket);
      heard.push(request.headers.connection);
      response.end();
    });
    const { get } = client();
    for (let call = 0; call < 3; call++) await get(url, { connection: 'own', answer: 'head' });
    expect([sockets.size, heard]).toEqual([3, ['close', 'close', 'close']]);
    for (let call = 0; call < 3; call++) await get(url);
    expect(sockets.size).toBe(4);
  });

  it('is answered at the headers where the body does not matter, however long that is', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(202, { 'x-tea': 'yes' });
      response.write('x'.repeat(100_000));
    });
    await expect(client().get(url, { answer: 'head', maxBytes: 10 })).resolves.toMatchObject({
      status: 202,
      text: '',
      headers: { 'x-tea': 'yes' },
    });
  });

  it('gives up after its time, and says that the request was sent', async () => {
    const url = await serve(() => {});
    await expect(client().get(url, { timeoutMs: 1000 })).rejects.toMatchObject({ kind: 'timeout', sent: true });
  });

  it('gives up when the caller does', async () => {
    const url = await serve(() => {});
    const abort = new AbortController();
    const call = client().get(url, { signal: abort.signal });
    abort.abort();
    await expect(call).rejects.toMatchObject({ kind: 'aborted' });
  });

  it('says when nothing was sent', async () => {
    await expect(client().get('http://127.0.0.1:1')).rejects.toMatchObject({ kind: 'connect', sent: false });
  });

  it('calls half a body a broken answer', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    await expect(client().get(url)).rejects.toMatchObject({ kind: 'broken', sent: true });
  });

  it('stops reading an endless answer', async () => {
    const url = await serve((_request, response) => {
      const more = () => void (response.writable && response.write('x'.repeat(10_000), () => setImmediate(more)));
      more();
    });
    await expect(client().get(url, { maxBytes: 50_000 })).rejects.toMatchObject({ kind: 'too_large' });
  });

  it('follows no redirect', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end());
    await expect(client().get(url)).resolves.toMatchObject({ status: 302 });
  });

  it('calls neither http nor a private address in production, by number or by name', async () => {
    await expect(client(false).get('http://example.com')).rejects.toMatchObject({
      kind: 'refused_address',
      sent: false,
    });
    await expect(client(false).get('https://127.0.0.1')).rejects.toMatchObject({ kind: 'refused_address' });
    await expect(client(false).get('https://[::1]')).rejects.toMatchObject({ kind: 'refused_address' });
    await expect(client(false).get('https://localhost')).rejects.toMatchObject({
      kind: 'refused_address',
      sent: false,
    });
  });

  it('logs a label and no address', async () => {
    const url = await serve((_request, response) => response.end());
    const { get, lines } = client();
    await get(`${url}/orders?reference=ABC123`);
    expect(lines).toEqual([{ label: 'test.call', status: 200, ms: expect.any(Number) }]);
  });
});

describe('the address guard', () => {
  it.each([
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '127.0.0.1',
    '0.0.0.0',
    '100.64.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a00:1',
    'not an address',
  ])('refuses %s', (address) => expect(addressAllowed(address, false)).toBe(false));
  it.each(['93.184.216.34', '2606:2800:220:1::1', '172.32.0.1'])('allows %s', (address) =>
    expect(addressAllowed(address, false)).toBe(true),
  );
  it('lets the demo reach loopback and still no private network', () => {
    expect(addressAllowed('127.0.0.1', true)).toBe(true);
    expect(addressAllowed('169.254.169.254', true)).toBe(false);
  });
});

import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { OutboundError, type Outbound, type OutboundRequest, type OutboundResponse } from '../domain/ports/outbound.ts';
import { addressAllowed, guardedLookup } from './address-guard.ts';

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_DRAINED_BYTES = 16 * 1024;

export interface OutboundOptions {
  /** Demo and tests: plain http and loopback addresses are accepted. */
  loopback: boolean;
  /** Hears one line per call; never a URL, a header or a body. */
  log?: (line: { label: string; status?: number; fault?: string; ms: number }) => void;
}

/** The one client for outgoing calls: https only, no private address, no redirect, a limit on time and size, a log without data. */
export function createOutbound(options: OutboundOptions): { call: Outbound; close(): void } {
  const lookup = guardedLookup(options.loopback);
  const kept = agentsOf({ lookup, keepAlive: true, maxSockets: 64 });
  // Not the header "Connection: close" on a kept agent, nor a limit here: the socket would be used again, and the far side closed it.
  const own = agentsOf({ lookup, keepAlive: false });

  const call: Outbound = async (request) => {
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    try {
      const response = await send(request, options.loopback, request.connection === 'own' ? own : kept);
      options.log?.({ label: request.label, status: response.status, ms: ms() });
      return response;
    } catch (error) {
      options.log?.({ label: request.label, fault: error instanceof OutboundError ? error.kind : 'broken', ms: ms() });
      throw error;
    }
  };

  return {
    call,
    close() {
      for (const agents of [kept, own]) {
        agents['https:'].destroy();
        agents['http:'].destroy();
      }
    },
  };
}

type Agents = { 'https:': https.Agent; 'http:': http.Agent };

const agentsOf = (options: https.AgentOptions): Agents => ({
  'https:': new https.Agent(options),
  'http:': new http.Agent(options),
});

function send(request: OutboundRequest, loopback: boolean, agents: Agents): Promise<OutboundResponse> {
  const url = allowedUrl(request.url, loopback);
  const secure = url.protocol === 'https:';
  const body = request.body === undefined ? undefined : Buffer.from(request.body);
  return new Promise((resolve, reject) => {
    let sent = false;
    const limit = AbortSignal.timeout(request.timeoutMs);
    const signal = request.signal ? AbortSignal.any([limit, request.signal]) : limit;
    const refuse = () =>
      outgoing.destroy(new OutboundError('connect', false, `no connection within ${request.connectTimeoutMs} ms`));
    const connecting =
      request.connectTimeoutMs === undefined ? undefined : setTimeout(refuse, request.connectTimeoutMs);
    const connected = () => {
      sent = true;
      clearTimeout(connecting);
    };
    const fail = (error: unknown) => {
      clearTimeout(connecting);
      if (error instanceof OutboundError) return reject(error);
      if (limit.aborted) return reject(new OutboundError('timeout', sent, `no answer within ${request.timeoutMs} ms`));
      if (signal.aborted) return reject(new OutboundError('aborted', sent, 'the caller gave up'));
      reject(new OutboundError(sent ? 'broken' : 'connect', sent, 'the connection failed', { cause: error }));
    };
    const outgoing = (secure ? https : http).request(url, {
      method: request.method,
      headers: { ...request.headers, ...(body && { 'content-length': body.byteLength }) },
      agent: secure ? agents['https:'] : agents['http:'],
      signal,
    });
    outgoing.on('socket', (socket) => {
      if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected);
      else connected();
    });
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      if (request.answer === 'head') {
        drain(incoming);
        return resolve({ status: incoming.statusCode ?? 0, headers: flat(incoming.headers), text: '' });
      }
      void collect(incoming, request.maxBytes ?? MAX_BYTES).then(
        (body) =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: flat(incoming.headers),
            ...(request.answer === 'bytes' ? { text: '', bytes: body } : { text: body.toString('utf8') }),
          }),
        fail,
      );
    });
    outgoing.end(body);
  });
}

function allowedUrl(text: string, loopback: boolean): URL {
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:')) {
    throw new OutboundError('refused_address', false, 'only https is called');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is never resolved, so the guarded resolver would not see it.
  if (isIP(host) && !addressAllowed(host, loopback))
    throw new OutboundError('refused_address', false, 'a private address');
  return url;
}

/** Lets the far side finish its answer, within reason and the call's time: cut off, it would log an error of its own. */
function drain(incoming: http.IncomingMessage): void {
  let bytes = 0;
  incoming.on('error', () => {});
  incoming.on('data', (part: Buffer) => {
    bytes += part.byteLength;
    if (bytes > MAX_DRAINED_BYTES) incoming.destroy();
  });
}

async function collect(incoming: http.IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > maxBytes) {
      incoming.destroy();
      throw new OutboundError('too_large', true, `the answer is longer than ${maxBytes} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const flat = (headers: http.IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );

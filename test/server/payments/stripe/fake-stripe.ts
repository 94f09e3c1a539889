import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../../server/domain/ports/clock.ts';
import type { PaymentPort } from '../../../../server/domain/ports/payments.ts';
import { createOutbound } from '../../../../server/outbound/http.ts';
import { createStripe } from '../../../../server/payments/stripe/adapter.ts';

/** What the far side does with one request. */
export type Said =
  | { status?: number; body: unknown; headers?: Record<string, string> }
  /** The connection is cut, before or in the midst of the answer; or nothing comes at all. */
  | 'cut'
  | 'half'
  | 'silence';

export interface Heard {
  method: string;
  /** With the query, decoded. */
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, string>;
}

export const SECRET_KEY = 'sk_test_s3cret';
export const NOW = Date.parse('2026-03-09T07:35:00Z');
export const INTENT = 'pi_1';
export const CLIENT_SECRET = 'pi_1_secret_s3cret';

/** A far side on a socket of its own: answers by method and path from a script, the last entry of each for ever. */
export class FakeStripe {
  readonly heard: Heard[] = [];
  readonly logged: string[] = [];
  readonly script = new Map<string, Said[]>();
  readonly clock: Clock = { now: () => NOW, sleep: () => Promise.resolve() };
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));
  private readonly outbound = createOutbound({
    loopback: true,
    log: (line) => void this.logged.push(JSON.stringify(line)),
  });
  port!: PaymentPort;
  base = '';

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/stripe`;
    this.port = this.adapter();
  }

  adapter(more: { baseUrl?: string; webhookSecrets?: string[] } = {}): PaymentPort {
    const log = (fields: object, message: string) => void this.logged.push(JSON.stringify({ ...fields, message }));
    return createStripe({
      outbound: this.outbound.call,
      clock: this.clock,
      log: { info: log, warn: log, error: log },
      settings: { secretKey: SECRET_KEY, webhookSecrets: ['whsec_s3cret'], mode: 'test', baseUrl: this.base, ...more },
    });
  }

  /** `POST /v1/payment_intents`: what is said to it, in turn. */
  on(call: string, ...said: Said[]): void {
    this.script.set(call, said);
  }

  async stop(): Promise<void> {
    this.outbound.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += String(part);
    const url = new URL(request.url ?? '', 'http://stripe');
    const call = `${request.method} ${url.pathname.replace(/^\/stripe/, '')}`;
    this.heard.push({
      method: request.method ?? '',
      path: decodeURIComponent(url.pathname + url.search),
      headers: request.headers,
      body: Object.fromEntries(new URLSearchParams(text)),
    });
    const script = this.script.get(call) ?? [];
    const said = script.length > 1 ? script.shift() : script[0];
    if (said === 'silence') return;
    if (said === 'cut') return void request.socket.destroy();
    if (said === 'half') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"id"', () => request.socket.destroy());
      return;
    }
    const {
      status = 200,
      body,
      headers,
    } = said ?? refusal(404, { type: 'invalid_request_error', message: 'Unrecognized request URL' });
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }
}

/** An error as Stripe words it; messages quote what they should not. */
export const refusal = (status: number, error: object, headers: Record<string, string> = {}) => ({
  status,
  body: { error: { message: `quotes ${SECRET_KEY} and ${CLIENT_SECRET}`, ...error } },
  headers,
});

export const unexpectedState = refusal(400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state' });

export const intent = (more: object = {}) => ({
  id: INTENT,
  object: 'payment_intent',
  amount: 5000,
  amount_capturable: 0,
  amount_received: 0,
  capture_method: 'manual',
  client_secret: CLIENT_SECRET,
  currency: 'eur',
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  metadata: { transaction_id: 'txn_1', payment_id: 'pay_1' },
  next_action: null,
  payment_method_types: ['card'],
  status: 'requires_payment_method',
  ...more,
});

export const charge = (more: object = {}) => ({
  id: 'ch_1',
  object: 'charge',
  amount: 5000,
  currency: 'eur',
  disputed: false,
  payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
  ...more,
});

export const refundObject = (more: object = {}) => ({
  id: 're_1',
  object: 'refund',
  amount: 2000,
  currency: 'eur',
  payment_intent: INTENT,
  metadata: { payment_id: 'pay_1', refund_id: 'ref_1' },
  status: 'succeeded',
  ...more,
});

export const dispute = (more: object = {}) => ({
  id: 'dp_1',
  object: 'dispute',
  amount: 5000,
  currency: 'eur',
  charge: 'ch_1',
  payment_intent: INTENT,
  evidence_details: { due_by: Date.parse('2026-04-01T00:00:00Z') / 1000 },
  metadata: {},
  status: 'needs_response',
  ...more,
});

export const list = (...data: object[]) => ({ object: 'list', data, has_more: false, url: '/v1/list' });

export const declinedIntent = intent({
  last_payment_error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
});

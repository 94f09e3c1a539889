import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import Stripe from 'stripe';
import { stripeDemoCredentials } from '../../../../demo/sandboxes/payments/stripe.ts';
import type { StripePayment } from '../../../../demo/sandboxes/payments/stripe.ts';
import { createSandboxes, type Sandboxes } from '../../../../demo/sandboxes/sandboxes.ts';

export const START = Date.parse('2027-02-07T10:00:00Z');

/** A callback as the partner's endpoint hears it. */
export interface Heard {
  path: string;
  signature: string;
  body: string;
  event: Stripe.Event;
}

/** Sandboxes on a port of their own, Stripe's official SDK pointed at them, and an endpoint that hears callbacks. */
export class StripeStand {
  time = START;
  readonly waited: number[] = [];
  readonly heard: Heard[] = [];
  /** What the endpoint answers next; 200 when empty. */
  readonly answers: number[] = [];
  /** Answers of the endpoint wait for it. */
  hold: Promise<void> | undefined;
  readonly sandboxes: Sandboxes;
  url = '';
  stripe!: Stripe;
  private waiting: (() => Promise<void>) | undefined;
  private readonly servers: Server[] = [];
  private readonly verifier = new Stripe(stripeDemoCredentials.secretKey);

  private constructor(private readonly endpoint: Server) {
    this.sandboxes = createSandboxes({
      now: () => this.time,
      wait: async (milliseconds) => {
        this.waited.push(milliseconds);
        await this.waiting?.();
      },
      stripeCallbackUrl: () => `${origin(endpoint)}/callbacks/stripe/skyline`,
    });
  }

  static async start(): Promise<StripeStand> {
    const endpoint = createServer();
    await listen(endpoint);
    const stand = new StripeStand(endpoint);
    endpoint.on('request', (request, response) => void stand.hear(request, response));
    const answer = getRequestListener(stand.sandboxes.app.fetch);
    const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
    await listen(server);
    stand.servers.push(server, endpoint);
    stand.url = origin(server);
    stand.stripe = stand.client();
    return stand;
  }

  /** The SDK as a server would make it; never retries unless told. */
  client(config: Partial<ConstructorParameters<typeof Stripe>[1]> = {}, key: string = stripeDemoCredentials.secretKey) {
    const { hostname, port } = new URL(this.url);
    return new Stripe(key, {
      host: hostname,
      port,
      protocol: 'http',
      telemetry: false,
      maxNetworkRetries: 0,
      ...config,
    });
  }

  async close(): Promise<void> {
    await this.sandboxes.close();
    await Promise.all(
      this.servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      ),
    );
  }

  /** An open payment of 42 euros, held until it is captured. */
  open(more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.Response<Stripe.PaymentIntent>> {
    return this.stripe.paymentIntents.create({
      amount: 4200,
      currency: 'eur',
      capture_method: 'manual',
      allowed_payment_method_types: ['card'],
      metadata: { transaction: 'dc_1' },
      ...more,
    });
  }

  /** An open payment that a card has been held for. */
  async held(card = 'pm_card_visa', more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
    const { id } = await this.open(more);
    return this.stripe.paymentIntents.confirm(id, { payment_method: card });
  }

  /** As the vendor's field in a browser pays: publishable key, client secret, card. */
  async payAsBrowser(
    intent: Pick<Stripe.PaymentIntent, 'id' | 'client_secret'>,
    number: string,
    more: Record<string, string> = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    return this.post(`/stripe/v1/payment_intents/${intent.id}/confirm`, {
      key: stripeDemoCredentials.publishableKey,
      client_secret: intent.client_secret!,
      'payment_method_data[type]': 'card',
      'payment_method_data[card][number]': number,
      'payment_method_data[card][exp_month]': '12',
      'payment_method_data[card][exp_year]': '34',
      'payment_method_data[card][cvc]': '123',
      ...more,
    });
  }

  async post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
    const response = await fetch(this.url + path, { method: 'POST', headers, body: new URLSearchParams(form) });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, unknown>,
    };
  }

  async faults(...list: { call: string; fault: string; times?: number }[]): Promise<void> {
    const body = JSON.stringify(list.map((one) => ({ vendor: 'stripe', ...one })));
    const answer = await fetch(`${this.url}/faults`, { method: 'PUT', body });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** How the next waits pass; at once when undefined. */
  waitsFor(wait: (() => Promise<void>) | undefined): void {
    this.waiting = wait;
  }

  async payments(): Promise<StripePayment[]> {
    return (await fetch(`${this.url}/payments/stripe/payments`)).json() as Promise<StripePayment[]>;
  }

  /** Types of the callbacks that were heard, once all are through. */
  async told(): Promise<string[]> {
    await this.sandboxes.settled();
    return this.heard.map(({ event }) => event.type);
  }

  /** As a receiver checks it. @throws when the signature does not fit */
  verify({ body, signature }: Heard): Stripe.Event {
    const { signingSecret } = stripeDemoCredentials;
    return this.verifier.webhooks.constructEvent(body, signature, signingSecret, 300, undefined, this.time);
  }

  private async hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const signature = String(request.headers['stripe-signature']);
    this.heard.push({ path: request.url!, signature, body, event: JSON.parse(body) as Stripe.Event });
    await this.hold;
    response.writeHead(this.answers.shift() ?? 200).end();
  }
}

const listen = (server: Server): Promise<void> =>
  new Promise((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));

const origin = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

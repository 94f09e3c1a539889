import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext, type FrameLocator, type Page } from '@playwright/test';
import type { PaymentIntent, StripeError } from '@stripe/stripe-js';
import { chromiumLaunch } from '../../../support/chromium.js';
import { StripeStand } from './stand.ts';

export type Result = { paymentIntent?: PaymentIntent; error?: StripeError };

/** What the page's script leaves on `window`. */
interface Left {
  Stripe(key: string): unknown;
  stripe: { confirmPayment(options: object): Promise<Result>; retrievePaymentIntent(secret: string): Promise<Result> };
  elements: { submit(): Promise<Result>; update(options: object): void };
  element: { mount(where: Element): void; unmount(): void; destroy(): void };
  events: { name: string; [more: string]: unknown }[];
  results: Result[];
}

/** A partner's page under a strict policy on one origin, the sandboxes on another, and a browser to look at them. */
export class BrowserStand {
  private contexts: BrowserContext[] = [];

  private constructor(
    readonly stand: StripeStand,
    private readonly browser: Browser,
    private readonly site: Server,
  ) {
    site.on('request', (_request, response) => {
      const { url } = stand;
      const policy = [
        `default-src 'none'`,
        `script-src ${url}`,
        `frame-src ${url}`,
        `connect-src ${url}`,
        `require-trusted-types-for 'script'`,
      ];
      response
        .writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy.join('; ') })
        .end(
          `<!doctype html><html lang="en"><head><title>Trip</title><script src="${url}/stripe/stripe.js"></script></head>` +
            `<body><main><h1>Pay</h1><div id="field"></div><button id="pay">Pay</button></main></body></html>`,
        );
    });
  }

  static async start(): Promise<BrowserStand> {
    const site = createServer();
    const [stand, browser] = await Promise.all([
      StripeStand.start(),
      chromiumLaunch().then((options) => chromium.launch(options)),
      new Promise<void>((resolve) => void site.listen(0, '127.0.0.1', () => resolve())),
    ]);
    // The field looks at the browser's clock, the sandbox at its own.
    stand.time = Date.now();
    return new BrowserStand(stand, browser, site);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.site.close();
    this.site.closeAllConnections();
    await this.stand.close();
  }

  async reset(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
    await fetch(`${this.stand.url}/reset`, { method: 'POST' });
    this.stand.heard.length = 0;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.site.address() as AddressInfo).port}`;
  }

  async visit(): Promise<CardPage> {
    const context = await this.browser.newContext();
    this.contexts.push(context);
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(this.origin);
    return new CardPage(page, faults);
  }
}

export class CardPage {
  constructor(
    readonly page: Page,
    /** Errors that nobody caught, and what the console says of broken policies. */
    readonly faults: string[],
  ) {}

  get field(): FrameLocator {
    return this.page.frameLocator('#field iframe');
  }

  get bank(): FrameLocator {
    return this.page.frameLocator('[role=dialog] iframe');
  }

  /** Mounts the field as the panel does, and waits until it is ready. */
  async mount(clientSecret: string, appearance: object = {}): Promise<void> {
    await this.page.evaluate(
      ([clientSecret, appearance]) => {
        const left = window as unknown as Left;
        left.events = [];
        left.results = [];
        left.stripe = left.Stripe('pk_test_demo_skyline') as Left['stripe'];
        const stripe = left.stripe as unknown as { elements(options: object): Left['elements'] };
        left.elements = stripe.elements({ clientSecret, appearance, locale: 'en' });
        const elements = left.elements as unknown as { create(type: string): Left['element'] };
        left.element = elements.create('payment');
        const element = left.element as unknown as { on(name: string, listener: (event: object) => void): void };
        for (const name of ['ready', 'change', 'loaderror']) {
          element.on(name, (event) => left.events.push({ ...event, name }));
        }
        left.element.mount(document.getElementById('field')!);
        document.getElementById('pay')!.addEventListener('click', () => {
          void left.stripe
            .confirmPayment({ elements: left.elements, redirect: 'if_required' })
            .then((result) => left.results.push(result));
        });
      },
      [clientSecret, appearance] as const,
    );
    await this.page.waitForFunction(() =>
      (window as unknown as Left).events.some(({ name }) => name === 'ready' || name === 'loaderror'),
    );
  }

  async type(number: string, expiry = '1234', cvc = '123'): Promise<void> {
    await this.field.getByLabel('Card number').fill('');
    await this.field.getByLabel('Card number').pressSequentially(number);
    await this.field.getByLabel('Expiration date').fill('');
    await this.field.getByLabel('Expiration date').pressSequentially(expiry);
    await this.field.getByLabel('Security code').fill(cvc);
  }

  pay(): Promise<void> {
    return this.page.getByRole('button', { name: 'Pay' }).click();
  }

  /** What the n-th press of Pay came to. */
  async result(times = 1): Promise<Result> {
    await this.page.waitForFunction((n) => (window as unknown as Left).results.length === n, times);
    return this.page.evaluate(() => (window as unknown as Left).results.at(-1)!);
  }

  events(): Promise<Left['events']> {
    return this.page.evaluate(() => (window as unknown as Left).events);
  }

  /** Runs in the page with what its script left there. */
  run<T>(act: (left: Left) => T | Promise<T>): Promise<T> {
    return this.page.evaluate(`(${act.toString()})(window)`);
  }
}

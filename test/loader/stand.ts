import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { build, loadConfigFromFile, type Rolldown } from 'vite';
import { chromiumLaunch } from '../support/chromium.js';

const root = join(import.meta.dirname, '../..');
const PANEL = 'assets/panel-test.js';

/** The loader as `vite.config.ts` builds it, but for the name of the panel's file, which is the stand's own. */
export async function buildLoader(): Promise<string> {
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, join(root, 'vite.config.ts'));
  const { build: common, environments } = loaded!.config;
  const output = (await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    define: { __PANEL_PATH__: JSON.stringify(PANEL) },
    build: { ...common, ...environments!['loader']!.build, write: false },
  })) as Rolldown.RolldownOutput;
  return output.output[0].code;
}

/** The panel's module as the loader sees it: says what it was mounted with. `say` is what the panel tells the page. */
const panelModule = `
export async function mount(host, settings) {
  const { opening, ...rest } = settings;
  const panel = document.createElement('p');
  panel.className = 'panel';
  panel.textContent = settings.recordLocator;
  host.append(panel);
  const answer = await (await opening).json();
  (window.mounted ??= []).push({ ...rest, answer });
  const [type, detail] = answer.success ? ['ready', {}] : ['error', { code: answer.code, detail: answer.detail }];
  panel.dispatchEvent(new CustomEvent('departcart:' + type, { bubbles: true, composed: true, detail }));
}`;

export interface PageOptions {
  /** What stands in the page's head and body; `LOADER` is the loader's address. */
  head?: string;
  body?: string;
  headers?: Record<string, string>;
  /** The page's query and fragment. */
  at?: string;
  /** Time stands still but for `page.clock`. */
  clock?: boolean;
  /** Runs before the page's own scripts. */
  before?: string;
}

/** A partner's page and DepartCart on two origins, and a browser to look at them. */
export class Stand {
  /** Bodies of the opening calls, in order. */
  readonly opened: { body: Record<string, unknown>; headers: IncomingMessage['headers'] }[] = [];
  /** Every path that was asked of DepartCart. */
  readonly asked: string[] = [];
  openAnswer: { status: number; body: object } = { status: 200, body: { success: true } };
  /** How many requests for the panel's file fail before one is answered. */
  panelFails = 0;
  /** Answers to the panel's file wait for it. */
  panelWait: Promise<void> | undefined;

  private html = '';
  private headers: Record<string, string> = {};
  private contexts: BrowserContext[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly servers: [Server, Server],
    private readonly loader: string,
  ) {
    servers[0].on('request', (_request, response: ServerResponse) => {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...this.headers }).end(this.html);
    });
    servers[1].on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void this.answer(request, response),
    );
  }

  static async start(): Promise<Stand> {
    const [loader, browser, ...servers] = await Promise.all([
      buildLoader(),
      chromiumLaunch().then((options) => chromium.launch(options)),
      listen(),
      listen(),
    ]);
    return new Stand(browser, servers, loader);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    for (const server of this.servers) server.close();
  }

  /** Back to the start, and the last test's pages closed. */
  async reset(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
    this.opened.length = this.asked.length = 0;
    this.openAnswer = { status: 200, body: { success: true } };
    this.panelFails = 0;
    this.panelWait = undefined;
  }

  get api(): string {
    return origin(this.servers[1]);
  }

  async visit(options: PageOptions = {}): Promise<PartnerPage> {
    const fill = (text = '') => text.replaceAll('LOADER', `${this.api}/loader.js`);
    this.html = `<!doctype html><html lang="en"><head><title>Trip</title>${fill(options.head)}</head><body>${fill(options.body)}</body></html>`;
    this.headers = options.headers ?? {};
    const context = await this.browser.newContext();
    this.contexts.push(context);
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.addInitScript(() => {
      document.addEventListener('departcart:error', (event) => {
        ((window as unknown as { codes: string[] }).codes ??= []).push((event as CustomEvent).detail.code);
      });
    });
    if (options.before) await page.addInitScript(options.before);
    if (options.clock) await page.clock.install();
    await page.goto(`${origin(this.servers[0])}/trip${options.at ?? ''}`);
    return new PartnerPage(page, said, faults);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.asked.push(`${request.method} ${request.url}`);
    const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/javascript' };
    if (request.url === '/api/panel/open') {
      let text = '';
      for await (const chunk of request) text += chunk;
      this.opened.push({ body: JSON.parse(text) as Record<string, unknown>, headers: request.headers });
      response.writeHead(this.openAnswer.status, { ...headers, 'Content-Type': 'application/json' });
      response.end(JSON.stringify(this.openAnswer.body));
    } else if (request.url!.endsWith(`/${PANEL}`)) {
      await this.panelWait;
      if (this.panelFails-- > 0) response.writeHead(503).end();
      else response.writeHead(200, headers).end(panelModule);
    } else if (request.url!.endsWith('loader.js')) response.writeHead(200, headers).end(this.loader);
    else response.writeHead(404).end();
  }
}

export class PartnerPage {
  constructor(
    readonly page: Page,
    /** What the console says. */
    readonly said: string[],
    /** Errors that nobody caught. */
    readonly faults: string[],
  ) {}

  /** Until the loader has taken over the queue. */
  async loaded(): Promise<void> {
    await this.page.waitForFunction(() =>
      Object.hasOwn((window as unknown as { departcart?: object }).departcart ?? {}, 'push'),
    );
  }

  /** What the panel was mounted with, once it was `times` often. */
  async mounted(times = 1): Promise<Record<string, unknown>[]> {
    await this.page.waitForFunction((n) => (window as unknown as { mounted?: [] }).mounted?.length === n, times);
    return this.read('mounted');
  }

  /** Codes of `departcart:error`, once there is one. */
  async codes(): Promise<string[]> {
    await this.page.waitForFunction(() => 'codes' in window);
    return this.read('codes');
  }

  push(...entries: object[]): Promise<void> {
    return this.page.evaluate((all) => {
      (window as unknown as { departcart: object[] }).departcart.push(...all);
    }, entries);
  }

  read<T>(name: string): Promise<T> {
    return this.page.evaluate((key) => (window as unknown as Record<string, T>)[key]!, name);
  }

  panels(): Promise<number> {
    return this.page.locator('.panel').count();
  }
}

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
}

const origin = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

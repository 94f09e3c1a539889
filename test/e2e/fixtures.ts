import { expect, test as base, type Locator, type Page } from '@playwright/test';
import type { Demo, DemoOptions } from '../../demo/start.ts';

export { expect };

/** What the built demo exports; the types come from its source. */
type BuiltDemo = { runDemo(options: DemoOptions): Promise<Demo> };
const builtDemo = '../../dist/server/demo.js';

/** A clock that a test moves on; sleeps are real, so that a page has time to be looked at. */
export class MovableClock {
  ahead = 0;
  now(): number {
    return Date.now() + this.ahead;
  }
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
}

export interface Fixtures {
  clock: MovableClock;
  demo: Demo & {
    /** The next calls of that name meet this fault; faults set before are over. */
    fault(fault: string, call?: string, times?: number, vendor?: 'amadeus' | 'stripe'): Promise<void>;
    /** Somebody else takes a seat on the first flight of ABC123. */
    take(designator: string): Promise<void>;
  };
  /** The airline's confirmation page with the panel on it. */
  trip: Trip;
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  clock: async ({}, use) => use(new MovableClock()),
  demo: async ({ clock }, use) => {
    const { runDemo } = (await import(builtDemo)) as BuiltDemo;
    const demo = await runDemo({ port: 0, logLevel: 'silent', clock });
    const tell = async (method: string, path: string, wish: unknown) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${demo.sandboxes}${path}`, { method, headers, body: JSON.stringify(wish) });
      if (!answer.ok) throw new Error(`the sandboxes refuse ${path}: ${await answer.text()}`);
    };
    await use({
      ...demo,
      fault: (fault, call = '*', times = 1, vendor = 'amadeus') =>
        tell('PUT', '/faults', [{ vendor, call, fault, times }]),
      take: (designator) => tell('POST', '/gds/amadeus/take', { pnr: 'ABC123', designator }),
    });
    await demo.close();
  },
  trip: async ({ page, demo }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await use(new Trip(page, demo.site));
    expect(errors, 'errors thrown on the page').toEqual([]);
  },
});

/** The panel as a traveller meets it: by roles and names, never by class. */
export class Trip {
  readonly panel: Locator;
  constructor(
    readonly page: Page,
    readonly site: string,
  ) {
    this.panel = page.locator('departcart-seat-panel');
  }

  async open(pnr = 'ABC123', name = 'SMITH', more = ''): Promise<void> {
    await this.page.goto(`${this.site}/confirmation?pnr=${pnr}&name=${name}${more}`);
  }

  /** Opens and waits for the map. */
  async see(pnr = 'ABC123', name = 'SMITH', more = ''): Promise<void> {
    await this.open(pnr, name, more);
    await expect(this.grid.first()).toBeVisible();
  }

  get grid(): Locator {
    return this.panel.getByRole('grid');
  }

  traveller(name: string): Locator {
    return this.panel.getByRole('radio', { name: new RegExp(`^${name}`) });
  }

  flight(to: string): Locator {
    return this.panel.getByRole('tab', { name: new RegExp(to) });
  }

  /** A free seat of no exit row, by its place among them. */
  freeSeat(nth = 0): Locator {
    return this.panel.getByRole('gridcell', { name: /^(?!.*exit row).*, available$/ }).nth(nth);
  }

  seat(designator: string): Locator {
    return this.panel.getByRole('gridcell', { name: new RegExp(`^${designator},`) });
  }

  heading(name: string): Locator {
    return this.panel.getByRole('heading', { name });
  }

  get said(): Locator {
    return this.panel.getByRole('status');
  }
}

/** "12A" of "12A, window, €12, available". */
export const designatorOf = async (seat: Locator): Promise<string> =>
  ((await seat.getAttribute('aria-label')) ?? '').split(',')[0]!;

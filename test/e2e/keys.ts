import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

const MOST_TABS = 60;

/** The panel as somebody meets it who has a keyboard and nothing else. */
export class Keys {
  /** From the first focus in the panel; what is typed into the card's fields apart. */
  presses = 0;
  #counting = false;

  constructor(readonly page: Page) {}

  async press(key: string): Promise<void> {
    if (this.#counting) this.presses += 1;
    await this.page.keyboard.press(key);
  }

  /** What has the focus, as "role name": in the page, in a shadow root, or in the card's frame ("field number"). */
  async focused(): Promise<string> {
    const here = await this.page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      const inPanel = !!document.activeElement?.closest('departcart-seat-panel');
      const role = element?.getAttribute('role') ?? element?.localName ?? '';
      return { inPanel, name: `${role} ${element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? ''}` };
    });
    if (here.inPanel) this.#counting = true;
    if (!here.name.startsWith('iframe')) return here.name;
    const frame = this.page.frames().find((one) => one.url().includes('/stripe/field'));
    return `field ${await frame!.evaluate(() => document.activeElement?.id ?? '')}`;
  }

  async tabTo(what: RegExp): Promise<void> {
    await this.#walk('Tab', what);
  }

  async backTo(what: RegExp): Promise<void> {
    await this.#walk('Shift+Tab', what);
  }

  async #walk(key: string, what: RegExp): Promise<void> {
    for (let tries = 0; tries < MOST_TABS; tries++) {
      if (what.test(await this.focused())) return;
      await this.press(key);
    }
    throw new Error(`${key} never came to ${what}; it is at ${await this.focused()}`);
  }

  /** Walks over the map, down one column after the other, to the first seat of that kind, and chooses it. Answers its designator. */
  async choose(kind: RegExp): Promise<string> {
    await this.tabTo(/^gridcell /);
    await this.press('Control+Home');
    for (let column = 0; !kind.test(await this.focused());) {
      const before = await this.focused();
      await this.press('ArrowDown');
      if ((await this.focused()) !== before) continue;
      if (++column > 5) throw new Error(`no seat like ${kind} on this map`);
      await this.press('Control+Home');
      for (let right = 0; right < column; right++) await this.press('ArrowRight');
    }
    const [, designator] = /^gridcell (\w+),/.exec(await this.focused())!;
    await this.press('Enter');
    await expect.poll(() => this.focused()).toMatch(new RegExp(`^gridcell ${designator},.*chosen for`));
    return designator!;
  }

  async enterCard(number: string): Promise<void> {
    const { keyboard } = this.page;
    // It can be pressed once the field is there.
    await expect(this.page.getByRole('button', { name: /^Pay / })).toBeEnabled();
    await this.tabTo(/^field number/);
    await keyboard.type(number);
    await this.tabTo(/^field expiry/);
    await keyboard.type('1234');
    await this.tabTo(/^field cvc/);
    await keyboard.type('123');
  }
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrowserStand } from './browser-stand.ts';

let browser: BrowserStand;
beforeAll(async () => {
  browser = await BrowserStand.start();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(() => browser.reset());

/** A page with the field for a new payment of 42 euros. */
async function open(appearance: object = {}) {
  const intent = await browser.stand.open();
  const card = await browser.visit();
  await card.mount(intent.client_secret!, appearance);
  return { intent, card };
}

describe('the card field', () => {
  it('pays under a strict policy, and tells the page nothing of the card', async () => {
    const { intent, card } = await open();
    await card.page.evaluate(() => {
      const said: string[] = ((window as unknown as { said: string[] }).said = []);
      window.addEventListener('message', (event) => said.push(JSON.stringify(event.data)));
    });
    await card.type('4242424242424242');
    await card.pay();
    const { paymentIntent, error } = await card.result();
    expect(error).toBeUndefined();
    expect(paymentIntent).toMatchObject({ id: intent.id, status: 'requires_capture' });
    expect(await browser.stand.payments()).toMatchObject([{ held: 4200, card: { brand: 'visa', last4: '4242' } }]);
    expect(await card.page.evaluate(() => (window as unknown as { said: string[] }).said.join())).not.toContain('4242');
    expect(card.faults).toEqual([]);
  });

  it('says what it is: labels, autofill, keyboard', async () => {
    const { card } = await open();
    const names = await card.field
      .locator('input')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).autocomplete));
    expect(names).toEqual(['cc-number', 'cc-exp', 'cc-csc']);
    await card.field.getByLabel('Card number').focus();
    await card.page.keyboard.type('5555555555554444');
    await card.page.keyboard.press('Tab');
    await card.page.keyboard.type('734');
    await card.page.keyboard.press('Tab');
    await card.page.keyboard.type('123');
    expect(await card.field.getByLabel('Card number').inputValue()).toBe('5555 5555 5555 4444');
    expect(await card.field.locator('#brand').textContent()).toBe('Mastercard');
    expect(await card.field.getByLabel('Expiration date').inputValue()).toBe('07 / 34');
    await card.page.keyboard.press('Tab');
    await card.page.keyboard.press('Enter');
    expect((await card.result()).paymentIntent?.status).toBe('requires_capture');
  });

  it('keeps the caret while a digit in the middle is put right', async () => {
    const { card } = await open();
    const number = card.field.getByLabel('Card number');
    await number.pressSequentially('424242424242424');
    await number.evaluate((input) => (input as HTMLInputElement).setSelectionRange(4, 4));
    await number.pressSequentially('9');
    expect(await number.inputValue()).toBe('4242 9424 2424 2424');
    expect(await number.evaluate((input) => (input as HTMLInputElement).selectionStart)).toBe(6);
  });

  it('tells when it is filled in', async () => {
    const { card } = await open();
    await card.type('4242424242424242');
    const changes = async () => (await card.events()).filter(({ name }) => name === 'change');
    // The frame posts them to the page, which hears them later than the frame the keys.
    await expect
      .poll(async () => (await changes()).map(({ empty, complete }) => [empty, complete]))
      .toEqual([
        [false, false],
        [false, true],
      ]);
    expect((await changes())[0]).toMatchObject({ elementType: 'payment', value: { type: 'card' } });
  });

  it('names what is missing or wrong, goes there and sends nothing', async () => {
    const { card } = await open();
    await card.pay();
    expect((await card.result()).error).toMatchObject({ type: 'validation_error', code: 'incomplete_number' });
    await card.field.locator('#number:focus').waitFor();
    expect(await card.field.locator('#number-error').textContent()).toBe('Your card number is incomplete.');
    await card.type('4242424242424241', '1220');
    await card.pay();
    expect((await card.result(2)).error).toMatchObject({ code: 'invalid_number' });
    expect(await card.field.locator('#number').getAttribute('aria-invalid')).toBe('true');
    expect(await card.field.locator('#expiry-error').textContent()).toContain('in the past');
    expect(await browser.stand.payments()).toMatchObject([{ tries: 0 }]);
  });

  it('is usable again after a decline', async () => {
    const { card } = await open();
    await card.type('4000000000009995');
    await card.pay();
    const { error } = await card.result();
    expect(error).toMatchObject({
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    });
    await card.type('4242424242424242');
    await card.pay();
    expect((await card.result(2)).paymentIntent?.status).toBe('requires_capture');
    expect(await browser.stand.payments()).toMatchObject([{ tries: 2, held: 4200 }]);
  });

  it.each([
    ['lost_after', 'api_connection_error', 4200],
    ['html', 'api_error', 0],
  ])('says that the answer was lost (%s)', async (fault, type, held) => {
    const { card } = await open();
    await card.type('4242424242424242');
    await browser.stand.faults({ call: 'confirm', fault, times: fault === 'lost_after' ? 20 : 1 });
    // (a browser sends a request again when its connection is cut)
    await card.pay();
    expect((await card.result()).error?.type).toBe(type);
    expect(await browser.stand.payments()).toMatchObject([{ held, tries: held > 0 ? 1 : 0 }]);
  });

  it('is dressed by the appearance option, also later', async () => {
    const { card } = await open({
      variables: { colorText: '#102030', borderRadius: '9px', fontSizeBase: '18px' },
      rules: { '.Input': { borderWidth: '3px' }, 'body { display: none } .x': { color: 'red' } },
    });
    const look = () =>
      card.field.getByLabel('Card number').evaluate((input) => {
        const { color, borderRadius, borderTopWidth, fontSize } = getComputedStyle(input);
        return [color, borderRadius, borderTopWidth, fontSize];
      });
    expect(await look()).toEqual(['rgb(16, 32, 48)', '9px', '3px', '18px']);
    await card.run(({ elements }) => elements.update({ appearance: { variables: { colorText: '#ff0000' } } }));
    await card.field.locator('body').evaluate(() => new Promise(requestAnimationFrame));
    expect((await look())[0]).toBe('rgb(255, 0, 0)');
  });

  it('is as high as what it holds', async () => {
    const { card } = await open();
    const heights = () =>
      Promise.all([
        card.page.locator('#field iframe').evaluate((frame) => frame.clientHeight),
        card.field.locator('html').evaluate((root) => root.scrollHeight),
      ]);
    const [before, inside] = await heights();
    expect(before).toBe(inside);
    await card.pay();
    await card.result();
    await expect.poll(async () => (await heights())[0]).toBeGreaterThan(before);
  });

  it('stands in the light of the document only', async () => {
    const { card } = await open();
    const messages = await card.run(({ element }) => {
      const host = document.body.appendChild(document.createElement('div'));
      const inShadow = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('div'));
      return [inShadow, document.createElement('div')].map((where) => {
        try {
          element.mount(where);
          return '';
        } catch (error) {
          return String(error);
        }
      });
    });
    const expected = 'IntegrationError: Elements cannot be mounted in a ShadowRoot. Please mount in the Light DOM.';
    expect(messages).toEqual([expected, expected]);
  });

  it('can be taken away and put back', async () => {
    const { card } = await open();
    await card.run(({ element }) => element.unmount());
    expect(await card.page.locator('iframe').count()).toBe(0);
    await card.run(({ element, events }) => {
      events.length = 0;
      element.mount(document.getElementById('field')!);
    });
    await expect.poll(() => card.events()).toHaveLength(1);
    await card.type('4242424242424242');
    await card.pay();
    expect((await card.result()).paymentIntent?.status).toBe('requires_capture');
  });
});

describe('the bank’s page', () => {
  async function challenged() {
    const opened = await open();
    await opened.card.type('4000002760003184');
    await opened.card.pay();
    await opened.card.bank.getByRole('heading', { name: 'Is this you?' }).waitFor();
    // Before its script is there it hears no key.
    await opened.card.bank.locator('h1:focus').waitFor();
    return opened;
  }

  it('is a dialog with the focus inside, and goes on when it is approved', async () => {
    const { intent, card } = await challenged();
    expect(await browser.stand.payments()).toMatchObject([{ status: 'requires_action', held: 0 }]);
    expect(await card.page.locator('[role=dialog]').getAttribute('aria-modal')).toBe('true');
    expect(await card.bank.locator('main').textContent()).toContain('€42.00');
    // Once round and back in.
    for (const _ of [1, 2, 3, 4]) await card.page.keyboard.press('Tab');
    expect(await card.page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
    await card.bank.getByRole('button', { name: 'Approve' }).click();
    expect((await card.result()).paymentIntent).toMatchObject({ id: intent.id, status: 'requires_capture' });
    expect(await card.page.locator('[role=dialog]').count()).toBe(0);
    expect(await card.page.evaluate(() => document.activeElement?.id)).toBe('pay');
    expect(await browser.stand.payments()).toMatchObject([{ held: 4200 }]);
    expect(card.faults).toEqual([]);
  });

  it.each([
    ['refused', 'Refuse'],
    ['closed', 'Close'],
    ['closed with Escape', 'Escape'],
  ])('fails the payment when it is %s; another card may follow', async (_what, how) => {
    const { card } = await challenged();
    if (how === 'Escape') await card.page.keyboard.press('Escape');
    else await card.bank.getByRole('button', { name: how }).click();
    expect((await card.result()).error).toMatchObject({
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      payment_intent: { status: 'requires_payment_method' },
    });
    expect(await browser.stand.payments()).toMatchObject([{ status: 'requires_payment_method', held: 0, tries: 0 }]);
    await card.type('4242424242424242');
    await card.pay();
    expect((await card.result(2)).paymentIntent?.status).toBe('requires_capture');
  });

  it('tells a decline that comes after the approval', async () => {
    const { card } = await open();
    await card.type('4000008400001629');
    await card.pay();
    await card.bank.getByRole('button', { name: 'Approve' }).click();
    expect((await card.result()).error).toMatchObject({ type: 'card_error', decline_code: 'generic_decline' });
  });

  it('ends when the payment was let go meanwhile', async () => {
    const { intent, card } = await challenged();
    await browser.stand.stripe.paymentIntents.cancel(intent.id);
    await card.bank.getByRole('button', { name: 'Approve' }).click();
    expect((await card.result()).paymentIntent).toMatchObject({ status: 'canceled' });
  });

  it('waits while its tab is closed', async () => {
    const { intent, card } = await challenged();
    await card.page.close();
    const seen = await browser.stand.stripe.paymentIntents.retrieve(intent.id);
    expect(seen.status).toBe('requires_action');
    const page = await browser.visit();
    await page.mount(intent.client_secret!);
    await page.run((left) => {
      const stripe = left.stripe as unknown as { handleNextAction(options: object): Promise<object> };
      const { clientSecret } = (left.elements as unknown as { secret: { clientSecret: string } }).secret;
      void stripe.handleNextAction({ clientSecret }).then((result) => left.results.push(result));
    });
    await page.bank.getByRole('button', { name: 'Approve' }).click();
    expect((await page.result()).paymentIntent?.status).toBe('requires_capture');
  });

  it('may be framed by pages of this machine only', async () => {
    for (const path of ['/stripe/field', '/stripe/challenge?source=src_x']) {
      const answer = await fetch(browser.stand.url + path);
      expect(answer.headers.get('content-security-policy')).toContain(
        'frame-ancestors http://localhost:* http://127.0.0.1:*',
      );
    }
  });

  it('takes no answer that a form of another page could send', async () => {
    const intent = await browser.stand.held('pm_card_authenticationRequired');
    const { source } = intent.next_action!.use_stripe_sdk as { source: string };
    const ask = (type: string, to: string) =>
      fetch(`${browser.stand.url}/stripe/challenge/${to}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: '{"approved":true}',
      });
    expect((await ask('text/plain', source)).status).toBe(400);
    expect((await ask('application/json', 'src_other')).status).toBe(404);
    expect((await ask('application/json', source)).status).toBe(200);
    expect((await ask('application/json', source)).status).toBe(404);
  });
});

describe('the script', () => {
  it('reads a payment by its secret', async () => {
    const { card } = await open();
    const { paymentIntent } = await card.run(({ stripe, elements }) =>
      stripe.retrievePaymentIntent((elements as unknown as { secret: { clientSecret: string } }).secret.clientSecret),
    );
    expect(paymentIntent).toMatchObject({ status: 'requires_payment_method', amount: 4200 });
    const { error } = await card.run(({ stripe }) => stripe.retrievePaymentIntent('pi_no_secret_no'));
    expect(error).toMatchObject({ code: 'resource_missing' });
  });

  it('is taken by the vendor’s own loader without a word', async () => {
    const { card } = await open();
    const entry = createRequire(import.meta.url).resolve('@stripe/stripe-js/dist/pure.mjs');
    const module = readFileSync(entry, 'utf8');
    const said: string[] = [];
    card.page.on('console', (message) => said.push(message.text()));
    const loader = module.replace(/export \{[^}]*\};?\s*$/, 'return loadStripe;');
    const loaded = await card.page.evaluate(
      `(() => { ${loader} })()('pk_test_demo_skyline').then((stripe) => typeof stripe.confirmPayment)`,
    );
    expect(loaded).toBe('function');
    expect(said).toEqual([]);
  });

  it('has no accessibility faults, in field and bank’s page', async () => {
    const { card } = await open();
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await card.pay();
    await card.result();
    // A frame with a form needs no heading of its own.
    const audit = async (frame: { evaluate(code: string): Promise<unknown> }) => {
      await frame.evaluate(`${axe}; undefined`);
      return frame.evaluate(
        `axe.run({ rules: { 'page-has-heading-one': { enabled: false } } }).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
      );
    };
    expect(await audit(card.page.frames()[1]!)).toEqual([]);
    await card.type('4000002760003184');
    await card.pay();
    await card.bank.getByRole('heading', { name: 'Is this you?' }).waitFor();
    expect(await audit(card.page.frames()[2]!)).toEqual([]);
    expect(await audit(card.page.mainFrame())).toEqual([]);
  });
});

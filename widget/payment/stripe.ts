import type { Appearance, Stripe, StripeElements, StripeError, StripePaymentElement } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';
import type { Clock } from '../state/clock.ts';
import type { PaymentField, Spoken } from '../state/paying-store.ts';
import type { FieldLook } from './field-look.ts';
import { loadScript } from './load-script.ts';

/** Where the package would load it from; a test compares. Never bundled, proxied or pinned: Stripe's terms. */
export const STRIPE_SCRIPT = 'https://js.stripe.com/endive/stripe.js';

export interface StripeSettings {
  publicKey: string;
  /** Another SDK's address, in test mode only. */
  script?: string | undefined;
  locale: string;
  clock: Clock;
  /** A place of its own in the page's light DOM, already in the document: Stripe refuses to stand in a shadow root. */
  place: () => HTMLElement;
  look: () => FieldLook;
  /** Takes the place off the page again. */
  clear: () => void;
}

/**
 * Stripe's Payment Element. It stands on the page before there is a payment ("deferred intent"), so that the traveller can
 * type at once; the payment is opened by the press.
 */
export class StripeField implements PaymentField {
  private sdk: Promise<Stripe> | undefined;
  /** What the field is for, while it is wanted. */
  private sum: { amount: number; currency: string } | undefined;
  private shown: { elements: StripeElements; element: StripePaymentElement; ready: Promise<void> } | undefined;

  constructor(private readonly settings: StripeSettings) {}

  async show(amountMinor: number, currency: string): Promise<void> {
    const sum = (this.sum = { amount: amountMinor, currency: currency.toLowerCase() });
    const stripe = await this.load();
    // Given up meanwhile, or wanted for another sum by a later call.
    if (this.sum !== sum) return;
    if (this.shown) {
      await Promise.all([this.shown.elements.update(sum), this.shown.ready]);
      return;
    }
    const { locale, look, place } = this.settings;
    const elements = stripe.elements({
      mode: 'payment',
      ...sum,
      // As the server opens it: it takes money by its own call only.
      captureMethod: 'manual',
      allowedPaymentMethodTypes: ['card'],
      locale: locale as 'auto',
      appearance: appearanceOf(look()),
    });
    const element = elements.create('payment', {
      layout: 'tabs',
      wallets: { applePay: 'never', googlePay: 'never', link: 'never' },
    });
    element.mount(place());
    const shown = (this.shown = { elements, element, ready: this.ready(element) });
    try {
      await shown.ready;
    } catch (error) {
      // Another one may stand there by now.
      if (this.shown === shown) this.remove();
      throw error;
    }
  }

  async submit(): Promise<string | null> {
    const { error } = (await this.shown?.elements.submit()) ?? {};
    return error ? (error.message ?? '') : null;
  }

  async confirm(data: Record<string, unknown>): Promise<Spoken> {
    if (!this.shown) return { said: 'cancelled' };
    const { elements } = this.shown;
    const stripe = await this.load();
    return spoken(() =>
      stripe.confirmPayment({ elements, clientSecret: String(data['client_secret']), redirect: 'if_required' }),
    );
  }

  async resume(data: Record<string, unknown>): Promise<Spoken> {
    try {
      const stripe = await this.load();
      return await spoken(() => stripe.handleNextAction({ clientSecret: String(data['client_secret']) }));
    } catch {
      return { said: 'cancelled' };
    }
  }

  remove(): void {
    this.shown?.element.destroy();
    this.shown = this.sum = undefined;
    this.settings.clear();
  }

  /** One load for all that need it; a failed one is forgotten, so that the next try loads anew. */
  private load(): Promise<Stripe> {
    this.sdk ??= this.loadSdk().catch((error: unknown) => {
      this.sdk = undefined;
      throw error;
    });
    return this.sdk;
  }

  /**
   * The script element is ours, since the package would set its address as a plain string and without the page's nonce; the
   * package then finds the SDK on the page and takes it.
   */
  private async loadSdk(): Promise<Stripe> {
    const { script, publicKey, clock } = this.settings;
    if (!('Stripe' in window)) await loadScript(script ?? STRIPE_SCRIPT, clock);
    if (!('Stripe' in window)) throw new Error('the script brought no Stripe');
    const stripe = await loadStripe(publicKey);
    if (!stripe) throw new Error('Stripe.js is for browsers');
    return stripe;
  }

  /** On the page; an element that the page's policy keeps out says so, or says nothing. */
  private ready(element: StripePaymentElement): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = () => {
        clock.clearTimeout(timer);
        reject(new Error('the payment element did not load'));
      };
      const { clock } = this.settings;
      const timer = clock.setTimeout(fail, 15_000);
      element.once('ready', () => {
        clock.clearTimeout(timer);
        resolve();
      });
      element.once('loaderror', fail);
    });
  }
}

/** What the SDK ended with. Whether money is held only the server finds out: this is a hint to look. */
async function spoken(say: () => Promise<{ error?: StripeError | undefined }>): Promise<Spoken> {
  try {
    const { error } = await say();
    if (!error) return { said: 'submitted' };
    return { said: 'failed', ...(error.message && { words: error.message }) };
  } catch {
    return { said: 'failed' };
  }
}

function appearanceOf({ primary, surface, text, muted, edge, danger, font, radius }: FieldLook): Appearance {
  return {
    theme: 'stripe',
    labels: 'above',
    variables: {
      colorPrimary: primary,
      colorBackground: surface,
      colorText: text,
      colorTextSecondary: muted,
      colorTextPlaceholder: muted,
      colorDanger: danger,
      fontFamily: font,
      // Phones zoom in on anything smaller.
      fontSizeBase: '16px',
      borderRadius: radius,
      gridRowSpacing: '12px',
      gridColumnSpacing: '12px',
    },
    rules: {
      '.Input': { border: `1px solid ${edge}`, boxShadow: 'none', padding: '12px 13px' },
      '.Input:focus': { border: `1px solid ${primary}`, boxShadow: `0 0 0 1px ${primary}` },
      '.Label': { color: text, fontSize: '12.5px', fontWeight: '500' },
      '.Error': { fontSize: '12.5px' },
    },
  };
}

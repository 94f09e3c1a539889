import type { Spoken } from '../../../widget/state/paying-store.ts';

/**
 * Stands in for Stripe.js on the page, as far as the panel uses it: an element with one box for the card, and a bank that says
 * what a test wants. One per page, since the loader takes what it finds once and for all.
 */
export class FakeStripe {
  /** What the bank says to the next press; a promise: when it is told to. */
  bank: Spoken['said'] | Promise<Spoken['said']> = 'submitted';
  words = 'Your card was declined.';
  /** What is wrong with what was entered. */
  wrong: string | null = null;
  /** Whether the element ever says that it is there. */
  isReady = true;
  options: Record<string, unknown> | undefined;
  readonly confirmed: string[] = [];
  readonly resumed: string[] = [];
  readonly amounts: number[] = [];
  readonly keys: string[] = [];
  mounted = 0;

  static current: FakeStripe | undefined;

  static install(): FakeStripe {
    FakeStripe.current = new FakeStripe();
    Object.assign(window, { Stripe: onPage });
    return FakeStripe.current;
  }

  static remove(): void {
    FakeStripe.current = undefined;
    Reflect.deleteProperty(window, 'Stripe');
  }

  make(key: string) {
    this.keys.push(key);
    return {
      elements: (options: { amount: number }) => this.elements(options),
      confirmPayment: ({ clientSecret }: { clientSecret: string }) => {
        this.confirmed.push(clientSecret);
        return this.say();
      },
      handleNextAction: ({ clientSecret }: { clientSecret: string }) => {
        this.resumed.push(clientSecret);
        return this.say();
      },
    };
  }

  private elements(options: { amount: number }) {
    this.options = options as unknown as Record<string, unknown>;
    this.amounts.push(options.amount);
    return {
      update: ({ amount }: { amount: number }) => void this.amounts.push(amount),
      submit: () => Promise.resolve(this.wrong === null ? {} : { error: { message: this.wrong } }),
      create: () => this.element(),
    };
  }

  private element() {
    const frame = document.createElement('label');
    return {
      mount: (place: HTMLElement) => {
        // As the real one: not in a shadow root, and on the page already.
        if (!place.isConnected || place.getRootNode() !== document) throw new Error('not in the light DOM');
        this.mounted++;
        const card = document.createElement('input');
        card.style.cssText = 'width:100%;min-height:46px;font-size:16px;box-sizing:border-box';
        frame.style.cssText = 'display:block;font:14px sans-serif;color:#1f2937';
        frame.append('Card number', card);
        place.append(frame);
      },
      once: (name: string, run: () => void) => {
        if (name === 'ready' && this.isReady) queueMicrotask(run);
      },
      destroy: () => frame.remove(),
    };
  }

  private async say() {
    const said = await this.bank;
    return said === 'submitted' ? {} : { error: { message: this.words } };
  }
}

const onPage = Object.assign(
  (key: string) => {
    if (!FakeStripe.current) throw new Error('no test has put Stripe on the page');
    return FakeStripe.current.make(key);
  },
  { version: 'endive' },
);

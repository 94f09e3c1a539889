// A stand-in for Stripe.js: the part of its published interface that a page with a Payment Element calls. The card field and the
// bank's page are frames of this script's own origin, and card data never leaves them but for there.
(() => {
  const base = new URL('.', document.currentScript.src);
  const LOAD_TIMEOUT_MS = 10_000;
  /** Room for the field's focus ring, as the vendor's own frame leaves it. */
  const RING_PX = 4;
  const CONNECTION = {
    type: 'api_connection_error',
    message:
      'We are experiencing issues connecting to our payments provider. Please check your internet connection and try again. If the problem persists please contact us.',
  };
  let frames = 0;

  class IntegrationError extends Error {
    name = 'IntegrationError';
  }

  function newFrame(path, title) {
    const frame = document.createElement('iframe');
    const url = new URL(path, base);
    url.searchParams.set('parent', location.origin);
    frame.src = url.href;
    frame.title = title;
    frame.name = `__privateStripeFrame${(frames += 1)}`;
    return frame;
  }

  /** Inline styles win over the page's; a style attribute would need the page's leave. */
  function style(element, styles) {
    for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, 'important');
  }

  /** Calls `heard` with what that frame says, until the answered function is called. */
  function listenTo(frame, heard) {
    const listener = (event) => {
      if (event.source === frame.contentWindow && event.origin === base.origin) heard(event.data);
    };
    window.addEventListener('message', listener);
    return () => window.removeEventListener('message', listener);
  }

  const tell = (frame, message) => frame.contentWindow?.postMessage(message, base.origin);

  function readSecret(clientSecret, where) {
    const id = typeof clientSecret === 'string' && /^(pi_\w+?)_secret_\w+$/.exec(clientSecret)?.[1];
    if (id) return { id, clientSecret };
    throw new IntegrationError(
      `Invalid value for ${where}: clientSecret should be a client secret of the form \${id}_secret_\${secret}.`,
    );
  }

  class PaymentElement {
    #elements;
    #options;
    #frame = null;
    #isReady = false;
    #isDestroyed = false;
    #end = () => {};
    #listeners = new Map();
    #asked = new Map();
    #count = 0;

    constructor(elements, options) {
      this.#elements = elements;
      this.#options = options;
    }

    mount(where) {
      if (this.#isDestroyed) throw new IntegrationError('This Element has already been destroyed. Create a new one.');
      const target = typeof where === 'string' ? document.querySelector(where) : where;
      if (!(target instanceof Element)) {
        throw new IntegrationError(
          `The selector you specified (${where}) applies to no DOM elements that are on the page.`,
        );
      }
      if (target.getRootNode() !== document) {
        throw new IntegrationError('Elements cannot be mounted in a ShadowRoot. Please mount in the Light DOM.');
      }
      this.unmount();
      const frame = newFrame('field', 'Secure payment input frame');
      style(frame, {
        display: 'block',
        border: '0',
        margin: `-${RING_PX}px`,
        width: `calc(100% + ${2 * RING_PX}px)`,
        'min-width': '100%',
        height: '1px',
        'color-scheme': 'light',
      });
      const deaf = listenTo(frame, (message) => this.#hear(message));
      const timer = setTimeout(() => this.#emit('loaderror', { error: CONNECTION }), LOAD_TIMEOUT_MS);
      this.#end = () => {
        deaf();
        clearTimeout(timer);
      };
      this.#frame = frame;
      this.#loaded = () => clearTimeout(timer);
      target.replaceChildren(frame);
      return this;
    }

    unmount() {
      if (!this.#frame) return;
      this.#end();
      this.#frame.remove();
      this.#frame = null;
      this.#isReady = false;
      for (const answer of this.#asked.values()) answer({ error: CONNECTION });
      this.#asked.clear();
    }

    destroy() {
      this.unmount();
      this.#isDestroyed = true;
      this.#listeners.clear();
      this.#elements.forget(this);
    }

    on(name, listener) {
      if (typeof listener !== 'function') throw new IntegrationError('A listener must be a function.');
      this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
      return this;
    }

    once(name, listener) {
      const first = (event) => {
        this.off(name, first);
        listener(event);
      };
      return this.on(name, first);
    }

    off(name, listener) {
      const rest = listener ? (this.#listeners.get(name) ?? []).filter((one) => one !== listener) : [];
      this.#listeners.set(name, rest);
      return this;
    }

    update(options) {
      this.#options = { ...this.#options, ...options };
      this.setUp();
    }

    focus() {
      this.#frame?.focus();
      this.#say({ kind: 'focus' });
    }

    blur() {
      this.#say({ kind: 'blur' });
    }

    clear() {
      this.#say({ kind: 'clear' });
    }

    /** Ours: appearance and options to the frame. */
    setUp() {
      const { appearance } = this.#elements;
      this.#say({ kind: 'setup', appearance, readOnly: this.#options.readOnly === true });
    }

    /** Ours: asks the frame and waits for its answer. */
    ask(what, more) {
      if (!this.#frame || !this.#isReady) {
        throw new IntegrationError('elements should have a mounted Payment Element that is ready.');
      }
      const id = (this.#count += 1);
      this.#say({ kind: what, id, ...more });
      return new Promise((resolve) => this.#asked.set(id, resolve));
    }

    #loaded = () => {};

    #say(message) {
      if (this.#frame) tell(this.#frame, message);
    }

    #hear(message) {
      switch (message.kind) {
        case 'loaded':
          this.#loaded();
          this.setUp();
          break;
        case 'ready':
          if (this.#isReady) break;
          this.#isReady = true;
          this.#emit('ready', {});
          break;
        case 'height':
          style(this.#frame, { height: `${Number(message.height) + 2 * RING_PX}px` });
          break;
        case 'change': {
          const { empty, complete } = message;
          this.#emit('change', { empty, complete, collapsed: false, value: { type: 'card' } });
          break;
        }
        case 'focused':
          this.#emit('focus', {});
          break;
        case 'blurred':
          this.#emit('blur', {});
          break;
        case 'escape':
          this.#emit('escape', {});
          break;
        case 'answer':
          this.#asked.get(message.id)?.(message.answer);
          this.#asked.delete(message.id);
          break;
      }
    }

    #emit(name, event) {
      for (const listener of this.#listeners.get(name) ?? []) listener({ elementType: 'payment', ...event });
    }
  }

  class Elements {
    appearance;
    /** Of the intent, where elements() was made for one. */
    secret = null;
    /** What the intent will be, where it is made after the field ("deferred intent"). */
    deferred = null;
    isSubmitted = false;
    #element = null;

    constructor({ clientSecret, appearance = {}, mode, amount, currency, captureMethod }) {
      this.appearance = appearance;
      if (mode === undefined) {
        this.secret = readSecret(clientSecret, 'elements()');
        return;
      }
      if (mode !== 'payment') throw new IntegrationError(`This stand-in has no elements() of mode ${mode}.`);
      if (clientSecret !== undefined)
        throw new IntegrationError('elements() takes a clientSecret or a mode, not both.');
      this.deferred = { amount, currency, captureMethod: captureMethod ?? 'automatic' };
      this.#mustBeMoney();
    }

    create(type, options = {}) {
      if (type !== 'payment') throw new IntegrationError(`This stand-in has no Element of type ${type}.`);
      if (this.#element) {
        throw new IntegrationError(
          'Can only create one Element of type payment through elements(). Destroy the first.',
        );
      }
      this.#element = new PaymentElement(this, options);
      return this.#element;
    }

    getElement(type) {
      return type === 'payment' ? this.#element : null;
    }

    update({ appearance, amount, currency }) {
      if (appearance) this.appearance = appearance;
      if (amount !== undefined || currency !== undefined) {
        if (!this.deferred) throw new IntegrationError('Only elements() with a mode has an amount to update.');
        this.deferred = {
          ...this.deferred,
          ...(amount !== undefined && { amount }),
          ...(currency !== undefined && { currency }),
        };
        this.#mustBeMoney();
      }
      this.#element?.setUp();
    }

    /** Looks the fields over; `{ error }` when one is not filled in. */
    async submit() {
      if (!this.#element) throw new IntegrationError('elements.submit() needs a mounted Payment Element.');
      const answer = await this.#element.ask('validate');
      this.isSubmitted = !answer?.error;
      return answer;
    }

    #mustBeMoney() {
      const { amount, currency } = this.deferred;
      if (!Number.isInteger(amount) || amount < 1)
        throw new IntegrationError('elements() needs an amount in the smallest unit.');
      if (!/^[a-z]{3}$/.test(currency))
        throw new IntegrationError('elements() needs a currency in lower case, like eur.');
    }

    async fetchUpdates() {
      return {};
    }

    /** Ours. */
    forget(element) {
      if (this.#element === element) this.#element = null;
    }
  }

  /** Opens the bank's page over this one; answers the intent as it is afterwards, or nothing when the page cannot tell. */
  function challenge(path) {
    const before = document.activeElement;
    const frame = newFrame(path, 'Your bank asks you to confirm this payment');
    const overlay = document.createElement('div');
    overlay.setAttribute('role', 'dialog');
    overlay.setAttribute('aria-modal', 'true');
    overlay.setAttribute('aria-label', frame.title);
    // Tab stays in the dialog: what stands before and after the frame sends it back in.
    const edges = [0, 1].map(() => {
      const edge = document.createElement('span');
      edge.tabIndex = 0;
      edge.addEventListener('focus', () => frame.focus());
      return edge;
    });
    style(overlay, {
      position: 'fixed',
      inset: '0',
      'z-index': '2147483647',
      display: 'flex',
      'align-items': 'center',
      'justify-content': 'center',
      background: 'rgb(0 0 0 / 60%)',
    });
    style(frame, {
      border: '0',
      'border-radius': '12px',
      width: 'min(400px, 100vw - 32px)',
      height: 'min(440px, 100vh - 32px)',
      background: '#fff',
      'color-scheme': 'light',
    });
    overlay.append(edges[0], frame, edges[1]);
    return new Promise((resolve) => {
      let isLoaded = false;
      const end = (intent) => {
        deaf();
        document.removeEventListener('keydown', onKey, true);
        overlay.remove();
        if (before instanceof HTMLElement) before.focus();
        resolve(intent);
      };
      const onKey = (event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        if (isLoaded) tell(frame, { kind: 'close' });
        else end();
      };
      const deaf = listenTo(frame, (message) => {
        if (message.kind === 'loaded') {
          isLoaded = true;
          frame.focus();
          tell(frame, { kind: 'focus' });
        } else if (message.kind === 'done') end(message.intent);
      });
      document.addEventListener('keydown', onKey, true);
      document.body.append(overlay);
      frame.focus();
    });
  }

  class StripeObject {
    #key;

    constructor(key) {
      this.#key = key;
    }

    elements(options = {}) {
      return new Elements(options);
    }

    async confirmPayment({ elements, clientSecret, confirmParams = {}, redirect = 'always' }) {
      if (!(elements instanceof Elements)) {
        throw new IntegrationError(
          'Invalid value for stripe.confirmPayment(): elements should be made by stripe.elements().',
        );
      }
      const { return_url } = confirmParams;
      if (redirect !== 'if_required' && !return_url) {
        throw new IntegrationError(
          'stripe.confirmPayment() needs confirmParams.return_url, or redirect: "if_required".',
        );
      }
      const secret = elements.secret ?? readSecret(clientSecret, 'stripe.confirmPayment()');
      if (clientSecret !== undefined && clientSecret !== secret.clientSecret) {
        throw new IntegrationError('The clientSecret is not the one that elements() was made with.');
      }
      if (elements.deferred) {
        if (!elements.isSubmitted)
          throw new IntegrationError('elements.submit() must be called before stripe.confirmPayment().');
        const refused = await this.#differs(elements.deferred, clientSecret);
        if (refused) return { error: refused };
      }
      const { error } = await elements.submit();
      if (error) return { error };
      const { id, clientSecret: ofIntent } = secret;
      const answer = await elements
        .getElement('payment')
        .ask('confirm', { intent: id, clientSecret: ofIntent, key: this.#key, return_url });
      const result = answer.error ? answer : await this.#next(secret, answer.intent);
      if (result.error || redirect === 'if_required') return result;
      const url = new URL(return_url);
      url.searchParams.set('payment_intent', secret.id);
      url.searchParams.set('payment_intent_client_secret', secret.clientSecret);
      url.searchParams.set('redirect_status', 'succeeded');
      location.assign(url.href);
      return new Promise(() => {});
    }

    /** The intent must be what the field was made for. */
    async #differs({ amount, currency, captureMethod }, clientSecret) {
      const { paymentIntent, error } = await this.retrievePaymentIntent(clientSecret);
      if (error) return error;
      const same =
        paymentIntent.amount === amount &&
        paymentIntent.currency === currency &&
        paymentIntent.capture_method === captureMethod;
      if (same) return null;
      const message = 'The amount, currency or capture method of elements() is not that of the PaymentIntent.';
      return { type: 'invalid_request_error', message };
    }

    /** Goes on with a payment that waits for the traveller. */
    async handleNextAction({ clientSecret }) {
      const secret = readSecret(clientSecret, 'stripe.handleNextAction()');
      const { paymentIntent, error } = await this.retrievePaymentIntent(clientSecret);
      return error ? { error } : this.#next(secret, paymentIntent);
    }

    async retrievePaymentIntent(clientSecret) {
      const { id } = readSecret(clientSecret, 'stripe.retrievePaymentIntent()');
      const url = new URL(`v1/payment_intents/${id}`, base);
      url.searchParams.set('key', this.#key);
      url.searchParams.set('client_secret', clientSecret);
      try {
        const response = await fetch(url, { credentials: 'omit' });
        const body = await response.json();
        return response.ok ? { paymentIntent: body } : { error: body.error };
      } catch {
        return { error: CONNECTION };
      }
    }

    async #next({ clientSecret }, intent) {
      if (intent.status !== 'requires_action') return { paymentIntent: intent };
      const after = await challenge(intent.next_action.use_stripe_sdk.stripe_js);
      const { paymentIntent, error } = after
        ? { paymentIntent: after }
        : await this.retrievePaymentIntent(clientSecret);
      if (error) return { error };
      const failure = paymentIntent.last_payment_error;
      if (paymentIntent.status === 'requires_payment_method' && failure) {
        return { error: { ...failure, payment_intent: paymentIntent } };
      }
      return { paymentIntent };
    }

    /** The loader of @stripe/stripe-js says here who it is. */
    _registerWrapper() {}
  }

  function Stripe(key) {
    if (typeof key !== 'string' || !key.startsWith('pk_')) {
      throw new IntegrationError(
        'Please call Stripe() with your publishable key. You used an empty string or another key.',
      );
    }
    return new StripeObject(key);
  }
  Stripe.version = 'endive';
  window.Stripe = Stripe;
})();

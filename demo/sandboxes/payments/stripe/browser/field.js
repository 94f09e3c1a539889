// The card field: runs in a frame of the sandbox's origin, takes the card, sends it to the sandbox, tells the page no part of it.
const parentOrigin = new URLSearchParams(location.search).get('parent') ?? '';
const isKnown = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(parentOrigin) && window.parent !== window;
const say = (message) => isKnown && window.parent.postMessage(message, parentOrigin);

const form = document.getElementById('card');
const inputs = ['number', 'expiry', 'cvc'].map((id) => document.getElementById(id));
const [number, expiry, cvc] = inputs;
const brand = document.getElementById('brand');

const BRANDS = [
  { name: 'Visa', starts: /^4/ },
  { name: 'Mastercard', starts: /^(5[1-5]|2[2-7])/ },
  { name: 'American Express', starts: /^3[47]/, length: 15, groups: /^(\d{1,4})(\d{1,6})?(\d{1,5})?/, cvc: 4 },
  { name: 'Discover', starts: /^6(011|5)/ },
  { name: 'JCB', starts: /^35/ },
];
const GROUPS = /^(\d{1,4})(\d{1,4})?(\d{1,4})?(\d{1,4})?/;
const digitsOf = (input) => input.value.replace(/\D/g, '');
const brandOf = (digits) => BRANDS.find(({ starts }) => starts.test(digits));

/** Puts text into an input and the caret back behind as many digits as it stood behind. */
function rewrite(input, text) {
  if (input.value === text) return;
  const before = input.value.slice(0, input.selectionStart ?? undefined).replace(/\D/g, '').length;
  const atEnd = input.selectionStart === input.value.length;
  input.value = text;
  if (document.activeElement !== input) return;
  let caret = 0;
  for (let seen = 0; caret < text.length && seen < before; caret += 1) if (/\d/.test(text[caret])) seen += 1;
  if (atEnd) caret = text.length;
  input.setSelectionRange(caret, caret);
}

function format(input, wasDeleted) {
  const digits = digitsOf(input);
  if (input === number) {
    const kind = brandOf(digits);
    const groups = (kind?.groups ?? GROUPS).exec(digits.slice(0, kind?.length ?? 16));
    rewrite(input, groups ? groups.slice(1).filter(Boolean).join(' ') : '');
    brand.textContent = kind?.name ?? '';
  } else if (input === expiry) {
    let date = /^[2-9]/.test(digits) ? `0${digits}` : digits;
    // A browser may fill in the year with four digits.
    if (date.length === 6) date = date.slice(0, 2) + date.slice(4);
    date = date.slice(0, 4);
    const isWhole = date.length > 2 || (date.length === 2 && !wasDeleted);
    rewrite(input, isWhole ? `${date.slice(0, 2)} / ${date.slice(2)}` : date);
  } else {
    rewrite(input, digits.slice(0, brandOf(digitsOf(number))?.cvc ?? 3));
  }
}

function passesLuhn(digits) {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const value = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** What is wrong with an input, in the vendor's words, or nothing. */
function faultOf(input) {
  const digits = digitsOf(input);
  if (input === number) {
    if (digits.length < (brandOf(digits)?.length ?? 16)) {
      return { code: 'incomplete_number', message: 'Your card number is incomplete.' };
    }
    return passesLuhn(digits) ? null : { code: 'invalid_number', message: 'Your card number is invalid.' };
  }
  if (input === expiry) {
    const month = Number(digits.slice(0, 2));
    if (digits.length < 4 || month < 1 || month > 12) {
      return { code: 'incomplete_expiry', message: 'Your card’s expiration date is incomplete.' };
    }
    const isPast = new Date(2000 + Number(digits.slice(2)), month) <= new Date();
    return isPast ? { code: 'invalid_expiry_year_past', message: 'Your card’s expiration date is in the past.' } : null;
  }
  return digits.length < (brandOf(digitsOf(number))?.cvc ?? 3)
    ? { code: 'incomplete_cvc', message: 'Your card’s security code is incomplete.' }
    : null;
}

function showFault(input, fault) {
  const place = document.getElementById(`${input.id}-error`);
  input.classList.toggle('Input--invalid', fault !== null);
  if (fault) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  place.textContent = fault?.message ?? '';
}

let told = '';
function tellChange() {
  const empty = inputs.every((input) => input.value === '');
  const complete = inputs.every((input) => faultOf(input) === null);
  if (told === `${empty} ${complete}`) return;
  told = `${empty} ${complete}`;
  say({ kind: 'change', empty, complete });
}

for (const input of inputs) {
  input.addEventListener('input', (event) => {
    format(input, event.inputType?.startsWith('delete'));
    if (input === number && cvc.value) format(cvc);
    showFault(input, null);
    tellChange();
  });
  input.addEventListener('blur', () => {
    if (input.value) showFault(input, faultOf(input));
  });
}
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('focusin', () => say({ kind: 'focused' }));
form.addEventListener('focusout', (event) => event.relatedTarget === null && say({ kind: 'blurred' }));
form.addEventListener('keydown', (event) => event.key === 'Escape' && say({ kind: 'escape' }));

/** Shows every fault and goes to the first. */
function validate() {
  const faults = inputs.map((input) => [input, faultOf(input)]);
  for (const [input, fault] of faults) showFault(input, fault);
  const first = faults.find(([, fault]) => fault !== null);
  if (!first) return {};
  const [input, { code, message }] = first;
  input.focus();
  return { error: { type: 'validation_error', code, message } };
}

const CARD_FIELDS = { number, exp_month: expiry, exp_year: expiry, cvc };

async function confirm({ id, clientSecret, key, return_url }) {
  const date = digitsOf(expiry);
  const body = new URLSearchParams({
    key,
    client_secret: clientSecret,
    use_stripe_sdk: 'true',
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': digitsOf(number),
    'payment_method_data[card][exp_month]': String(Number(date.slice(0, 2))),
    'payment_method_data[card][exp_year]': date.slice(2),
    'payment_method_data[card][cvc]': digitsOf(cvc),
    ...(return_url && { return_url }),
  });
  let response;
  try {
    // A browser sends once more by itself when a connection is cut; the key makes it one payment.
    const headers = { 'Idempotency-Key': crypto.randomUUID() };
    response = await fetch(`v1/payment_intents/${id}/confirm`, { method: 'POST', headers, body });
  } catch {
    const message =
      'We are experiencing issues connecting to our payments provider. Please check your internet connection and try again. If the problem persists please contact us.';
    return { error: { type: 'api_connection_error', message } };
  }
  const answer = await response.json().catch(() => null);
  if (!answer) return { error: { type: 'api_error', message: 'An unexpected error occurred.' } };
  if (response.ok) return { intent: answer };
  const input = CARD_FIELDS[/\[card\]\[(\w+)\]$/.exec(answer.error.param)?.[1]];
  if (input) showFault(input, answer.error);
  return answer;
}

let isReadOnly = false;
let isPaying = false;
function enable() {
  for (const input of inputs) input.disabled = isPaying || isReadOnly;
}

/** Theme, variables and rules of the vendor's Appearance API. */
function dress({ theme = 'stripe', variables = {}, rules = {} } = {}) {
  const root = document.documentElement;
  root.dataset.theme = theme;
  root.removeAttribute('style');
  for (const [name, value] of Object.entries(variables)) {
    if (/^[a-zA-Z0-9]+$/.test(name)) root.style.setProperty(`--${name}`, String(value));
  }
  const sheet = new CSSStyleSheet();
  for (const [selector, styles] of Object.entries(rules)) {
    if (!/^\.[A-Z][A-Za-z]*(--[a-z]+)?(::?[a-z-]+)*$/.test(selector)) continue;
    const { style } = sheet.cssRules[sheet.insertRule(`${selector} {}`, sheet.cssRules.length)];
    for (const [name, value] of Object.entries(styles)) {
      style.setProperty(
        name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
        String(value),
      );
    }
  }
  document.adoptedStyleSheets = [sheet];
}

const tellHeight = () => say({ kind: 'height', height: Math.ceil(form.getBoundingClientRect().height) });

const acts = {
  setup({ appearance, readOnly }) {
    dress(appearance);
    isReadOnly = readOnly;
    enable();
    tellHeight();
    say({ kind: 'ready' });
  },
  focus: () => number.focus(),
  blur: () => document.activeElement?.blur(),
  clear() {
    for (const input of inputs) {
      input.value = '';
      showFault(input, null);
    }
    brand.textContent = '';
    tellChange();
  },
  validate: ({ id }) => say({ kind: 'answer', id, answer: validate() }),
  async confirm({ id, intent, ...card }) {
    isPaying = true;
    enable();
    const answer = await confirm({ ...card, id: intent });
    isPaying = false;
    enable();
    say({ kind: 'answer', id, answer });
  },
};

window.addEventListener('message', (event) => {
  if (event.source !== window.parent || event.origin !== parentOrigin || !isKnown) return;
  const { kind, ...rest } = event.data;
  if (Object.hasOwn(acts, kind)) void acts[kind](rest);
});
new ResizeObserver(tellHeight).observe(form);
say({ kind: 'loaded' });

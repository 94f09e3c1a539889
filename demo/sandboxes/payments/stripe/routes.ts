import type { Answer } from '../../answer.ts';
import type { VendorCall } from '../../faults.ts';
import type { StripeEvent } from './callbacks.ts';
import { errorAnswer, invalid, noSuch, notAllowed, Refused } from './errors.ts';
import { stripeDemoCredentials } from './keys.ts';
import type { Caller } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { page, readPaging } from './lists.ts';
import {
  describeCharge,
  describeDispute,
  describeIntent,
  describeMethod,
  describeRefund,
  forBrowser,
} from './objects.ts';
import type { Wire } from './objects.ts';
import type { Parameters } from './parameters.ts';
import { goodCharge } from './records.ts';
import type { Intent } from './records.ts';
import {
  readCancellation,
  readCapture,
  readConfirmation,
  readIntentChanges,
  readNewIntent,
  readRefund,
} from './requests.ts';

type CallName = Exclude<VendorCall<'stripe'>, 'callbacks'>;

export interface Request {
  params: Record<string, string>;
  caller: Caller;
  parameters: Parameters;
  ledger: Ledger;
  events: StripeEvent[];
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Route {
  call: CallName;
  method: 'GET' | 'POST';
  /** Below `/v1`. */
  path: string;
  /** A publishable key will do, with the intent's client secret. */
  browser?: true;
  /** Reads the parameters and changes nothing; what it answers carries the request out. May throw `Refused`, both. */
  read(request: Request): () => Wire;
}

/** The calls, in the vendor's order. */
export function routesOf(): Route[] {
  return [...intentRoutes, ...refundRoutes, ...readRoutes];
}

const intentRoutes: Route[] = [
  {
    call: 'create',
    method: 'POST',
    path: '/payment_intents',
    read({ parameters, ledger }) {
      const asked = readNewIntent(parameters);
      return () => describeIntent(ledger.create(asked));
    },
  },
  {
    call: 'list',
    method: 'GET',
    path: '/payment_intents',
    read({ parameters, ledger }) {
      const paging = readPaging(parameters);
      return () => page('/v1/payment_intents', ledger.intents, paging, describeIntent);
    },
  },
  {
    call: 'retrieve',
    method: 'GET',
    path: '/payment_intents/:id',
    browser: true,
    read(request) {
      const intent = intentOf(request);
      return () => seenBy(request.caller, intent);
    },
  },
  {
    call: 'update',
    method: 'POST',
    path: '/payment_intents/:id',
    read(request) {
      const intent = intentOf(request);
      const changes = readIntentChanges(request.parameters, intent.metadata);
      return () => {
        request.ledger.update(intent, changes);
        return describeIntent(intent);
      };
    },
  },
  {
    call: 'confirm',
    method: 'POST',
    path: '/payment_intents/:id/confirm',
    browser: true,
    read(request) {
      const { caller, ledger, parameters, now } = request;
      const intent = intentOf(request);
      const card = readConfirmation(parameters, caller, ledger, now());
      return () => {
        ledger.confirm(intent, card());
        return seenBy(caller, intent);
      };
    },
  },
  {
    call: 'capture',
    method: 'POST',
    path: '/payment_intents/:id/capture',
    read(request) {
      const intent = intentOf(request);
      const amount = readCapture(request.parameters);
      return () => {
        request.ledger.capture(intent, amount);
        return describeIntent(intent);
      };
    },
  },
  {
    call: 'cancel',
    method: 'POST',
    path: '/payment_intents/:id/cancel',
    read(request) {
      const intent = intentOf(request);
      const reason = readCancellation(request.parameters);
      return () => {
        request.ledger.cancel(intent, reason);
        return describeIntent(intent);
      };
    },
  },
];

const refundRoutes: Route[] = [
  {
    call: 'refund',
    method: 'POST',
    path: '/refunds',
    read({ parameters, ledger }) {
      const { intent, charge, ...asked } = readRefund(parameters);
      const of = charge === undefined ? goodCharge(ledger.intent(intent!, 'payment_intent')) : ledger.charge(charge);
      return () => describeRefund(ledger.refund(of, { ...asked, intent: intent ?? of?.intent.id ?? '' }));
    },
  },
  {
    call: 'list',
    method: 'GET',
    path: '/refunds',
    read({ parameters, ledger }) {
      const paging = readPaging(parameters);
      const of = filterOf(parameters);
      return () => page('/v1/refunds', ledger.refunds.filter(of), paging, describeRefund);
    },
  },
  {
    call: 'retrieve',
    method: 'GET',
    path: '/refunds/:id',
    read({ params, ledger }) {
      const found = ledger.refunds.find(({ id }) => id === params['id']);
      if (!found) throw noSuch('refund', params['id'] ?? '', 'id');
      return () => describeRefund(found);
    },
  },
];

const readRoutes: Route[] = [
  {
    call: 'list',
    method: 'GET',
    path: '/charges',
    read({ parameters, ledger }) {
      const paging = readPaging(parameters);
      const intent = parameters.text('payment_intent');
      const charges = ledger.charges.filter((charge) => intent === undefined || charge.intent.id === intent);
      return () => page('/v1/charges', charges, paging, describeCharge);
    },
  },
  {
    call: 'retrieve',
    method: 'GET',
    path: '/charges/:id',
    read({ params, ledger }) {
      const found = ledger.charge(params['id'] ?? '');
      return () => describeCharge(found);
    },
  },
  {
    call: 'retrieve',
    method: 'GET',
    path: '/payment_methods/:id',
    read({ params, ledger }) {
      const found = ledger.methods.find(({ id }) => id === params['id']);
      if (!found) throw noSuch('PaymentMethod', params['id'] ?? '', 'payment_method');
      return () => describeMethod(found);
    },
  },
  {
    call: 'list',
    method: 'GET',
    path: '/disputes',
    read({ parameters, ledger }) {
      const paging = readPaging(parameters);
      const of = filterOf(parameters);
      return () => page('/v1/disputes', ledger.disputes.filter(of), paging, describeDispute);
    },
  },
  {
    call: 'retrieve',
    method: 'GET',
    path: '/disputes/:id',
    read({ params, ledger }) {
      const found = ledger.disputes.find(({ id }) => id === params['id']);
      if (!found) throw noSuch('dispute', params['id'] ?? '', 'dispute');
      return () => describeDispute(found);
    },
  },
  {
    call: 'list',
    method: 'GET',
    path: '/events',
    read({ parameters, events }) {
      const paging = readPaging(parameters);
      const type = parameters.text('type');
      const types = parameters.list('types') ?? (type === undefined ? undefined : [type]);
      const fitting = events.filter((event) => types === undefined || types.includes(event.type));
      return () => page('/v1/events', fitting, paging, (event) => ({ ...event }));
    },
  },
  {
    call: 'retrieve',
    method: 'GET',
    path: '/events/:id',
    read({ params, events }) {
      const found = events.find(({ id }) => id === params['id']);
      if (!found) throw noSuch('event', params['id'] ?? '', 'id');
      return () => ({ ...found });
    },
  },
  {
    call: 'retrieve',
    method: 'GET',
    path: '/account',
    read: () => () => ({
      id: stripeDemoCredentials.account,
      object: 'account',
      business_profile: { name: 'SkylineAir' },
      charges_enabled: true,
      country: 'IE',
      default_currency: 'eur',
      details_submitted: true,
      payouts_enabled: true,
      type: 'standard',
    }),
  },
];

/** The intent that is named; a browser must know its secret, too. */
function intentOf({ params, caller, parameters, ledger }: Request): Intent {
  parameters.ignore('key');
  const secret = parameters.text('client_secret');
  if (caller === 'browser') parameters.need('client_secret', secret);
  const intent = ledger.intent(params['id'] ?? '');
  if (secret === undefined || secret === intent.clientSecret) return intent;
  const message =
    'The client_secret provided does not match the client_secret associated with the PaymentIntent. Please ensure the client_secret passed to your page is the one of this PaymentIntent.';
  throw invalid(message, { code: 'payment_intent_invalid_parameter', param: 'client_secret' });
}

const seenBy = (caller: Caller, intent: Intent): Wire =>
  caller === 'browser' ? forBrowser(describeIntent(intent)) : describeIntent(intent);

function filterOf(parameters: Parameters) {
  const intent = parameters.text('payment_intent');
  const charge = parameters.text('charge');
  return (one: { charge: { id: string; intent: Intent } }): boolean =>
    (intent === undefined || one.charge.intent.id === intent) && (charge === undefined || one.charge.id === charge);
}

/** What the fault `refuse` says: for each call something that the vendor does say to it. */
export function refusalOf(call: CallName): Answer {
  return errorAnswer(REFUSALS[call]());
}

const noPermission = () =>
  invalid(
    'The provided key does not have the required permissions for this endpoint. Having more permissions would allow this request to continue.',
    { status: 403 },
  );

const REFUSALS: Record<CallName, () => Refused> = {
  create: () => notAllowed('Your account cannot currently make live charges.', { code: 'testmode_charges_only' }),
  update: noPermission,
  retrieve: noPermission,
  list: noPermission,
  confirm: () =>
    new Refused(402, {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      message: 'Your card was declined.',
    }),
  capture: () =>
    notAllowed('The charge cannot be captured because its authorization has expired.', {
      code: 'charge_expired_for_capture',
    }),
  cancel: () =>
    notAllowed('You cannot cancel this PaymentIntent because it has a status of processing.', {
      code: 'payment_intent_unexpected_state',
    }),
  refund: () =>
    notAllowed('Insufficient funds in your Stripe balance to refund this amount.', { code: 'balance_insufficient' }),
};

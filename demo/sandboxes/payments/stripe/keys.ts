import type { Heard } from '../../answer.ts';
import { invalid } from './errors.ts';
import type { Form } from './form.ts';

/** What the demo's partner would have got from Stripe. Works here and nowhere else. */
export const stripeDemoCredentials = {
  account: 'acct_1DemoSkyline',
  secretKey: 'sk_test_demo_skyline',
  publishableKey: 'pk_test_demo_skyline',
  signingSecret: 'whsec_demo_skyline',
} as const;

export type Caller = 'server' | 'browser';

/**
 * Who calls: `Authorization: Bearer` or `Basic` with the secret key, or a browser with the publishable key, which may also
 * come as the parameter `key`.
 *
 * @throws Refused 401
 */
export function callerOf({ header }: Heard, form: Form): Caller {
  const given = header('authorization');
  const parameter = form.get('key');
  const key = given === undefined ? (typeof parameter === 'string' ? parameter : undefined) : keyIn(given);
  if (!key) {
    const message =
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.";
    throw invalid(message, { status: 401 });
  }
  if (key === stripeDemoCredentials.secretKey && given !== undefined) return 'server';
  if (key === stripeDemoCredentials.publishableKey) return 'browser';
  const masked = `${key.slice(0, 8)}${'*'.repeat(4)}${key.length > 16 ? key.slice(-4) : ''}`;
  throw invalid(`Invalid API Key provided: ${masked}`, { status: 401 });
}

function keyIn(authorization: string): string | undefined {
  const bearer = /^Bearer (\S+)$/.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const basic = /^Basic (\S+)$/.exec(authorization)?.[1];
  return basic === undefined ? undefined : Buffer.from(basic, 'base64').toString().split(':')[0];
}

/** For calls that no browser may make. */
export const needsSecretKey = () =>
  invalid(
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    { status: 401, code: 'secret_key_required' },
  );

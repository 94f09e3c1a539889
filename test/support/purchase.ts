import type { Purchase } from '../../server/wire/panel.ts';
import type { TestDemo } from './demo.ts';

/** What really stands at the gateway. */
export interface Held {
  id: string;
  amount: number;
  captured: number;
  refunded: number;
  status: string;
}

export const atGateway = async (demo: TestDemo): Promise<Held[]> =>
  (await fetch(`${demo.demo.sandboxes}/payments/stripe/payments`)).json() as Promise<Held[]>;

/** The types of the events that the partner has heard, in the order of coming. */
export async function inboxTypes(demo: TestDemo): Promise<string[]> {
  const { requests } = (await (await fetch(`${demo.site}/inbox.json`)).json()) as {
    requests: { no: number; type: string }[];
  };
  return requests.toSorted((one, other) => one.no - other.no).map((one) => one.type);
}

/** What the browser's script does: sends the card to the gateway with the publishable key and the client secret. */
export async function payByCard(demo: TestDemo, purchase: Purchase, card: string): Promise<void> {
  const secret = String(purchase.payment!.field!['client_secret']);
  const body = new URLSearchParams({
    client_secret: secret,
    return_url: 'http://localhost/done',
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': card,
    'payment_method_data[card][exp_month]': '12',
    'payment_method_data[card][exp_year]': '2034',
    'payment_method_data[card][cvc]': '123',
  });
  const answer = await fetch(`${demo.demo.sandboxes}/stripe/v1/payment_intents/${secret.split('_secret')[0]}/confirm`, {
    method: 'POST',
    headers: { authorization: 'Bearer pk_test_demo_skyline', 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
  if (!answer.ok && answer.status !== 402)
    throw new Error(`the gateway answers ${answer.status}: ${await answer.text()}`);
}

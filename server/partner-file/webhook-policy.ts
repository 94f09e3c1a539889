import type { Refuse } from './problem.ts';
import type { PartnerFile } from './schema.ts';
import { AUTH_NEEDS } from './webhook-form.ts';

/** Headers that a delivery sets itself, and those that steer the connection. */
const RESERVED =
  /^(host|content-.*|connection|transfer-encoding|webhook-.*|x-departcart-.*|x-signature|cookie|proxy-.*|user-agent)$/i;

export function checkWebhooks({ webhooks = [] }: PartnerFile, refuse: Refuse): void {
  for (const [index, { url, auth }] of webhooks.entries()) {
    if (webhooks.findIndex((other) => other.url === url) < index) {
      refuse(['webhooks', index, 'url'], 'is there twice', 'Keep one of the two, with the events of both.');
    }
    if (auth) checkAuth(auth, index, refuse);
  }
}

type Auth = NonNullable<NonNullable<PartnerFile['webhooks']>[number]['auth']>;

function checkAuth(auth: Auth, index: number, refuse: Refuse): void {
  const path = ['webhooks', index, 'auth'];
  const needs = AUTH_NEEDS[auth.kind];
  for (const field of needs) {
    if (auth[field] === undefined) {
      refuse([...path, field], 'is missing', `Add it: the kind ${auth.kind} needs ${needs.join(', ')}.`);
    }
  }
  const strange = Object.keys(auth).filter(
    (field) =>
      field !== 'kind' && !needs.includes(field as keyof Auth) && !(field === 'style' && needs.includes('url')),
  );
  for (const field of strange) {
    refuse([...path, field], `does not go with the kind ${auth.kind}`, `Take it out, or write the kind that has it.`);
  }
  if (auth.kind === 'api_key' && auth.in === 'header' && auth.name !== undefined && RESERVED.test(auth.name)) {
    refuse([...path, 'name'], 'is a header that deliveries set themselves', 'Write another, like X-Api-Key.');
  }
}

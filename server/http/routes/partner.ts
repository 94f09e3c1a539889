import { authoriseByKey, authoriseBySecret } from '../../services/authorise-partner.ts';
import { makeAllLinks, makeSeatMapLink } from '../../services/make-links.ts';
import type { PartnerServices } from '../../services/partner-services.ts';
import { readLink } from '../../services/read-link.ts';
import * as wire from '../../wire/partner.ts';
import { bearerOf, partnerRoute, route, type Route } from '../route.ts';

const HOUR_SECONDS = 3600;

/** What a partner's backend calls: tokens, links, and the older guide's two calls. */
export const partnerRoutes = (services: PartnerServices): Route[] => [
  route({
    method: 'POST',
    path: '/generate-bearer-token',
    who: 'backend',
    body: wire.tokenCall,
    doc: {
      summary: 'A bearer token for an API key and its secret',
      description: 'Keep the token until `expires_at` and ask for the next one then.',
      answer: wire.token,
      codes: ['credentials_not_valid', 'brand_disabled', 'too_many_requests'],
    },
    handler: async ({ body, address }): Promise<wire.Token> => {
      const { code } = await authoriseBySecret(services, {
        apiKey: body.api_key,
        apiSecret: body.api_secret,
        address,
      });
      const seconds = body.duration_hours * HOUR_SECONDS;
      const { token, expiresAt } = await services.bearerTokens.mint(code, seconds);
      return {
        success: true,
        bearer_token: token,
        token_type: 'Bearer',
        expires_in: seconds,
        expires_at: expiresAt,
        brand: code,
      };
    },
  }),
  partnerRoute({
    method: 'POST',
    path: '/api/generate-encrypted-seatmap-url',
    body: wire.linkCall,
    doc: { summary: 'A link to the seat map of a booking', answer: wire.seatMapLink },
    handler: ({ body, brand }) => makeSeatMapLink(services, brand, body),
  }),
  partnerRoute({
    method: 'POST',
    path: '/api/generate-all-deeplinks',
    body: wire.linkCall,
    doc: { summary: 'Links to seat map, cart and checkout of a booking', answer: wire.allLinks },
    handler: ({ body, brand }) => makeAllLinks(services, brand, body),
  }),
  route({
    method: 'POST',
    path: '/generate-encrypted-url',
    who: 'backend',
    body: wire.linkCall,
    doc: {
      summary: 'A link to the seat map, as the older guide asks for it',
      description: 'The API key itself may be the bearer here. New clients call `/api/generate-encrypted-seatmap-url`.',
      answer: wire.seatMapLink,
      codes: ['token_not_valid', 'brand_disabled', 'too_many_requests'],
    },
    handler: async ({ body, headers, address }) =>
      makeSeatMapLink(services, await authoriseByKey(services, bearerOf(headers), address), body),
  }),
  route({
    method: 'POST',
    path: '/v1/test-encryption',
    who: 'backend',
    body: wire.encryptionCall,
    doc: {
      summary: 'Whether an encrypted id opens, and what it is',
      description: 'The API key itself may be the bearer here: it hears format and match, and no name.',
      answer: wire.encryptionCheck,
      codes: ['link_not_valid', 'token_not_valid', 'brand_disabled', 'too_many_requests'],
    },
    handler: async ({ body, headers, address }): Promise<wire.EncryptionCheck> => {
      const { code } = await authoriseByKey(services, bearerOf(headers), address);
      const opened = await readLink(services, { id: body.encrypted_id, address }, ({ brand }) => brand === code);
      const { brand, recordLocator, form, kdf } = opened;
      return { success: true, valid: true, brand, pnr: recordLocator, format: form, derivation: kdf };
    },
  }),
];

import { hashApiSecret, newApiKey, newApiSecret, newSigningSecret } from './api-credentials.ts';
import { deriveLegacyKey } from './legacy-key.ts';
import { newPublishableKey } from './publishable-key.ts';

/** Keys and secrets for brands, in the shape that applying a file takes them. */
export const makers = {
  newPublishableKey,
  newApiKey,
  newApiSecret,
  newSigningSecret,
  hashApiSecret,
  deriveKey: deriveLegacyKey,
};

import { z } from 'zod';
import type { Makers } from './makers.ts';
import type { PartnerFile } from './schema.ts';

const hash = z.string().optional();

/** What is made of a file when it is applied, and kept beside it. */
const derived = z.object({
  /** Keys of the ids that the partner made itself, base64. */
  legacyKeys: z.array(z.object({ kdf: z.enum(['sha256', 'sha1']), key: z.string() })).optional(),
  /** By URL: of endpoints for which the file names none. */
  signingSecrets: z.record(z.string(), z.string()).optional(),
  /** Hashes of the pictures that were had. */
  logos: z.object({ primary: hash, icon: hash, light: hash, iconLight: hash }).optional(),
});
export type Derived = z.infer<typeof derived>;

export const derivedText = (value: Derived): string => JSON.stringify(value);

/** @throws ZodError when the text is not what `derivedText` writes */
export const derivedOf = (text: string): Derived => derived.parse(JSON.parse(text));

/**
 * @param signingSecrets of the version in force: a secret that was made once stays the endpoint's
 * @param logos those that were fetched for this file
 */
export async function derive(
  file: PartnerFile,
  { signingSecrets = {}, logos }: Pick<Derived, 'signingSecrets' | 'logos'>,
  make: Makers,
): Promise<Derived> {
  const ids = file.legacy_ids;
  const legacyKeys =
    ids &&
    (await Promise.all(
      ids.kdf.map(async (kdf) => ({
        kdf,
        key: Buffer.from(await make.deriveKey(ids.password, ids.salt, kdf)).toString('base64'),
      })),
    ));
  const unsigned = (file.webhooks ?? []).filter(({ secret }) => secret === undefined).map(({ url }) => url);
  const secrets = unsigned.map((url) => [url, secretOf({ signingSecrets }, url) ?? make.newSigningSecret()] as const);
  return {
    ...(legacyKeys && { legacyKeys }),
    ...(secrets.length > 0 && { signingSecrets: Object.fromEntries(secrets) }),
    ...(logos && { logos }),
  };
}

/** The secret that was made for an endpoint. */
export const secretOf = ({ signingSecrets = {} }: Derived, url: string): string | undefined =>
  Object.hasOwn(signingSecrets, url) ? signingSecrets[url] : undefined;

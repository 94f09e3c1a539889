import { originAllowed, type BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { Attribution } from '../domain/ports/crypto.ts';
import { authorisePartner, enabled } from './authorise-partner.ts';
import type { PartnerServices } from './partner-services.ts';
import { linkNotValid, readLink } from './read-link.ts';

export interface OpenRequest {
  /** Publishable key. */
  key?: string | undefined;
  /** Bearer token, in place of a key: option B. */
  bearer?: string | undefined;
  /** With a bearer token: where the session is to work; absent: only in calls without an Origin header. */
  pageOrigin?: string | undefined;
  recordLocator?: string | undefined;
  lastName?: string | undefined;
  /** In place of locator and name. */
  encryptedId?: string | undefined;
  attribution: Attribution;
  /** The Origin header; null when there was none. */
  origin: string | null;
  /** The caller's IP address. */
  address: string;
}

/** What is asked for, once the caller has proved to be allowed to ask. */
export interface WantedBooking {
  brand: BrandSettings;
  recordLocator: string;
  lastName: string;
  /** How sure it is that the caller knows this booking. `said`: a locator and a name were typed. */
  by: 'said' | 'link' | 'bendable link';
  /** Where the session works. */
  origin: string | null;
  reference?: string | undefined;
}

/**
 * Who asks for which booking, by a key, a token or a link.
 * @throws DepartCartError `key_unknown`, `key_is_stripes`, `token_not_valid`, `origin_not_allowed`, `brand_disabled`, `link_not_valid`,
 * `too_many_requests`
 */
export async function wantedOf(services: PartnerServices, request: OpenRequest): Promise<WantedBooking> {
  const caller = await callerOf(services, request);
  if (request.encryptedId === undefined) {
    if (!caller) throw keyUnknown();
    return {
      ...caller,
      recordLocator: (request.recordLocator ?? '').trim().toUpperCase(),
      lastName: (request.lastName ?? '').trim(),
      by: 'said',
    };
  }
  const link = { id: request.encryptedId, address: request.address };
  const opened = await readLink(services, link, ({ brand }) => !caller || caller.brand.code === brand);
  const brand = caller?.brand ?? (await services.brands.byCode(opened.brand));
  if (!brand) throw linkNotValid();
  const { recordLocator, lastName, reference } = opened;
  const by = opened.form === 'aes-cbc' ? 'bendable link' : 'link';
  return {
    brand: enabled(brand),
    origin: caller ? caller.origin : request.origin,
    recordLocator,
    lastName,
    by,
    reference,
  };
}

/** Whose page or backend calls. null: our own page, whose link names the brand. */
async function callerOf(
  services: PartnerServices,
  request: OpenRequest,
): Promise<{ brand: BrandSettings; origin: string | null } | null> {
  const { key, bearer, origin } = request;
  if (bearer !== undefined) {
    const brand = await authorisePartner(services, bearer, request.address);
    if (origin !== null) {
      throw new DepartCartError(
        'origin_not_allowed',
        'A bearer token belongs into a backend: make this call there, and name the page’s origin in `origin`.',
      );
    }
    const { pageOrigin = null } = request;
    if (pageOrigin !== null && !originAllowed(brand, pageOrigin)) throw originNotAllowed();
    return { brand, origin: pageOrigin };
  }
  if (key === undefined) {
    if (origin !== services.publicUrl) throw keyUnknown();
    return null;
  }
  if (/^pk_(live|test)_/.test(key)) {
    throw new DepartCartError(
      'key_is_stripes',
      'That is Stripe’s key. DepartCart’s publishable key starts with dcpub_live_ or dcpub_test_.',
    );
  }
  const brand = await services.brands.byKey(key);
  if (!brand) throw keyUnknown();
  // The hosted pages are every brand's.
  if (origin === null || !(origin === services.publicUrl || originAllowed(brand, origin))) throw originNotAllowed();
  return { brand: enabled(brand), origin };
}

const keyUnknown = () =>
  new DepartCartError(
    'key_unknown',
    'This publishable key is not known here. Copy it from `departcart partner apply`.',
  );

const originNotAllowed = () =>
  new DepartCartError(
    'origin_not_allowed',
    'This page’s origin is not on the brand’s list. Add it under `origins` in the brand’s file and apply it.',
  );

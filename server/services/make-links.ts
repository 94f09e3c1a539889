import type { BrandSettings } from '../domain/brand.ts';
import type * as wire from '../wire/partner.ts';
import type { PartnerServices } from './partner-services.ts';

/** A link's attribution; whatever else a caller writes becomes `other`. */
export const SOURCE = /^[\w.-]{1,64}$/;

/** The paths of the hosted pages, with the booking's encrypted id in them. */
async function pathsOf(services: PartnerServices, brand: BrandSettings, call: wire.LinkCall) {
  const encrypted_id = await services.encryptedIds.seal({
    brand: brand.code,
    recordLocator: call.pnr,
    lastName: call.last_name,
    reference: call.reference,
  });
  const source = SOURCE.test(call.source) ? call.source : 'other';
  const path = (page: string) => `/${page}?id=${encrypted_id}&source=${source}`;
  return { encrypted_id, source, path };
}

/** The guide's deeplink: a path on our host. */
export async function makeSeatMapLink(
  services: PartnerServices,
  brand: BrandSettings,
  call: wire.LinkCall,
): Promise<wire.SeatMapLink> {
  const { encrypted_id, source, path } = await pathsOf(services, brand, call);
  return { success: true, encrypted_id, seatmap_url: path('seatmap'), source };
}

/** Absolute addresses of all three hosted pages. */
export async function makeAllLinks(
  services: PartnerServices,
  brand: BrandSettings,
  call: wire.LinkCall,
): Promise<wire.AllLinks> {
  const { encrypted_id, source, path } = await pathsOf(services, brand, call);
  const url = (page: string) => services.publicUrl + path(page);
  return {
    success: true,
    encrypted_id,
    seatmap_url: url('seatmap'),
    cart_url: url('cart'),
    checkout_url: url('checkout'),
    source,
  };
}

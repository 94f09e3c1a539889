import type { BrandSettings } from '../domain/brand.ts';
import type * as wire from '../wire/partner.ts';
import type { PartnerServices } from './partner-services.ts';

/** A link's attribution; whatever else a caller writes becomes `other`. */
export const SOURCE = /^[\w.-]{1,64}$/;

const idOf = ({ encryptedIds }: PartnerServices, brand: BrandSettings, call: wire.LinkCall): Promise<string> =>
  encryptedIds.seal({
    brand: brand.code,
    recordLocator: call.pnr,
    lastName: call.last_name,
    reference: call.reference,
  });

const sourceOf = ({ source }: wire.LinkCall): string => (SOURCE.test(source) ? source : 'other');

/** Where a hosted page is, with the booking's encrypted id in it. */
const pathOf = (page: string, id: string, source: string): string => `/${page}?id=${id}&source=${source}`;

/** The guide's deeplink: a path on our host. */
export async function makeSeatMapLink(
  services: PartnerServices,
  brand: BrandSettings,
  call: wire.LinkCall,
): Promise<wire.SeatMapLink> {
  const encrypted_id = await idOf(services, brand, call);
  const source = sourceOf(call);
  return { success: true, encrypted_id, seatmap_url: pathOf('seatmap', encrypted_id, source), source };
}

/** Absolute addresses of all three hosted pages. */
export async function makeAllLinks(
  services: PartnerServices,
  brand: BrandSettings,
  call: wire.LinkCall,
): Promise<wire.AllLinks> {
  const encrypted_id = await idOf(services, brand, call);
  const source = sourceOf(call);
  const url = (page: string) => services.publicUrl + pathOf(page, encrypted_id, source);
  return {
    success: true,
    encrypted_id,
    seatmap_url: url('seatmap'),
    cart_url: url('cart'),
    checkout_url: url('checkout'),
    source,
  };
}

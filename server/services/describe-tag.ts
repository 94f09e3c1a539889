import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { TagAnswer } from '../wire/tag.ts';

export interface TagServices {
  brands: { byOrigin(origin: string): Promise<BrandSettings | null> };
}

/**
 * The settings of a tag that carries none: those of the brand whose page it is on. The key that it answers is in the source of
 * every page with a newer tag.
 * @throws DepartCartError `origin_not_allowed`
 */
export async function describeTag({ brands }: TagServices, origin: string | null): Promise<TagAnswer> {
  const brand = origin === null ? null : await brands.byOrigin(origin);
  if (!brand || brand.disabled) {
    throw new DepartCartError(
      'origin_not_allowed',
      'This page’s origin is on no brand’s list. Add it under `origins` in the brand’s file and apply it, or put a publishable key into the tag.',
    );
  }
  const { find, place, heading, locale } = brand.panel;
  return {
    success: true,
    key: brand.publishableKey,
    ...(find && {
      find: find.how,
      ...(find.locator && { find_locator: find.locator }),
      ...(find.name && { find_name: find.name }),
    }),
    ...(place?.anchor && { anchor: place.anchor }),
    ...(place?.where && { where: place.where }),
    ...(heading && { heading }),
    ...(locale && { locale }),
  };
}

import { z } from 'zod';
import { locale } from './words.ts';

const HOWS = ['auto', 'data-layer', 'selector', 'url', 'json-ld'] as const;
const PLACES = ['before', 'after', 'append', 'prepend', 'replace'] as const;
const LAYOUTS = ['inline', 'drawer', 'button'] as const;

const text = z.string().min(1).max(200);

/** What a tag that says nothing else gets; where `find` is set, also the published tag that names no brand at all. */
export const panel = z
  .strictObject({
    find: z
      .strictObject({
        how: z.enum(HOWS).describe(`one of ${HOWS.join(', ')}`),
        locator: text.optional().describe('a key or selector of the record locator'),
        name: text.optional().describe('a key or selector of the last name'),
      })
      .optional()
      .describe('how, and where it needs them locator and name'),
    place: z
      .strictObject({
        anchor: text.optional().describe('a CSS selector, like "#departcart-seats"'),
        where: z
          .enum(PLACES)
          .optional()
          .describe(`one of ${PLACES.join(', ')}`),
      })
      .optional()
      .describe('anchor and where'),
    layout: z
      .enum(LAYOUTS)
      .optional()
      .describe(`one of ${LAYOUTS.join(', ')}`),
    heading: z.int().min(1).max(6).optional().describe('the level of the heading, 1 to 6'),
    texts: z
      .record(
        z.string().regex(/^[A-Za-z][\w.-]{0,59}$/),
        z
          .string()
          .min(1)
          .max(500)
          .regex(/^\P{Cc}*$/u, 'has a control character in it')
          .describe('a text of up to 500 characters'),
      )
      .refine((texts) => Object.keys(texts).length <= 200, 'has too many entries')
      .optional()
      .describe('a section of names and texts of your own'),
    locale: locale.optional(),
  })
  .describe('find, place, layout, heading, texts, locale');

import { z } from 'zod';
import { CONTRACT } from './panel.ts';

/** `POST /api/panel/tag`: a tag without a key asks whose page it is on. The Origin header is all it has to show. */
export const tagCall = z.strictObject({ v: z.literal(CONTRACT) });

/** What the brand's file says in place of a tag's fields; names as in `departcart.push({ type: 'init', … })`, in snake case. */
export interface TagAnswer {
  success: true;
  key: string;
  find?: string;
  find_locator?: string;
  find_name?: string;
  anchor?: string;
  where?: string;
  heading?: number;
  locale?: string;
}

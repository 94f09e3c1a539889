import { DepartCartError } from '../domain/error.ts';
import type * as wire from '../wire/panel.ts';
import type { PanelServices } from './panel-services.ts';
import { resumeSession } from './panel-session.ts';
import { readMaps } from './read-maps.ts';

/**
 * The map of one segment of the session's booking.
 * @throws DepartCartError `session_over`, `segment_not_found`, `gds_unavailable`
 */
export async function showSeatMap(
  services: PanelServices,
  request: { token: string; segment: string; origin: string | null },
): Promise<wire.Answer<wire.MapAnswer>> {
  const { read, renewed } = await resumeSession(services, request.token, request.origin);
  const segment = read.booking.segments.find((one) => one.id === request.segment);
  if (!segment)
    throw new DepartCartError(
      'segment_not_found',
      'The booking has no such segment. Use an `id` of the opening answer’s `segments`.',
    );
  const [known] = await readMaps(services, read, [segment]);
  const now = new Date(services.clock.now()).toISOString();
  const answer = known?.answer ?? {
    segment: segment.id,
    read_at: now,
    expires_at: now,
    decks: [],
    no_map: known?.noMap ?? 'no_map',
  };
  return { success: true, ...(renewed && { token: renewed }), ...answer };
}

import { DepartCartError } from '../domain/error.ts';
import type * as wire from '../wire/panel.ts';
import { describeJudged, judgePicks } from './judge-picks.ts';
import type { PanelServices } from './panel-services.ts';
import { resumeSession } from './panel-session.ts';
import type { ReadBooking } from './read-booking.ts';
import { readMaps, type KnownSegment } from './read-maps.ts';
import { readSelection, writeSelection } from './selection-row.ts';

/**
 * Keeps the whole selection of a booking, one sealed row, so that a reload, a second tab or a later visit shows it. Seats that
 * can't be had are named with the reason and left out; the rest is kept.
 * @throws DepartCartError `selection_changed` with the current one when `version` is not the stored one; `session_over`,
 * `gds_unavailable`
 */
export async function keepSelection(
  services: PanelServices,
  request: { token: string; version: number; picks: wire.Pick[]; origin: string | null },
): Promise<wire.Answer<{ selection: wire.Selection }>> {
  const { read, renewed } = await resumeSession(services, request.token, request.origin);
  const judged = judgePicks(read, await mapsOf(services, read, request.picks), request.picks);
  if (!(await writeSelection(services, read.key, request.version, judged.accepted))) {
    throw selectionChanged(await priceSelection(services, read));
  }
  const selection = { version: request.version + 1, ...describeJudged(judged) };
  return { success: true, ...(renewed && { token: renewed }), selection };
}

/** The kept selection at today's prices. A seat that can't be had any more stands under `refused`. */
export async function priceSelection(
  services: PanelServices,
  read: ReadBooking,
  known?: readonly KnownSegment[],
): Promise<wire.Selection> {
  const { version, picks } = await readSelection(services, read.key);
  const judged = judgePicks(read, known ?? (await mapsOf(services, read, picks)), picks);
  return { version, ...describeJudged(judged) };
}

/** The maps that a list of picks is about. */
export const mapsOf = (
  services: PanelServices,
  read: ReadBooking,
  picks: readonly { segment: string }[],
  options: { afresh?: boolean } = {},
): Promise<KnownSegment[]> => {
  const segments = read.booking.segments.filter((one) => picks.some((pick) => pick.segment === one.id));
  return readMaps(services, read, segments, options);
};

export const selectionChanged = (selection: wire.Selection): DepartCartError =>
  new DepartCartError('selection_changed', 'The selection was changed elsewhere. The current one is in `selection`.', {
    extra: { selection },
  });

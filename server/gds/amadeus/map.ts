import type { NotMaps, ReadMaps } from '../../domain/flight-map.ts';
import { isSeatMap, seemsToBe } from './recognise.ts';
import { isRecord, read, seatMapShape, warningsShape, type Issue, type Read, type SeatMapEntry } from './reply.ts';
import { readEntry, type MapEntry, type ReadTimes } from './seat-map.ts';

/** A seat map reply in our words: one entry per segment and cabin asked for. */
export interface MapReply {
  is: 'maps';
  maps: MapEntry[];
  warnings: string[];
  /** As Amadeus says them; they explain missing maps. */
  issues: Issue[];
}

const WANTED = 'the JSON answer of GET or POST /v1/shopping/seatmaps, whole or its data array';

/** Reads a reply from a file: as readMapReply, but a reply without a map is refused, too. */
export function readMapFile(value: unknown, fetchedAt: string): ReadMaps {
  const reply = readMapReply(value, { fetchedAt });
  if (reply.is === 'refused') return reply;
  if (!reply.maps.length)
    return {
      is: 'refused',
      seems: ['an Amadeus reply without any seat map', ...reply.warnings].join('; '),
      wanted: WANTED,
    };
  return { is: 'maps', maps: reply.maps.map(({ flight, map }) => ({ flight, map })), warnings: reply.warnings };
}

/**
 * Reads a raw seat map reply: the whole answer, its `data` (an array, or a single map), in today's spelling or the older one.
 * Never throws: what is no seat map, or a damaged one, is refused with what it seems to be.
 */
export function readMapReply(value: unknown, times: ReadTimes): MapReply | NotMaps {
  const entries = entriesOf(value);
  if (!entries) return { is: 'refused', seems: seemsToBe(value), wanted: WANTED };
  const whole = isRecord(value) && 'data' in value;
  const warnings = read(warningsShape, whole ? value.warnings : undefined, 'warnings');
  if (!warnings.ok) return damaged(warnings.problem);
  const shapes: SeatMapEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const shape: Read<SeatMapEntry> = read(seatMapShape, entry, `${whole ? 'data' : ''}[${index}]`);
    if (!shape.ok) return damaged(shape.problem);
    shapes.push(shape.value);
  }
  const issues = warnings.value ?? [];
  return {
    is: 'maps',
    maps: shapes.map((shape, index) => readEntry(shape, index, times)),
    warnings: issues.map((issue) => `the reply warns: ${wordsOf(issue)}`),
    issues,
  };
}

/** An error's or a warning's code and title. Its detail stays out: it may quote what was asked for. */
export const wordsOf = ({ code, title }: Issue): string =>
  [code, title?.slice(0, 120)].filter(Boolean).join(' ') || 'something without a code';

const damaged = (problem: string): NotMaps => ({
  is: 'refused',
  seems: `an Amadeus seat map reply that is damaged at ${problem}`,
  wanted: WANTED,
});

/** The entries of a reply, if that is what it is; none where it says that there are none. */
function entriesOf(value: unknown): unknown[] | null {
  if (isSeatMap(value)) return [value];
  if (isRecord(value) && !('errors' in value) && isNone(value.data) && ('data' in value || 'warnings' in value))
    return [];
  const data = isRecord(value) ? value.data : value;
  const entries: unknown[] = Array.isArray(data) ? data : [data];
  return entries.some(isSeatMap) ? entries : null;
}

const isNone = (data: unknown): boolean =>
  data === undefined || data === null || (Array.isArray(data) && data.length === 0);

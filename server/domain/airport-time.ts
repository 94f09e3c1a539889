/** Turns what an airport's clock shows into an instant. GDSs give departure times without an offset. */

const HOUR_MS = 3_600_000;

/** The widest spread between two clocks on Earth, UTC-12 to UTC+14. */
const UNKNOWN_ZONE_MS = 26 * HOUR_MS;

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/;

/**
 * The instant of an airport-local time, in UTC milliseconds; null when the text is no local time.
 *
 * An unknown zone answers local time plus 26 h: at an unknown airport sales close too late rather than too early, and the GDS
 * decides. A time that a clock change skips is read as if the clock had run on; one that occurs twice as the first.
 * @param local "2026-03-09T07:35", without offset
 * @param zone IANA name, or undefined when the airport is unknown
 */
export function instantOf(local: string, zone: string | undefined): number | null {
  const parts = LOCAL.exec(local);
  if (!parts) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const reading = Date.UTC(year, month - 1, day, hour, minute, second);
  if (zone === undefined) return reading + UNKNOWN_ZONE_MS;
  const before = reading - offsetAt(reading - 24 * HOUR_MS, zone);
  const after = reading - offsetAt(reading + 24 * HOUR_MS, zone);
  const shown = [before, after].filter((instant) => instant + offsetAt(instant, zone) === reading);
  return shown.length ? Math.min(...shown) : before;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!);
  return shown - Math.floor(instant / 1000) * 1000;
}

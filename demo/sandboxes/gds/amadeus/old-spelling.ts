const OLD_NAMES: Record<string, string> = {
  flightOfferId: 'flightOfferid',
  segmentId: 'segmentid',
  startSeatRow: 'startseatRow',
  travelerId: 'id',
};

const OLD_DICTIONARIES: Record<string, string> = {
  locations: 'location',
  facilities: 'facility',
  seatCharacteristics: 'seatCharacteristic',
};

/**
 * A seat map reply in the words of the oldest public sample: `flightOfferid`, `segmentid`, `startseatRow`, `id` for the
 * traveller of a seat's status, dictionaries in the singular, no counters. Clients still meet it in stored replies.
 */
export function inOldSpelling(reply: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(reply).map(([key, value]) =>
      key === 'dictionaries' ? [key, rename(value, OLD_DICTIONARIES)] : [key, rename(value, OLD_NAMES)],
    ),
  );
}

function rename(value: unknown, names: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((entry) => rename(entry, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'availableSeatsCounters')
      .map(([key, inner]) => [names[key] ?? key, rename(inner, names)]),
  );
}

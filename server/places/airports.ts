import table from 'virtual:airports';

/** The city an airport serves, in English ("LHR" -> "London"); undefined where the data has none. */
export const cityOf = (airport: string): string | undefined => table[airport]?.[0] || undefined;

/** The airport's IANA time zone ("Europe/London"); undefined for an unknown airport. */
export const zoneOf = (airport: string): string | undefined => table[airport]?.[1];

/** Facts about airports, by IATA code. */
export interface Places {
  /** City in English ("London"); undefined where unknown. */
  cityOf(airport: string): string | undefined;
  /** IANA time zone; undefined for an unknown airport. */
  zoneOf(airport: string): string | undefined;
}

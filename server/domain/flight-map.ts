import type { SeatMap } from './seat-map.ts';

/** A seat map with the flight it is of: what a GDS's reply says by itself, before any booking is known. */
export interface FlightMap {
  flight: {
    airline?: string;
    number?: string;
    /** The airline that flies it, where it is another. */
    operatedBy?: string;
    origin?: string;
    destination?: string;
    /** Airport-local, "2026-03-09T07:35". */
    departsLocal?: string;
    /** IATA aircraft type code. */
    aircraft?: string;
    bookingClass?: string;
  };
  map: SeatMap;
}

/** What became of reading a file that should hold a GDS's seat map reply. */
export type ReadMaps = { is: 'maps'; maps: FlightMap[]; warnings: string[] } | NotMaps;

export interface NotMaps {
  is: 'refused';
  /** What it seems to be, with its article: "a flight order". Null: nothing that this GDS sends. */
  seems: string | null;
  /** What is wanted instead. */
  wanted: string;
}

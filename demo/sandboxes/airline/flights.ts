import { A320, A380 } from './aircraft.ts';
import type { Aircraft } from './aircraft.ts';
import type { Crowd } from './cabin.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface AirportCall {
  airport: string;
  terminal?: string;
  /** The airport's own time, without offset: '2027-03-09T07:35:00'. */
  local: string;
}

/** One departure on one day. */
export interface Flight {
  airline: string;
  number: string;
  /** Who flies it, where that is not the airline whose number it carries. */
  operatedBy: string;
  departure: AirportCall;
  arrival: AirportCall;
  /** ISO 8601, 'PT1H20M'. */
  duration: string;
  aircraft: Aircraft;
  crowd: Crowd;
  /** False where the airline that flies it gives no seat map to others. */
  mapped: boolean;
  /** Its seat map has the faults that real ones have; says which at the place where they are made. */
  untidy: boolean;
}

export type FlightCode = keyof typeof TIMETABLE;

interface Schedule {
  number: string;
  operatedBy?: string;
  from: string;
  to: string;
  terminals: [string?, string?];
  /** Local times; `+1` is the day after. */
  departs: string;
  arrives: string;
  duration: string;
  aircraft: Aircraft;
  crowd: Crowd;
  mapped?: false;
  untidy?: true;
  inDays?: number;
}

/** Flights leave a month after the sandboxes start, so that seats are always for sale. */
const DAYS_AHEAD = 30;

const TIMETABLE = {
  'ZS 482': {
    number: '482',
    from: 'DUB',
    to: 'LHR',
    terminals: ['2', '2'],
    departs: '07:35',
    arrives: '08:55',
    duration: 'PT1H20M',
    aircraft: A320,
    crowd: { seed: 41 },
  },
  'ZS 17': {
    number: '17',
    from: 'LHR',
    to: 'SIN',
    terminals: ['2', '3'],
    departs: '12:10',
    arrives: '09:15+1',
    duration: 'PT13H5M',
    aircraft: A380,
    crowd: { seed: 7 },
  },
  'ZS 841': {
    number: '841',
    from: 'SIN',
    to: 'KUL',
    terminals: ['3'],
    departs: '11:40+1',
    arrives: '12:45+1',
    duration: 'PT1H5M',
    aircraft: A320,
    crowd: { seed: 19 },
    untidy: true,
  },
  'ZS 484': {
    number: '484',
    from: 'DUB',
    to: 'LHR',
    terminals: ['2', '2'],
    departs: '09:20',
    arrives: '10:40',
    duration: 'PT1H20M',
    aircraft: A320,
    crowd: { seed: 5, full: true },
  },
  'ZS 6120': {
    number: '6120',
    operatedBy: 'XN',
    from: 'LHR',
    to: 'ARN',
    terminals: ['2', '5'],
    departs: '14:30',
    arrives: '18:05',
    duration: 'PT2H35M',
    aircraft: A320,
    crowd: { seed: 11 },
    mapped: false,
  },
  'ZS 480': {
    number: '480',
    from: 'DUB',
    to: 'LHR',
    terminals: ['2', '2'],
    departs: '06:30',
    arrives: '07:50',
    duration: 'PT1H20M',
    aircraft: A320,
    crowd: { seed: 23 },
    inDays: -10,
  },
  /** Text that a careless page would run. Terminals are free text in every system. */
  'ZS 488': {
    number: '488',
    from: 'DUB',
    to: 'LHR',
    terminals: ['<B ONCLICK=ALERT(3)>2</B>', '"><SVG ONLOAD=ALERT(4)>'],
    departs: '17:25',
    arrives: '18:45',
    duration: 'PT1H20M',
    aircraft: A320,
    crowd: { seed: 29 },
  },
} satisfies Record<string, Schedule>;

/** The timetable with its dates, as they stand at `now` (milliseconds since the epoch). */
export function scheduleFlights(now: number): Map<FlightCode, Flight> {
  return new Map((Object.keys(TIMETABLE) as FlightCode[]).map((code) => [code, fly(TIMETABLE[code], now)]));
}

function fly(schedule: Schedule, now: number): Flight {
  const [departureTerminal, arrivalTerminal] = schedule.terminals;
  const day = schedule.inDays ?? DAYS_AHEAD;
  return {
    airline: 'ZS',
    number: schedule.number,
    operatedBy: schedule.operatedBy ?? 'ZS',
    departure: call(schedule.from, departureTerminal, localTime(now, day, schedule.departs)),
    arrival: call(schedule.to, arrivalTerminal, localTime(now, day, schedule.arrives)),
    duration: schedule.duration,
    aircraft: schedule.aircraft,
    crowd: schedule.crowd,
    mapped: schedule.mapped ?? true,
    untidy: schedule.untidy ?? false,
  };
}

function call(airport: string, terminal: string | undefined, local: string): AirportCall {
  return terminal === undefined ? { airport, local } : { airport, terminal, local };
}

function localTime(now: number, inDays: number, time: string): string {
  const [clock, more = '0'] = time.split('+');
  return `${dateInDays(now, inDays + Number(more))}T${clock}:00`;
}

/** 'YYYY-MM-DD', counted from the UTC day of `now`. */
export function dateInDays(now: number, days: number): string {
  return new Date(now + days * DAY_MS).toISOString().slice(0, 10);
}

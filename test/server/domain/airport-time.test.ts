import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../server/domain/airport-time.ts';
import { cityOf, zoneOf } from '../../../server/places/airports.ts';

const iso = (local: string, zone?: string) => new Date(instantOf(local, zone)!).toISOString();

describe('an airport’s time', () => {
  it('is read in the airport’s zone, winter and summer', () => {
    expect(iso('2026-01-09T07:35', 'Europe/Dublin')).toBe('2026-01-09T07:35:00.000Z');
    expect(iso('2026-07-09T07:35', 'Europe/Dublin')).toBe('2026-07-09T06:35:00.000Z');
    expect(iso('2026-03-09T09:15:30', 'Asia/Singapore')).toBe('2026-03-09T01:15:30.000Z');
    expect(iso('2026-03-09T09:15', 'Asia/Kathmandu')).toBe('2026-03-09T03:30:00.000Z');
  });

  it('runs on through an hour that a clock change skips, and takes the first of one that comes twice', () => {
    expect(iso('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(iso('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('closes an unknown airport late: local time plus 26 hours', () => {
    expect(iso('2026-03-09T07:35')).toBe('2026-03-10T09:35:00.000Z');
  });

  it('refuses what is no local time', () => {
    expect(instantOf('tomorrow', 'Europe/Berlin')).toBeNull();
  });
});

describe('airports', () => {
  it('know their city and zone', () => {
    expect([cityOf('DUB'), zoneOf('DUB')]).toEqual(['Dublin', 'Europe/Dublin']);
    expect([cityOf('LHR'), zoneOf('LHR')]).toEqual(['London', 'Europe/London']);
    expect([cityOf('SIN'), zoneOf('SIN')]).toEqual(['Singapore', 'Asia/Singapore']);
    expect([cityOf('BER'), zoneOf('BER')]).toEqual(['Berlin', 'Europe/Berlin']);
    expect([cityOf('QQQ'), zoneOf('QQQ')]).toEqual([undefined, undefined]);
  });

  it('are all in zones that this machine knows', () => {
    for (const code of ['JFK', 'EZE', 'NRT', 'SYD', 'GRU', 'JNB', 'DEL', 'KTM']) {
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zoneOf(code)! }), code).not.toThrow();
    }
  });
});

import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../server/domain/ports/clock.ts';
import type { GdsPort } from '../../../server/domain/ports/gds.ts';
import { openPanel } from '../../../server/services/open-panel.ts';
import type { PartnerServices } from '../../../server/services/partner-services.ts';
import { startTestDemo, TestClock, type TestDemo } from '../../support/demo.ts';

const DAY_MS = 86_400_000;
/** All thousand locators in `LONG=1`; thirty of them say the same sooner. */
const LOCATORS = process.env['LONG'] ? 1000 : 12;
const SURNAMES = 100;
/** Twenty tries a second, from all addresses together. */
const PAUSE_MS = 50;
const A_DAY = 5;

const letters = (n: number, length: number): string =>
  Array.from({ length }, (_, place) => String.fromCharCode(65 + (Math.floor(n / 26 ** place) % 26))).join('');
const locators = Array.from({ length: LOCATORS }, (_, n) => `Q${letters(n, 5)}`);
const surnames = Array.from({ length: SURNAMES }, (_, n) => `GUESS${letters(n, 2)}`);
const addressOf = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;

/** Time that only the attack moves; who waits for a floor keeps nobody else waiting. */
class AttackClock implements Clock {
  time = Date.UTC(2026, 5, 1, 12);
  now = () => this.time;
  sleep = () => Promise.resolve();
}

let demo: TestDemo;
let services: PartnerServices;
let clock: AttackClock;
/** Surnames that were asked about at the GDS, by locator. */
let asked: Map<string, string[]>;
let alarms: { at: number; text: string }[];

beforeEach(async () => {
  clock = new AttackClock();
  asked = new Map();
  alarms = [];
  const log = new Writable({
    write(chunk, _encoding, done) {
      const text = String(chunk);
      if (text.includes('"alarm":true')) alarms.push({ at: clock.time, text });
      done();
    },
  });
  demo = await startTestDemo({ clock: new TestClock(clock.time), log });
  const real = demo.demo.services;
  const counting = (port: GdsPort): GdsPort =>
    Object.assign(Object.create(port) as GdsPort, {
      async findBooking(recordLocator: string, lastName: string, signal: AbortSignal) {
        asked.set(recordLocator, [...(asked.get(recordLocator) ?? []), lastName]);
        // The airline takes a moment, in which others ask, too.
        await new Promise((resolve) => setImmediate(resolve));
        if (surnames.includes(lastName)) return { is: 'done', value: null };
        return port.findBooking(recordLocator, lastName, signal);
      },
    });
  services = { ...real, clock, gdsOf: (brand) => counting(real.gdsOf(brand)) };
});
afterEach(() => demo.close());

/** What a caller hears: `open`, or the code of the refusal. */
const answerTo = (request: { recordLocator?: string; lastName?: string; encryptedId?: string; address: string }) =>
  openPanel(services, {
    ...request,
    ...(request.encryptedId === undefined && { key: 'dcpub_test_skyline' }),
    attribution: {},
    origin: request.encryptedId === undefined ? demo.site : demo.api,
  }).then(
    () => 'open',
    (error: { code?: string }) => error.code,
  );
const mostAsked = () => Math.max(...[...asked.values()].map((names) => names.length));

describe.each([1, 100, 10_000])(
  'somebody with a list of locators, a list of surnames and %i addresses',
  (addresses) => {
    it.each([
      [
        'every surname for one locator, then the next',
        (n: number) => [Math.floor(n / SURNAMES), n % SURNAMES] as const,
      ],
      [
        'one surname for every locator, then the next',
        (n: number) => [n % LOCATORS, Math.floor(n / LOCATORS)] as const,
      ],
    ])(`tries ${A_DAY} surnames a day for a locator, and is heard of within a minute: %s`, async (_order, at) => {
      const began = clock.time;
      for (let n = 0; n < LOCATORS * SURNAMES; n++) {
        const [locator, surname] = at(n);
        const request = {
          recordLocator: locators[locator]!,
          lastName: surnames[surname]!,
          address: addressOf(n % addresses),
        };
        expect(['booking_not_found', 'too_many_requests']).toContain(await answerTo(request));
        clock.time += PAUSE_MS;
      }
      expect(clock.time - began).toBeLessThan(DAY_MS);
      expect(mostAsked()).toBeLessThanOrEqual(A_DAY);
      expect(alarms.length).toBeGreaterThan(0);
      expect(alarms[0]!.at - began).toBeLessThanOrEqual(60_000);
      // An alarm says which brand and which limit, and nothing of what was tried; no more than one a minute and limit.
      expect(alarms.map(({ text }) => text).join()).not.toMatch(/GUESS|Q[A-Z]{5}/);
      expect(alarms.length).toBeLessThanOrEqual(3 * Math.ceil((clock.time - began) / 60_000 + 1));
    });
  },
);

describe('for one locator', () => {
  const guess = (n: number) =>
    answerTo({ recordLocator: 'ABC123', lastName: surnames[n]!, address: addressOf(1000 + n) });
  const owner = (address = '192.0.2.7') => answerTo({ recordLocator: 'ABC123', lastName: 'SMITH', address });

  it('of many guesses at once no more than five are tried', async () => {
    const answers = await Promise.all(surnames.map((_, n) => guess(n)));
    expect(asked.get('ABC123')).toHaveLength(A_DAY);
    expect(answers.filter((answer) => answer === 'too_many_requests')).toHaveLength(SURNAMES - A_DAY);
  });

  it('the owner comes in as often as they like until the limit, and uses nothing of it up', async () => {
    for (let n = 0; n < A_DAY - 1; n++) expect(await guess(n)).toBe('booking_not_found');
    for (let times = 0; times < 8; times++) expect(await owner()).toBe('open');
    expect(await guess(A_DAY)).toBe('booking_not_found');
    expect(await guess(A_DAY + 1)).toBe('too_many_requests');
  });

  it('the link opens when the limit is used up, and the name does not, until the next day', async () => {
    const encryptedId = await services.encryptedIds.seal({
      brand: 'skyline',
      recordLocator: 'ABC123',
      lastName: 'SMITH',
    });
    for (let n = 0; n <= A_DAY; n++) await guess(n);
    expect(await owner()).toBe('too_many_requests');
    expect(await answerTo({ encryptedId, address: '192.0.2.7' })).toBe('open');
    clock.time += DAY_MS;
    expect(await owner()).toBe('open');
  });

  it('other spellings are the same locator', async () => {
    const spellings = ['abc123', ' ABC123', 'Abc123 ', 'aBC123', '\tABC123', 'ABC123\n', 'ABC123'];
    for (const [n, recordLocator] of spellings.entries()) {
      await answerTo({ recordLocator, lastName: surnames[n]!, address: addressOf(n) });
    }
    expect([...asked.keys()]).toEqual(['ABC123']);
    expect(mostAsked()).toBe(A_DAY);
  });
});

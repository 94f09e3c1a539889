import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freeSeats, startTestDemo, TestClock, type TestDemo } from '../../support/demo.ts';

let demo: TestDemo;
let clock: TestClock;
beforeEach(async () => {
  clock = new TestClock();
  demo = await startTestDemo({ clock });
});
afterEach(() => demo.close());

const opened = async () => {
  const { body } = await demo.open('ABC123', 'SMITH');
  return { ...body, token: body.token! };
};

describe('open', () => {
  it('answers look, travellers, segments, the first map and a token in one call', async () => {
    const { status, headers, body } = await demo.open('abc123', ' smith ');
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(demo.site);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(body.success).toBe(true);
    expect(body.brand).toMatchObject({
      name: 'SkylineAir',
      mode: 'test',
      tokens: { '--departcart-primary': '#1e40af' },
    });
    expect(body.travellers.map(({ name, initials, lap }) => [name, initials, lap])).toEqual([
      ['John S.', 'JS', 'Leo'],
      ['María G.', 'MG', undefined],
    ]);
    expect(body.segments.map(({ flight, from, to, departs }) => [flight, from.city, to.city, departs])).toEqual([
      ['ZS 482', 'Dublin', 'London', '2026-07-01T07:35'],
      ['ZS 17', 'London', 'Singapore', '2026-07-01T12:10'],
    ]);
    expect(body.currency).toBe('EUR');
    expect(body.map?.segment).toBe(body.segments[0]!.id);
    expect(freeSeats(body.map!, 1).length).toBeGreaterThan(50);
    expect(body.selection).toEqual({ version: 0, picks: [], total: 0 });
  });

  it('tells the browser no surname, birth date, contact or ticket', async () => {
    const { body } = await demo.open('ABC123', 'SMITH');
    expect(JSON.stringify(body)).not.toMatch(/smith|garcía|garcia|birth|@|ticket/i);
  });

  it('takes the last name of any traveller, whatever its accents', async () => {
    expect((await demo.open('ABC123', 'Garcia')).status).toBe(200);
    expect((await demo.open('ABC123', 'GARCÍA')).status).toBe(200);
  });

  it('answers unknown, wrong name, cancelled and flown alike, in words and in time', async () => {
    const tries = [
      ['ZZZZZZ', 'SMITH'],
      ['ABC123', 'JONES'],
      ['CANCL1', 'SMITH'],
      ['FLOWN1', 'SMITH'],
      ['!', 'SMITH'],
    ] as const;
    const answers = [];
    for (const [locator, name] of tries) {
      clock.slept.length = 0;
      const before = clock.now();
      const { status, body } = await demo.open(locator, name);
      answers.push(JSON.stringify({ status, ...body, request_id: '' }));
      expect((clock.now() - before) % 600).toBe(0);
      expect(clock.slept.at(-1)).toBeGreaterThan(0);
    }
    expect(new Set(answers).size).toBe(1);
    expect(JSON.parse(answers[0]!)).toMatchObject({ status: 404, code: 'booking_not_found', success: false });
  });

  it('refuses a page that is not on the brand’s list, readably', async () => {
    for (const origin of ['https://evil.example', 'null', `${demo.site}.evil.example`, null]) {
      const { status, headers, body } = await demo.open('ABC123', 'SMITH', { origin });
      expect([status, body.code]).toEqual([403, 'origin_not_allowed']);
      if (origin) expect(headers.get('access-control-allow-origin')).toBe(origin);
    }
  });

  it('says when the key is unknown, or Stripe’s', async () => {
    expect((await demo.open('ABC123', 'SMITH', { key: 'dcpub_test_nobody' })).body.code).toBe('key_unknown');
    expect((await demo.open('ABC123', 'SMITH', { key: 'pk_test_51abc' })).body.code).toBe('key_is_stripes');
  });

  it('limits failed look-ups of one locator, and good clients never feel it', async () => {
    for (let i = 0; i < 30; i++) expect((await demo.open('SOLO77', 'OKAFOR')).status).toBe(200);
    for (let i = 0; i < 5; i++) expect((await demo.open('ABC123', `WRONG${i}`)).status).toBe(404);
    const refused = await demo.open('ABC123', 'SMITH');
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    clock.pass(86_400_001);
    expect((await demo.open('ABC123', 'SMITH')).status).toBe(200);
  });

  it('limits failed look-ups from one address, over all locators', async () => {
    for (let i = 0; i < 20; i++)
      expect((await demo.open(`NONE${String(i).padStart(2, '0')}`, 'SMITH')).status).toBe(404);
    expect((await demo.open('ABC123', 'SMITH')).body.code).toBe('too_many_requests');
  });

  it('names why a segment has no map', async () => {
    expect((await demo.open('FULL00', 'SMITH')).body.segments.map((one) => one.no_map)).toEqual(['all_taken']);
    const { body } = await demo.open('NOMAP2', 'LINDQVIST');
    expect(body.segments.map((one) => one.no_map)).toEqual([undefined, 'operated_by_other']);
  });

  it('shows the seats that the booking has, and which are paid', async () => {
    const { body } = await demo.open('HELD33', 'SMITH');
    const held = body.segments.flatMap((one) => Object.values(one.held));
    expect(held.length).toBeGreaterThan(1);
    expect(held.some((one) => one.paid && !one.changeable)).toBe(true);
    expect(held.some((one) => !one.paid && one.changeable)).toBe(true);
  });

  it('closes sales three hours before departure, in the airport’s time', async () => {
    // Dublin in July is UTC+1: 07:35 there is 06:35 UTC.
    const departs = Date.UTC(2026, 6, 1, 6, 35);
    await demo.open('ABC123', 'SMITH');
    clock.time = departs - 3 * 3_600_000 - 1;
    expect((await demo.open('ABC123', 'SMITH')).body.segments[0]!.no_map).toBeUndefined();
  });
});

describe('map', () => {
  it('brings both decks of the second flight', async () => {
    const { token, segments } = await opened();
    const { body } = await demo.map(token, segments[1]!.id);
    expect(body.decks.map((deck) => deck.level)).toEqual(expect.arrayContaining(['main', 'upper']));
    const cabins = body.decks.flatMap((deck) => deck.cabins);
    expect(cabins.find((one) => one.cabin === 'business')?.fold).toBe(true);
    expect(cabins.filter((one) => one.cabin === 'economy').every((one) => !one.fold)).toBe(true);
  });

  it('keeps infants from exit rows and says why', async () => {
    const { map } = await opened();
    const exit = map!.decks[0]!.cabins[0]!.rows.find(
      (row) => row.exit && row.seats.some((seat) => seat !== 0 && seat.p !== undefined),
    )!;
    const seat = exit.seats.find((one) => one !== 0 && one.p !== undefined);
    expect(seat).toMatchObject({ no: ['exit_row_infant', 0] });
  });

  it('works only with the token of this page, this booking and this half hour', async () => {
    const { token, segments } = await opened();
    const segment = segments[0]!.id;
    expect((await demo.map(token, segment, { origin: 'https://evil.example' })).body.code).toBe('session_over');
    expect((await demo.map(token, segment, { origin: null })).body.code).toBe('session_over');
    const forged = token.slice(0, -2) + (token.endsWith('AA') ? 'BA' : 'AA');
    expect((await demo.map(forged, segment)).body.code).toBe('session_over');
    expect((await demo.map('x', segment)).body.code).toBe('session_over');
    expect((await demo.map(token, 'nope')).body.code).toBe('segment_not_found');
    clock.pass(30 * 60_000 + 1);
    const over = await demo.map(token, segment);
    expect([over.status, over.body.code]).toEqual([401, 'session_over']);
  });

  it('renews the token while the traveller acts', async () => {
    const { token, segments } = await opened();
    expect((await demo.map(token, segments[1]!.id)).body.token).toBeUndefined();
    clock.pass(20 * 60_000);
    const { body } = await demo.map(token, segments[1]!.id);
    expect(body.token).toEqual(expect.any(String));
    clock.pass(20 * 60_000);
    expect((await demo.map(body.token!, segments[0]!.id)).status).toBe(200);
  });
});

describe('select', () => {
  it('keeps the selection for a reload and another tab, with prices and total', async () => {
    const { token, map, travellers } = await opened();
    const [first, second] = freeSeats(map!, 1).filter((seat) => !seat.exit && seat.price > 0);
    const picks = [
      { traveller: travellers[0]!.id, segment: map!.segment, designator: first!.designator },
      { traveller: travellers[1]!.id, segment: map!.segment, designator: second!.designator },
    ];
    const { status, body } = await demo.select(token, 0, picks);
    expect(status).toBe(200);
    expect(body.selection).toEqual({
      version: 1,
      picks: [
        { ...picks[0], price: first!.price },
        { ...picks[1], price: second!.price },
      ].map((pick) => expect.objectContaining(pick)),
      total: first!.price + second!.price,
    });
    expect((await opened()).selection).toEqual(body.selection);
  });

  it('answers an old version with the current selection and changes nothing', async () => {
    const { token, map, travellers } = await opened();
    const seats = freeSeats(map!, 1).filter((seat) => !seat.exit);
    const pick = (designator: string) => [{ traveller: travellers[1]!.id, segment: map!.segment, designator }];
    await demo.select(token, 0, pick(seats[0]!.designator));
    const { status, body } = await demo.select(token, 0, pick(seats[1]!.designator));
    expect([status, body.code]).toEqual([409, 'selection_changed']);
    expect(body.selection).toMatchObject({ version: 1, picks: [{ designator: seats[0]!.designator }] });
    expect((await opened()).selection.version).toBe(1);
  });

  it('names each seat that can’t be had and keeps the rest', async () => {
    const { token, map, travellers } = await opened();
    const [john, maria] = travellers.map((one) => one.id) as [string, string];
    const exit = freeSeats(map!, 1).find((seat) => seat.exit)!.designator;
    const good = freeSeats(map!, 0).find((seat) => !seat.exit)!.designator;
    const ask = async (picks: { traveller: string; designator: string; assent?: true }[]) => {
      const { selection } = await opened();
      const { body } = await demo.select(
        token,
        selection.version,
        picks.map((pick) => ({ segment: map!.segment, ...pick })),
      );
      return {
        refused: body.selection.refused?.map((one) => one.why),
        kept: body.selection.picks.map((one) => one.designator),
      };
    };
    expect(await ask([{ traveller: maria, designator: exit }])).toEqual({ refused: ['assent'], kept: [] });
    expect(await ask([{ traveller: maria, designator: exit, assent: true }])).toEqual({
      refused: undefined,
      kept: [exit],
    });
    expect(
      await ask([
        { traveller: john, designator: exit, assent: true },
        { traveller: maria, designator: good },
      ]),
    ).toEqual({ refused: ['exit_row_infant'], kept: [good] });
    expect(
      await ask([
        { traveller: john, designator: good },
        { traveller: maria, designator: good },
      ]),
    ).toEqual({ refused: ['twice'], kept: [good] });
    expect(
      await ask([
        { traveller: '99', designator: good },
        { traveller: maria, designator: '99Z' },
      ]),
    ).toEqual({ refused: ['gone', 'gone'], kept: [] });
  });

  it('keeps every writer honest when two race', async () => {
    const { token, map, travellers } = await opened();
    const seats = freeSeats(map!, 1)
      .filter((seat) => !seat.exit)
      .slice(0, 6);
    const answers = await Promise.all(
      seats.map((seat) =>
        demo.select(token, 0, [{ traveller: travellers[1]!.id, segment: map!.segment, designator: seat.designator }]),
      ),
    );
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
    expect(answers.filter((one) => one.status === 409)).toHaveLength(5);
  });
});

describe('bad input', () => {
  it('is answered with a problem document that points at the fault', async () => {
    const cases: [string, unknown, number, string, string[]][] = [
      ['open', '{"v":1,', 400, 'invalid_json', []],
      ['open', '', 400, 'invalid_json', []],
      ['open', [], 422, 'invalid_request', ['']],
      ['open', { v: 1, key: 5, record_locator: 'ABC123', last_name: 'SMITH' }, 422, 'invalid_request', ['/key']],
      [
        'open',
        { v: 1, key: 'k', record_locator: 'ABC123', last_name: 'SMITH', 'evil/~field': 1 },
        422,
        'invalid_request',
        ['/evil~1~0field'],
      ],
      [
        'select',
        { v: 1, token: 't', version: -1, picks: [{ traveller: '1', segment: '1', designator: '012A' }] },
        422,
        'invalid_request',
        ['/version', '/picks/0/designator'],
      ],
      ['map', { v: 2, token: 't', segment: '1', anything: true }, 409, 'client_outdated', []],
    ];
    for (const [name, body, status, code, pointers] of cases) {
      const heard = await demo.call<{ code: string; errors?: { pointer: string }[]; request_id: string }>(name, body);
      expect([heard.status, heard.body.code, heard.body.errors?.map((one) => one.pointer) ?? []]).toEqual([
        status,
        code,
        pointers,
      ]);
      expect(heard.headers.get('content-type')).toBe('application/problem+json');
      expect(heard.body.request_id).toBe(heard.headers.get('x-request-id'));
      expect(JSON.stringify(heard.body)).not.toMatch(/\bat .*\.(ts|js):|node_modules|\/work|stack/);
    }
  });

  it('refuses a body that is too large, declared or not', async () => {
    const big = JSON.stringify({ v: 1, key: 'x'.repeat(70_000) });
    expect((await demo.call<{ code: string }>('open', big)).body.code).toBe('body_too_large');
    const streamed = await fetch(`${demo.api}/api/panel/open`, {
      method: 'POST',
      headers: { origin: demo.site },
      body: new Blob([big]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
  });

  it('answers other methods and paths with words', async () => {
    const wrong = await fetch(`${demo.api}/api/panel/open`);
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await fetch(`${demo.api}/nothing`)).status).toBe(404);
  });
});

describe('a GDS in trouble', () => {
  it.each(['down', 'html', 'half'])('(%s) is said in words, offers a retry and leaves the server up', async (fault) => {
    await demo.fault(fault, '*', 10);
    const { status, headers, body } = await demo.open('ABC123', 'SMITH');
    expect([status, body.code]).toEqual([503, 'gds_unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await fetch(`${demo.demo.sandboxes}/reset`, { method: 'POST' });
    expect((await demo.open('ABC123', 'SMITH')).status).toBe(200);
  });

  it('is not counted as a failed look-up', async () => {
    await demo.fault('down', '*', 100);
    for (let i = 0; i < 6; i++) expect((await demo.open('ABC123', 'SMITH')).status).toBe(503);
    await fetch(`${demo.demo.sandboxes}/reset`, { method: 'POST' });
    expect((await demo.open('ABC123', 'SMITH')).status).toBe(200);
  });
});

describe('what stays secret', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'departcart-secret-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is neither in the database nor in the log', async () => {
    let log = '';
    const sink = new Writable({ write: (chunk, _encoding, done) => ((log += String(chunk)), done()) });
    const file = join(folder, 'secret.sqlite');
    const own = await startTestDemo({ clock, databaseFile: file, log: sink });
    const { body } = await own.open('ABC123', 'SMITH');
    await own.open('ABC123', 'JONES');
    const seat = freeSeats(body.map!, 1).find((one) => !one.exit)!;
    await own.select(body.token!, 0, [
      { traveller: body.travellers[1]!.id, segment: body.map!.segment, designator: seat.designator },
    ]);
    await own.close();
    // Sealed bytes are random: four letters in a row would be spelled in them by chance one day.
    const stored = readFileSync(file);
    for (const secret of [
      'ABC123',
      'SMITH',
      'GARCÍA',
      'GARCIA',
      'JONES',
      'demo_amadeus_secret',
      `"${seat.designator}"`,
    ]) {
      expect(stored.includes(secret), `${secret} stands in the database`).toBe(false);
      expect(log.includes(secret), `${secret} stands in the log`).toBe(false);
    }
    expect(log).toContain('/api/panel/open');
  });
});

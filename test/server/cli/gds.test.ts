import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gds } from '../../../server/cli/gds.ts';
import type { SeatMap } from '../../../server/domain/seat-map.ts';
import { deck, entry, offer, reply, row, seat, threeThree } from '../gds/amadeus/replies.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'departcart-gds-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const said = { out: '', error: '' };
  const code = await gds(args, { out: (text) => (said.out += text), error: (text) => (said.error += text) });
  return { code, ...said };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const fixture = (name: string) => new URL(`../../samples/amadeus/${name}.json`, import.meta.url).pathname;

describe('gds map', () => {
  it('draws decks, cabins, rows and facilities, with a legend and the counts', async () => {
    const { code, out, error } = await run('map', fixture('seat-map.ok'));
    expect([code, error]).toEqual([0, '']);
    expect(out).toBe(`ZZ 100, MAD to LIS, 2026-05-09 07:35, aircraft 388, class K, segment 3

main deck, business, rows 1 to 2, 1-2-1
       A     D  G     K
       LA
             G  G
   1   o     x  o     o
   2   o     x  o     o

main deck, economy, rows 10 to 15, 3-3
       A  B  C     D  E  F
  10   $  $  $     $  $  $
  11 | $  $  $     $  $  $  |
  12 | o  o  o     o  o  o  |
       LA                LA
  14 = ~  ~  ~     ~  ~  ~  = exit
  15   x  x  x     x  x  x
          G  G        G

upper deck, economy, rows 50 to 51, 2-4-2
       A  C     D  E  F  G     H  K
  50   o  o     o  o  o  o     o  o
  51   o  o     o  o  o  o     o  CL

decks 2, rows 9, seats 53, exit rows 14
traveller 1: 45 available (27 free, 18 paid EUR 12.50 to 24.00), 8 occupied
traveller 2: 39 available (27 free, 12 paid EUR 12.50), 8 occupied, 6 not for this traveller

legend
  o    available and free, for everybody
  $    available for money, to somebody at least
  ~    available to some travellers only
  x    occupied
  |    row over the wing
  =    exit row
  LA   lavatory
  G    galley
  CL   closet`);
  });

  it('marks what is not for sale: unpriced, blocked, and what the reply says nothing of', async () => {
    const seats = [
      seat('1A', 0, 0, { characteristicsCodes: ['CH'] }),
      seat('1B', 0, 1, { travelerPricing: [offer('1', 'BLOCKED')] }),
      seat('1C', 0, 2, { travelerPricing: [] }),
    ];
    const { out } = await run('map', file('marks.json', reply(entry([deck(seats)]))));
    expect(out).toContain('   1   ?  #  -\n');
    expect(out).toContain('traveller 1: 1 available (1 without a price), 1 blocked');
  });

  it('prints the common seat map with --json, one for each map of the reply', async () => {
    const path = file(
      'two.json',
      reply(entry([deck(row(1, 0, threeThree))]), entry([deck(row(30, 0, threeThree))], { segmentId: '4' })),
    );
    const { code, out } = await run('map', path, '--json');
    const maps = JSON.parse(out) as SeatMap[];
    expect(code).toBe(0);
    expect(maps.map(({ segmentId, leg, decks }) => [segmentId, leg, decks[0]!.cabins[0]!.rows[0]!.number])).toEqual([
      ['3', 1, 1],
      ['4', 1, 30],
    ]);
    expect(maps[0]!.decks[0]!.cabins[0]!.rows[0]!.slots[0]).toEqual({
      row: 1,
      column: 'A',
      designator: '1A',
      characteristics: [],
      position: 'window',
      offers: { '1': { availability: 'available', rawStatus: 'AVAILABLE', price: { kind: 'free' } } },
    });
  });

  it('says what it had to leave out, and what the reply warns of', async () => {
    const raw = {
      ...reply(entry([deck([seat('1A', 0, 0), seat('none', 0, 1)])])),
      warnings: [{ code: 7, title: 'MAPS MAY BE OLD' }],
    };
    const { out } = await run('map', file('warned.json', raw));
    expect(out).toContain('incomplete: some seats of the reply could not be read');
    expect(out).toContain('warning: a seat whose number is no row and letter is left out: none');
    expect(out).toContain('the reply warns: 7 MAPS MAY BE OLD');
  });

  it('lets no control character of the reply reach the terminal', async () => {
    const raw = reply(
      entry([deck([seat('1A', 0, 0)], { facilities: [{ code: '\u001b[2J', row: '1', position: 'REAR' }] })], {
        number: '1\u001b]0;x\u0007',
      }),
    );
    const { out } = await run('map', file('hostile.json', raw));
    // oxlint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('reads a file with a byte order mark', async () => {
    expect(
      (await run('map', file('bom.json', `\ufeff${JSON.stringify(reply(entry([deck(row(1, 0, threeThree))])))}`))).code,
    ).toBe(0);
  });

  it.each([
    ['order.json', { data: { type: 'flight-order', id: 'x' } }, 'an Amadeus flight order'],
    ['token.json', { type: 'amadeusOAuth2Token', access_token: 'secret-1' }, 'an Amadeus token reply'],
    ['error.json', { errors: [{ code: 4481, detail: 'QTRV7K' }] }, 'an Amadeus error reply (code 4481)'],
    ['request.json', { data: [{ type: 'flight-offer', id: '1' }] }, 'as in the request of a seat map'],
    ['empty.json', '', 'empty'],
    ['half.json', '{"data":[{"type":"seatm', 'JSON that is cut off or damaged'],
    ['page.html', '<!DOCTYPE html><p>Sorry', 'a page of HTML'],
    ['soap.xml', '<?xml version="1.0"?><x/>', 'XML'],
    ['note.txt', 'QTRV7K', 'plain text'],
    ['other.json', { hello: 'world' }, 'JSON of another kind'],
    [
      'damaged.json',
      reply(entry([deck([{ number: '1A', coordinates: { x: 'one' as unknown as number } }])])),
      'damaged at data[0].decks[0].seats[0].coordinates.x',
    ],
  ])('refuses %s by name, and says what it is and what is wanted', async (name, content, words) => {
    const { code, out, error } = await run('map', file(name, content));
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(name);
    expect(error).toContain(words);
    expect(error).toContain('Wanted:');
    expect(error).not.toMatch(/QTRV7K|secret-1/);
  });

  it('refuses its own output by name', async () => {
    const { out } = await run('map', fixture('seat-map.ok'), '--json');
    const { code, error } = await run('map', file('ours.json', out));
    expect(code).toBe(2);
    expect(error).toContain('what "gds map --json" prints');
  });

  it('refuses a file that is not there, and a folder', async () => {
    expect(await run('map', join(folder, 'nowhere.json'))).toMatchObject({
      code: 2,
      error: expect.stringContaining('there is no such file') as string,
    });
    expect(await run('map', folder)).toMatchObject({
      code: 2,
      error: expect.stringContaining('this is no file') as string,
    });
  });

  it.each([[[]], [['map']], [['draw', 'x.json']], [['map', 'a.json', 'b.json']], [['map', 'a.json', '--yaml']]])(
    'explains itself when called as %j',
    async (args) => {
      const { code, error } = await run(...args);
      expect(code).toBe(2);
      expect(error).toContain('departcart gds map FILE [--json]');
    },
  );

  it('explains itself when asked', async () => {
    expect(await run('--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('departcart gds map FILE') as string,
    });
  });
});

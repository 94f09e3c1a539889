import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartnerDeps } from '../../../server/cli/partner-io.ts';
import { partner, partnerFromEnvironment } from '../../../server/cli/partner.ts';
import type { Makers } from '../../../server/partner-file/makers.ts';
import { openStore } from '../../../server/store/database.ts';
import { smallest } from '../partner-file/files.ts';
import { countingMakers, memory } from '../partner-file/memory.ts';

const key = 'dcpub_test_abc';

describe('departcart partner', () => {
  let on: Awaited<ReturnType<typeof memory>>;
  let opened: number;
  let make: Makers;
  let out: string[];
  let errors: string[];
  beforeEach(async () => {
    on = await memory();
    [opened, out, errors] = [0, [], []];
    make = { ...countingMakers(), newPublishableKey: () => key };
  });
  afterEach(() => on.store.close());

  const run = (args: string[], file: string | Error, more: Partial<PartnerDeps> = {}) =>
    partner(
      args,
      { out: (text) => out.push(text), error: (text) => errors.push(text) },
      {
        readFile: () => (file instanceof Error ? Promise.reject(file) : Promise.resolve(file)),
        env: {},
        ask: null,
        user: 'ines',
        make,
        open: () => {
          opened++;
          return Promise.resolve({
            ...on,
            store: { ...on.store, close: () => Promise.resolve() },
            revokeTokens: () => Promise.resolve(false),
          });
        },
        ...more,
      },
    );
  const version = async () => (await on.store.rows.brands.newest('skylineair'))?.version ?? 0;

  it('applies with --yes, shows what changes and prints the key', async () => {
    expect(await run(['apply', 'skyline.yaml', '--yes'], smallest)).toBe(0);
    expect(out.join('\n')).toMatch(/skylineair is a new brand, mode test:\n[^]*\+ brand.primary_color: "#1E40AF"/);
    expect(out.join('\n')).toMatch(/\+ gds.api_credentials.api_secret: \[secret\]/);
    expect(out.at(-1)).toMatch(/\nPublishable key: dcpub_test_abc\nAPI key: dck_k+1\nAPI secret: dcs_k+2\n.*once/);
    expect([...out, ...errors].join()).not.toContain('s3cret');
    expect(await version()).toBe(1);
    expect((await on.store.rows.brands.newest('skylineair'))?.appliedBy).toBe('ines');
  });

  it('asks the person at the terminal, and takes anything but yes for no', async () => {
    const asked: string[] = [];
    const ask = (answer: string) => (question: string) => (asked.push(question), Promise.resolve(answer));
    expect(await run(['apply', 'f'], smallest, { ask: ask('') })).toBe(1);
    expect(await run(['apply', 'f'], smallest, { ask: ask('no') })).toBe(1);
    expect(await version()).toBe(0);
    expect(errors.join()).toContain('Nothing was changed for skylineair.');
    expect(await run(['apply', 'f'], smallest, { ask: ask(' Y ') })).toBe(0);
    expect(asked).toEqual(Array(3).fill('Apply? [y/N] '));
    expect(await version()).toBe(1);
  });

  it('refuses where nobody can say yes, and says what to do', async () => {
    expect(await run(['apply', 'f'], smallest)).toBe(1);
    expect(errors.join('\n')).toMatch(/Nobody is at the terminal[^]*--yes/);
    expect(await version()).toBe(0);
  });

  it('shows a change before and after, and nothing to do when there is none', async () => {
    await run(['apply', 'f', '-y'], smallest);
    out = [];
    expect(await run(['apply', 'f', '-y'], smallest.replace('#1E40AF', '#000000'))).toBe(0);
    expect(out[0]).toMatch(
      /skylineair, mode test, version 2 changes:\n {2}~ brand.primary_color: "#1E40AF" → "#000000"/,
    );
    out = [];
    expect(await run(['apply', 'f'], smallest.replace('#1E40AF', '#000000'))).toBe(0);
    expect(out.join('\n').split('\n')).toEqual([
      'skylineair is as the file says already, version 2.',
      expect.stringContaining('Note: legal'),
      expect.stringContaining('Note: brand.code'),
      `Publishable key: ${key}`,
      expect.stringMatching(/^API key: dck_k+1$/),
    ]);
  });

  it('lists every fault with place, line and fix, without opening the store', async () => {
    const faulty = smallest.replace('mode: test', 'mode: staging').replace('office_id', 'ofice_id');
    expect(await run(['apply', 'some/skyline.yaml', '--yes'], faulty)).toBe(1);
    expect(errors.join('\n')).toBe(
      [
        'skyline.yaml was not applied, it has 3 faults:',
        '  mode (line 1) is not one of those known',
        '      Write "test" or "live".',
        '  gds.office_id (line 7) is missing',
        '      Add it: the 9 characters of your office id in capitals, like NCE1A0950.',
        '  gds.ofice_id (line 13) is not known here',
        '      Did you mean "office_id"?',
      ].join('\n'),
    );
    expect(opened).toBe(0);
  });

  it('writes no control character of a file to the terminal', async () => {
    const key = smallest.replace('  primary_color', '  "\\e[2J": 1\n  primary_color');
    const name = smallest.replace('SkylineAir', '"Skyline\\e[31mAir"');
    for (const refused of [key, name]) expect(await run(['apply', 'f', '--yes'], refused)).toBe(1);
    const anchor = `${smallest}panel: {place: {anchor: "\\e[2J \\u009b31m \\u202e"}}\n`;
    expect(await run(['apply', 'f', '--yes'], anchor)).toBe(0);
    expect(out.join('\n')).toContain('panel.place.anchor');
    expect([...out, ...errors].join('\n').replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('only looks with --check: says what would change, asks and changes nothing', async () => {
    expect(await run(['apply', 'f', '--check'], smallest)).toBe(0);
    expect(out.join('\n')).toMatch(/^skylineair is a new brand, mode test:\n[^]*\nOnly looked: nothing was changed\.$/);
    expect(await version()).toBe(0);
    await run(['apply', 'f', '-y'], smallest);
    out = [];
    expect(await run(['apply', 'f', '--check'], smallest.replace('#1E40AF', '#000000'))).toBe(0);
    expect(out.join('\n')).toContain('~ brand.primary_color: "#1E40AF" → "#000000"');
    expect(await run(['apply', 'f', '--check'], smallest.replace('mode: test', 'mode: tset'))).toBe(1);
    expect(errors.join('\n')).toContain('Did you mean "test"?');
    expect(await version()).toBe(1);
  });

  it('looks at the logos with --check, and keeps them only without', async () => {
    const logo = smallest.replace('  primary_color', '  logo_primary: https://a.example/l.svg\n  primary_color');
    const gone = { found: {}, failed: [{ which: 'primary' as const, why: 'answers 404' }] };
    const asked: string[] = [];
    const open = () =>
      Promise.resolve({
        ...on,
        store: { ...on.store, close: () => Promise.resolve() },
        revokeTokens: () => Promise.resolve(false),
        fetchLogos: () => (asked.push('fetched'), Promise.resolve(gone)),
        lookAtLogos: () => (asked.push('looked at'), Promise.resolve(gone)),
      });
    expect(await run(['apply', 'f', '--check'], logo, { open })).toBe(0);
    expect(out.join('\n')).toContain('Note: brand.logo_primary (line 6) cannot be had: its address answers 404');
    expect(await run(['apply', 'f', '--yes'], logo, { open })).toBe(0);
    expect(asked).toEqual(['looked at', 'fetched']);
  });

  it('checks a file with --check where there is no database, too', async () => {
    const open = () => Promise.reject(new Error('DEPARTCART_MASTER_KEYS is missing'));
    expect(await run(['apply', 'some/skyline.yaml', '--check'], smallest, { open })).toBe(0);
    expect(out.join('\n')).toMatch(/^skyline.yaml is valid\.\n {2}Note: /);
    expect(errors).toEqual(['It was not compared with what is in force. DEPARTCART_MASTER_KEYS is missing']);
  });

  it('prints the code that it makes of the name, and what is not built', async () => {
    const sabre = smallest.replace(
      /gds:\n(?: {2}.*\n)+/,
      'gds:\n  gds_provider: sabre\n  environment: test\n  rest_credentials: {client_id: a, client_secret: b, username: c, password: d}\n',
    );
    expect(await run(['apply', 'f', '--yes'], sabre)).toBe(0);
    expect(out.join('\n')).toContain('Note: brand.code (line 4) is not given, so it is made of the name: skylineair.');
    expect(out.join('\n')).toContain('Note: gds.gds_provider (line 8) is kept, and not spoken to yet by this version');
  });

  it('lists the brands and what became of them', async () => {
    expect(await run(['list'], '')).toBe(0);
    expect(errors).toEqual([expect.stringContaining('There is no brand yet')]);
    await run(['apply', 'f', '-y'], smallest);
    const newPublishableKey = () => 'dcpub_test_other';
    await run(['apply', 'f', '-y'], smallest.replace('SkylineAir', 'Other Air'), {
      make: { ...make, newPublishableKey },
    });
    await run(['disable', 'other-air', '-y'], '');
    out = [];
    expect(await run(['list'], '')).toBe(0);
    expect(out).toEqual([
      'other-air  disabled  version 2  2025-12-06 05:46 UTC  test  Other Air',
      'skylineair  on  version 1  2025-12-06 05:46 UTC  test  SkylineAir',
    ]);
  });

  it('shows a brand, its versions and secrets, and no credential', async () => {
    await run(['apply', 'f', '-y'], smallest);
    await run(['apply', 'f', '-y'], smallest.replace('#1E40AF', '#000000'));
    await run(['rotate-secret', 'skylineair', '--grace', '2', '-y'], '');
    const secrets = [...out.join('\n').matchAll(/dcs_\w+/g)].map(([secret]) => secret);
    expect(secrets).toHaveLength(2);
    out = [];
    expect(await run(['show', 'skylineair'], '')).toBe(0);
    const text = out.join('\n');
    expect(text).toMatch(
      /^skylineair, version 2, on, by ines at 2025-12-06 05:46 UTC\nPublishable key: dcpub_test_abc\n/,
    );
    expect(text).toMatch(/API key: dck_k+1\n {2}secret by ines at .* UTC(, ends 2025-12-06 07:46 UTC)?\n/);
    expect(text).toContain(', ends 2025-12-06 07:46 UTC');
    expect(text).toContain('Versions:\n  2  2025-12-06 05:46 UTC  ines\n  1  2025-12-06 05:46 UTC  ines\nFile:\n');
    expect(text).toContain('  gds.api_credentials.api_secret: [secret]');
    expect(text).toContain('  brand.primary_color: "#000000"');
    for (const secret of [...secrets, 's3cret', 'amadeus-key']) expect(text).not.toContain(secret);
    out = [];
    expect(await run(['show', 'skylineair', '--version', '1'], '')).toBe(0);
    expect(out.join('\n')).toContain('  brand.primary_color: "#1E40AF"');
    expect(await run(['show', 'skylineair', '--version', '7'], '')).toBe(1);
    expect(await run(['show', 'nobody'], '')).toBe(1);
    expect(errors).toEqual([
      'skylineair has no version 7; the newest is 2.',
      'There is no brand "nobody". departcart partner list names them.',
    ]);
  });

  it.each([
    [['disable', 'skylineair'], 'Disable? [y/N] ', 'skylineair is disabled, version 3.'],
    [['rollback', 'skylineair'], 'Roll back? [y/N] ', 'skylineair is as version 1 was, now version 3.'],
    [['rollback', 'skylineair', '--to', '1'], 'Roll back? [y/N] ', 'skylineair is as version 1 was, now version 3.'],
  ])('%j shows what changes and asks; only yes does it, and who said so is kept', async (args, question, done) => {
    await run(['apply', 'f', '-y'], smallest);
    await run(['apply', 'f', '-y'], smallest.replace('#1E40AF', '#000000'));
    out = [];
    const asked: string[] = [];
    const ask = (answer: string) => (text: string) => (asked.push(text), Promise.resolve(answer));
    expect(await run(args, '')).toBe(1);
    expect(await run(args, '', { ask: ask('n') })).toBe(1);
    expect(errors).toEqual([
      'Nobody is at the terminal to say yes: run it with --yes to do this.',
      'Nothing was changed for skylineair.',
      'Nothing was changed for skylineair.',
    ]);
    expect(await version()).toBe(2);
    expect(await run(args, '', { ask: ask('y'), user: 'omar' })).toBe(0);
    expect(asked).toEqual([question, question]);
    expect(out[0]).toMatch(/^skylineair, version 3 changes:\n {2}~ (state|brand.primary_color): /);
    expect(out.at(-1)).toContain(done);
    expect((await on.store.rows.brands.newest('skylineair'))?.appliedBy).toBe('omar');
    expect(await run([args[0]!, 'nobody', '--yes'], '')).toBe(1);
    expect(errors.at(-1)).toContain('There is no brand "nobody"');
  });

  it('gives a new API secret after asking, keeps the old one for a day, and ends tokens only when told to', async () => {
    await run(['apply', 'f', '-y'], smallest);
    const revoked: string[] = [];
    const open = () =>
      Promise.resolve({
        ...on,
        store: { ...on.store, close: () => Promise.resolve() },
        revokeTokens: (brand: string) => (revoked.push(brand), Promise.resolve(true)),
      });
    out = [];
    expect(await run(['rotate-secret', 'skylineair'], '', { ask: () => Promise.resolve('no'), open })).toBe(1);
    expect(await on.store.rows.apiSecrets.ofBrand('skylineair')).toHaveLength(1);
    expect(await run(['rotate-secret', 'skylineair', '--yes'], '', { open, user: 'omar' })).toBe(0);
    expect(out.at(-1)).toMatch(
      /^API key: dck_k+1\nAPI secret: dcs_\w+\n.*once.*\nThe secret before this one ends 2025-12-07 05:46 UTC/,
    );
    expect(revoked).toEqual([]);
    const secrets = await on.store.rows.apiSecrets.ofBrand('skylineair');
    expect(secrets.map(({ createdBy }) => createdBy).sort()).toEqual(['ines', 'omar']);
    expect(await run(['rotate-secret', 'skylineair', '--revoke-tokens', '-y'], '', { open })).toBe(0);
    expect(out.join('\n')).toContain('The bearer tokens that were given out end at once.');
    expect(revoked).toEqual(['skylineair']);
  });

  it.each([
    [[]],
    [['apply']],
    [['apply', 'a', 'b']],
    [['remove', 'a']],
    [['apply', 'a', '--force']],
    [['apply', 'a', '--grace', '1']],
    [['list', 'a']],
    [['show']],
    [['show', 'a', '--version', 'x']],
    [['rotate-secret', 'a', '--grace', '-1']],
    [['rotate-secret', 'a', '--grace', '1.5']],
    [['rollback', 'a', '--to', '1', '--check']],
    [['disable']],
    [['toString', 'a']],
  ])('says how it is called for %j', async (args) => {
    expect(await run(args, smallest)).toBe(2);
    expect(errors).toEqual([expect.stringContaining('departcart partner apply FILE [--yes] [--check]')]);
  });

  it('says which file cannot be read', async () => {
    expect(await run(['apply', 'gone.yaml'], new Error('ENOENT: no such file'))).toBe(1);
    expect(errors).toEqual(['gone.yaml cannot be read: ENOENT: no such file']);
  });

  it('says what is wrong with the store', async () => {
    const open = () => Promise.reject(new Error('The PostgreSQL database cannot be used'));
    expect(await run(['apply', 'f', '--yes'], smallest, { open })).toBe(1);
    expect(errors).toEqual(['The PostgreSQL database cannot be used']);
  });
});

describe('departcart partner, with this machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'departcart-partner-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reads file and settings, and leaves the brand in the database', async () => {
    const file = join(folder, 'brand.yaml');
    writeFileSync(file, smallest.replace('amadeus-s3cret', '"${AMADEUS_SECRET}"'));
    const url = `sqlite:${join(folder, 'data', 'd.sqlite')}`;
    const masterKeys = `k1:${randomBytes(32).toString('base64')}`;
    const env = { DEPARTCART_DATABASE_URL: url, DEPARTCART_MASTER_KEYS: masterKeys, AMADEUS_SECRET: 'hidden' };
    const said: string[] = [];
    const io = { out: (text: string) => said.push(text), error: (text: string) => said.push(text) };
    expect(await partnerFromEnvironment(['apply', file], io, {})).toBe(1);
    expect(said.join('\n')).toContain('AMADEUS_SECRET, which is not set');
    expect(await partnerFromEnvironment(['apply', file, '--yes'], io, { AMADEUS_SECRET: 'x' })).toBe(1);
    expect(said.join('\n')).toContain('DEPARTCART_MASTER_KEYS is missing');
    expect(await partnerFromEnvironment(['apply', file, '--yes'], io, env)).toBe(0);
    expect(said.at(-1)).toMatch(
      /^Publishable key: dcpub_test_[0-9A-Za-z]{24}\nAPI key: dck_\w{24}\nAPI secret: dcs_\w{32}$/m,
    );
    const store = await openStore(url);
    expect((await store.rows.brands.newest('skylineair'))?.version).toBe(1);
    await store.close();
  });
});

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartnerDeps } from '../../../server/cli/partner-io.ts';
import { partner, partnerFromEnvironment } from '../../../server/cli/partner.ts';
import { openStore } from '../../../server/store/database.ts';
import { smallest } from '../partner-file/files.ts';
import { countingMakers, memory } from '../partner-file/memory.ts';

const key = 'dcpub_test_abc';

describe('departcart partner', () => {
  let on: Awaited<ReturnType<typeof memory>>;
  let opened: number;
  let out: string[];
  let errors: string[];
  beforeEach(async () => {
    on = await memory();
    [opened, out, errors] = [0, [], []];
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
        make: { ...countingMakers(), newPublishableKey: () => key },
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

  it.each([[[]], [['apply']], [['apply', 'a', 'b']], [['remove', 'a']], [['apply', 'a', '--force']]])(
    'says how it is called for %j',
    async (args) => {
      expect(await run(args, smallest)).toBe(2);
      expect(errors).toEqual([expect.stringContaining('departcart partner apply FILE [--yes] [--check]')]);
    },
  );

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

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashApiSecret } from '../../../server/crypto/api-credentials.ts';
import { deriveLegacyKey } from '../../../server/crypto/legacy-key.ts';
import type { ApplyRequest } from '../../../server/partner-file/apply.ts';
import { applyPartnerFile } from '../../../server/partner-file/apply.ts';
import { createBrandReader } from '../../../server/partner-file/brand-settings.ts';
import {
  type BrandPlan,
  disableBrand,
  rollbackBrand,
  rotateSecret,
} from '../../../server/partner-file/change-brand.ts';
import type { FetchedLogos } from '../../../server/domain/ports/logos.ts';
import { smallest } from './files.ts';
import { countingMakers, memory } from './memory.ts';

const HOUR_MS = 3_600_000;

describe('a brand that is changed', () => {
  let on: Awaited<ReturnType<typeof memory>> & { make: ReturnType<typeof countingMakers> };
  let plans: BrandPlan[];
  beforeEach(async () => {
    on = { ...(await memory()), make: countingMakers() };
    plans = [];
  });
  afterEach(() => on.store.close());

  const apply = (text: string, more: Partial<ApplyRequest> = {}) =>
    applyPartnerFile({
      ...on,
      text,
      env: {},
      loopback: false,
      appliedBy: 'ines',
      confirm: () => Promise.resolve(true),
      ...more,
    });
  const change = (more: object = {}) => ({
    ...on,
    code: 'skylineair',
    by: 'omar',
    confirm: (plan: BrandPlan) => {
      plans.push(plan);
      return Promise.resolve(true);
    },
    ...more,
  });
  const newest = () => on.store.rows.brands.newest('skylineair');
  /** As a server that reads for the first time. */
  const settings = () => createBrandReader(on).byCode('skylineair');
  const black = smallest.replace('#1E40AF', '#000000');

  describe('its API credentials', () => {
    it('are made once, and only the hash of the secret is kept', async () => {
      const first = await apply(smallest);
      if (first.outcome !== 'applied') throw new Error(first.outcome);
      expect(first.apiKey).toMatch(/^dck_/);
      expect(first.apiSecret).toMatch(/^dcs_/);
      const [row, ...more] = await on.store.rows.apiSecrets.byApiKey(first.apiKey);
      expect(more).toEqual([]);
      expect(row).toEqual({
        apiKey: first.apiKey,
        hash: hashApiSecret(first.apiSecret!),
        brand: 'skylineair',
        createdAt: on.clock.now(),
        createdBy: 'ines',
        endsAt: null,
      });
      const next = await apply(black);
      expect(next).toMatchObject({ outcome: 'applied', apiKey: first.apiKey });
      expect(next).not.toHaveProperty('apiSecret');
      expect(await apply(black)).toMatchObject({ outcome: 'unchanged', apiKey: first.apiKey });
    });

    it('are made for a brand from before there were any, also when its file says nothing new, and not by looking', async () => {
      const { store } = on;
      const forgetful = (rows: typeof store.rows) => ({
        ...rows,
        apiSecrets: { ...rows.apiSecrets, add: () => Promise.resolve() },
      });
      const older: typeof store = { ...store, atomically: (work) => store.atomically((rows) => work(forgetful(rows))) };
      await apply(smallest, { store: older });
      const looked = await apply(smallest, { lookOnly: true });
      expect(looked).toMatchObject({ outcome: 'unchanged' });
      expect(looked).not.toHaveProperty('apiKey');
      expect(await store.rows.apiSecrets.ofBrand('skylineair')).toEqual([]);
      expect(await apply(smallest)).toMatchObject({
        outcome: 'unchanged',
        apiKey: expect.stringMatching(/^dck_/),
        apiSecret: expect.stringMatching(/^dcs_/),
      });
      expect(await apply(smallest)).not.toHaveProperty('apiSecret');
    });

    it('are written with the version, or not at all', async () => {
      const late = apply(black, {
        confirm: async () => {
          await apply(smallest);
          return true;
        },
      });
      expect(await late).toEqual({ outcome: 'overtaken', code: 'skylineair' });
      expect(await on.store.rows.apiSecrets.ofBrand('skylineair')).toHaveLength(1);
    });

    it('get a new secret beside the old one, which ends after the grace', async () => {
      const first = await apply(smallest);
      const result = await rotateSecret({ ...change(), graceMs: 24 * HOUR_MS });
      if (first.outcome !== 'applied' || result.outcome !== 'done') throw new Error('not done');
      expect(result.apiKey).toBe(first.apiKey);
      expect(result.apiSecret).not.toBe(first.apiSecret);
      const ends = async () =>
        Object.fromEntries(
          (await on.store.rows.apiSecrets.byApiKey(first.apiKey)).map(({ hash, endsAt, createdBy }) => [
            hash,
            [endsAt, createdBy],
          ]),
        );
      expect(await ends()).toEqual({
        [hashApiSecret(first.apiSecret!)]: [on.clock.now() + 24 * HOUR_MS, 'ines'],
        [hashApiSecret(result.apiSecret)]: [null, 'omar'],
      });
      const before = on.clock.now();
      on.clock.advance(HOUR_MS);
      await rotateSecret({ ...change(), graceMs: 48 * HOUR_MS });
      expect((await ends())[hashApiSecret(first.apiSecret!)]![0]).toBe(before + 24 * HOUR_MS);
      expect((await ends())[hashApiSecret(result.apiSecret)]![0]).toBe(on.clock.now() + 48 * HOUR_MS);
      await rotateSecret({ ...change(), graceMs: 0 });
      expect(Object.values(await ends()).filter(([endsAt]) => endsAt === null)).toHaveLength(1);
      expect((await newest())!.version).toBe(1);
    });

    it('stay as they are when it was not confirmed, and a brand that is not there has none', async () => {
      await apply(smallest);
      const no = { graceMs: 0, confirm: () => Promise.resolve(false) };
      expect(await rotateSecret({ ...change(), ...no })).toEqual({ outcome: 'declined' });
      expect(await on.store.rows.apiSecrets.ofBrand('skylineair')).toHaveLength(1);
      expect(await rotateSecret({ ...change({ code: 'nobody' }), graceMs: 0 })).toEqual({ outcome: 'unknown' });
    });

    it('end the tokens with them when asked to', async () => {
      await apply(smallest);
      const revoked: string[] = [];
      const revokeTokens = (brand: string) => (revoked.push(brand), Promise.resolve(true));
      expect(await rotateSecret({ ...change(), graceMs: 0, revokeTokens })).toMatchObject({ tokensRevoked: true });
      expect(await rotateSecret({ ...change(), graceMs: 0 })).toMatchObject({ tokensRevoked: false });
      expect(revoked).toEqual(['skylineair']);
    });
  });

  describe('rolled back', () => {
    it('is as it was, as a new version, with who did it', async () => {
      await apply(smallest);
      await apply(black);
      expect(await rollbackBrand(change())).toMatchObject({ outcome: 'done', version: 3, of: 1 });
      expect(plans).toEqual([
        {
          code: 'skylineair',
          version: 3,
          changes: [{ path: 'brand.primary_color', before: '"#000000"', after: '"#1E40AF"' }],
        },
      ]);
      expect(await newest()).toMatchObject({ version: 3, appliedBy: 'omar', state: 'on' });
      expect((await settings())?.look.primary).toBe('#1e40af');
      expect(await rollbackBrand(change({ to: 2 }))).toMatchObject({ outcome: 'done', version: 4, of: 2 });
      expect((await settings())?.look.primary).toBe('#000000');
    });

    it('says what keeps it from that', async () => {
      expect(await rollbackBrand(change())).toEqual({ outcome: 'unknown' });
      await apply(smallest);
      expect(await rollbackBrand(change())).toMatchObject({
        outcome: 'nothing_to_do',
        why: expect.stringContaining('before'),
      });
      expect(await rollbackBrand(change({ to: 7 }))).toMatchObject({ why: 'there is no version 7' });
      expect(await rollbackBrand(change({ to: 1 }))).toMatchObject({ why: 'version 1 says what is in force' });
      await apply(black);
      const no = { confirm: () => Promise.resolve(false) };
      expect(await rollbackBrand(change(no))).toEqual({ outcome: 'declined' });
      const late = {
        confirm: async () => {
          await apply(smallest);
          return true;
        },
      };
      expect(await rollbackBrand(change(late))).toEqual({ outcome: 'overtaken' });
      expect((await newest())!.version).toBe(3);
    });
  });

  describe('disabled', () => {
    it('says so to servers, and comes back by a rollback or by its file', async () => {
      await apply(smallest);
      expect(await settings()).toMatchObject({ disabled: false });
      expect(await disableBrand(change())).toMatchObject({ outcome: 'done', version: 2 });
      expect(plans.at(-1)?.changes).toEqual([{ path: 'state', before: 'on', after: 'disabled' }]);
      expect(await settings()).toMatchObject({ disabled: true, version: 2, look: { primary: '#1e40af' } });
      expect(await disableBrand(change())).toEqual({ outcome: 'nothing_to_do', why: 'it is disabled' });
      expect(await rollbackBrand(change())).toMatchObject({ outcome: 'done', version: 3 });
      expect(await settings()).toMatchObject({ disabled: false });
      await disableBrand(change());
      expect(await apply(smallest)).toMatchObject({
        outcome: 'applied',
        version: 5,
        changes: [{ path: 'state', before: 'disabled', after: 'on' }],
      });
      expect(await settings()).toMatchObject({ disabled: false });
      expect(await disableBrand(change({ code: 'nobody' }))).toEqual({ outcome: 'unknown' });
    });
  });

  describe('with links of its own making', () => {
    const legacy = `${smallest}legacy_ids:\n  password: "pässwort-s3cret"\n  salt: salt\n  kdf: [sha256, sha1]\n  formats: [fernet, aes-cbc]\n  until: 2027-06-30\n  max_age_days: 90\n`;

    it('has their keys, derived as the samples derive them, at apply and not per reading', async () => {
      let derived = 0;
      const deriveKey = (...of: Parameters<typeof deriveLegacyKey>) => (derived++, deriveLegacyKey(...of));
      await apply(legacy, { make: { ...on.make, deriveKey } });
      expect(derived).toBe(2);
      const { legacyIds } = (await settings())!;
      expect(legacyIds).toMatchObject({
        formats: ['fernet', 'aes-cbc'],
        until: Date.parse('2027-07-01T00:00:00Z'),
        maxAgeDays: 90,
      });
      // Python's hashlib.pbkdf2_hmac(hash, 'pässwort-s3cret'.encode(), b'salt', 100_000, 32), and of SHA-1 the same.
      expect(legacyIds!.keys.map(({ kdf, key }) => [kdf, Buffer.from(key.reveal()).toString('hex')])).toEqual([
        ['sha256', '33e1207aa70c79b8f06f56e8b40ea8c6ae797c3c757f84a8bb172d10b2268ff2'],
        ['sha1', '85ed89a85056c0a3c8f656a7729eb517c8729a02319f54a7da8deda52e9ed12c'],
      ]);
      expect(JSON.stringify(await settings())).not.toContain('s3cret');
      const row = (await newest())!;
      expect(Buffer.from(row.derivedSealed!).toString('latin1')).not.toContain('legacyKeys');
      expect(derived).toBe(2);
    });

    it('keeps them through a disabling and a rollback', async () => {
      await apply(legacy);
      await apply(smallest);
      expect(await settings()).not.toHaveProperty('legacyIds');
      await rollbackBrand(change());
      const keys = async () => (await settings())!.legacyIds?.keys.map(({ key }) => key.reveal().toString());
      const expected = await keys();
      expect(expected).toHaveLength(2);
      await disableBrand(change());
      expect(await keys()).toEqual(expected);
    });

    it('is among those that are tried as long as it sells', async () => {
      await apply(legacy);
      await apply(smallest.replace('SkylineAir', 'Constructor'));
      const codes = async () => (await createBrandReader(on).withLegacyIds()).map(({ code }) => code);
      expect(await codes()).toEqual(['skylineair']);
      await disableBrand(change());
      expect(await codes()).toEqual([]);
    });
  });

  describe('on a page whose tag names no brand', () => {
    const finding = `${smallest}panel: {find: {how: auto}}\n`;
    const other = finding.replace('SkylineAir', 'Other Air');

    it('is found by the origin, exactly or under its wildcard, while it sells and looks for bookings', async () => {
      await apply(finding.replace('origins:', 'origins:\n  - https://*.skyline.example'));
      await apply(smallest.replace('SkylineAir', 'Quiet').replace('www.', 'quiet.'));
      const brands = createBrandReader(on);
      for (const origin of [
        'https://www.skyline.example',
        'https://shop.skyline.example',
        'https://quiet.skyline.example',
      ])
        expect((await brands.byOrigin(origin))?.code).toBe('skylineair');
      for (const origin of ['https://skyline.example', 'https://a.b.skyline.example', 'null', ''])
        expect(await brands.byOrigin(origin)).toBeNull();
      await disableBrand(change());
      expect(await brands.byOrigin('https://www.skyline.example')).not.toBeNull();
      on.clock.advance(10_000);
      expect(await brands.byOrigin('https://www.skyline.example')).toBeNull();
    });

    it('is the only one there: a second is refused, with the line of the origin', async () => {
      await apply(finding);
      for (const origin of ['https://www.skyline.example', 'https://*.skyline.example']) {
        const text = other.replace('https://www.skyline.example', `https://mine.example\n  - ${origin}`);
        expect(await apply(text)).toMatchObject({
          outcome: 'refused',
          problems: [
            {
              path: 'origins[1]',
              line: 4,
              message: expect.stringContaining('is where the brand skylineair answers the tag that names no brand'),
              fix: expect.stringContaining('Take panel.find out of one of the two'),
            },
          ],
        });
      }
      expect(await apply(other.replace('www.', 'www2.'))).toMatchObject({ outcome: 'applied' });
      expect(await apply(finding.replace('#1E40AF', '#000000'))).toMatchObject({ outcome: 'applied' });
    });

    it('is free again once the other is disabled, and then keeps that one from coming back', async () => {
      await apply(finding);
      await disableBrand(change());
      expect(await apply(other)).toMatchObject({ outcome: 'applied' });
      expect(await rollbackBrand(change())).toMatchObject({ outcome: 'refused', problems: [{ path: 'origins[0]' }] });
      expect(await newest()).toMatchObject({ state: 'disabled' });
    });
  });

  describe('with endpoints that have no secret', () => {
    const told = `${smallest}webhooks:\n  - url: https://www.skyline.example/hooks\n`;

    it('gets one made, shown once, and the same in every later version', async () => {
      const first = await apply(told);
      if (first.outcome !== 'applied') throw new Error(first.outcome);
      expect(first.signingSecrets).toEqual([
        { url: 'https://www.skyline.example/hooks', secret: expect.stringMatching(/^whsec_/) },
      ]);
      const { secret } = first.signingSecrets[0]!;
      const later = await apply(`${told.replace('#1E40AF', '#000')}  - url: https://www.skyline.example/more\n`);
      expect(later).toMatchObject({ signingSecrets: [{ url: 'https://www.skyline.example/more' }] });
      await disableBrand(change());
      await rollbackBrand(change());
      const { webhooks } = (await settings())!;
      expect(webhooks.map(({ url }) => url)).toEqual([
        'https://www.skyline.example/hooks',
        'https://www.skyline.example/more',
      ]);
      expect(webhooks[0]!.secret.reveal()).toBe(secret);
    });

    it('is told nothing where the profile is not built', async () => {
      await apply(`${told}    profile: etg\n`);
      expect((await settings())!.webhooks).toEqual([]);
    });
  });

  describe('with logos', () => {
    const url = 'https://www.skyline.example/logo.svg';
    const logo = smallest.replace('  primary_color', `  logo_primary: ${url}\n  primary_color`);
    const found: FetchedLogos = { found: { primary: 'a'.repeat(64) }, failed: [] };
    const gone: FetchedLogos = { found: {}, failed: [{ which: 'primary', why: 'answers 404' }] };
    const fetching = (answer: FetchedLogos) => ({ fetchLogos: () => Promise.resolve(answer) });

    it('keeps the pictures that were had, and warns of others in mode test', async () => {
      expect(await apply(logo, fetching(gone))).toMatchObject({
        outcome: 'applied',
        notices: expect.arrayContaining([
          { path: 'brand.logo_primary', line: 6, message: 'cannot be had: its address answers 404' },
        ]),
      });
      expect((await settings())?.logoFiles).toEqual({});
      expect(await apply(logo, fetching(found))).toMatchObject({
        outcome: 'applied',
        version: 2,
        changes: [{ path: 'brand.logo_primary, its picture', after: 'a'.repeat(12) }],
      });
      expect((await settings())?.logoFiles).toEqual({ primary: 'a'.repeat(64) });
      expect(await apply(logo, fetching(found))).toMatchObject({ outcome: 'unchanged' });
    });

    it('keeps a picture while its host is down, and drops it with its line', async () => {
      await apply(logo, fetching(found));
      const down = await apply(logo, fetching(gone));
      expect(down).toMatchObject({ outcome: 'unchanged' });
      expect('notices' in down && down.notices).toContainEqual(
        expect.objectContaining({ message: 'cannot be had: its address answers 404; the picture from before stays' }),
      );
      await apply(smallest, fetching(found));
      expect((await settings())?.logoFiles).toEqual({});
      await rollbackBrand(change());
      expect((await settings())?.logoFiles).toEqual({ primary: 'a'.repeat(64) });
    });

    it('is refused live when one cannot be had', async () => {
      const live = logo.replace('mode: test', 'mode: live').replace('environment: test', 'environment: production');
      expect(await apply(live, fetching(gone))).toMatchObject({
        outcome: 'refused',
        problems: [{ path: 'brand.logo_primary', line: 6, message: 'cannot be had: its address answers 404' }],
      });
      expect(await apply(live, fetching(found))).toMatchObject({ outcome: 'applied' });
      expect(await apply(live, { ...fetching(gone), lookOnly: true })).toMatchObject({ outcome: 'unchanged' });
    });
  });

  it('is only looked at where that was asked for', async () => {
    const asked = { lookOnly: true, confirm: () => Promise.reject(new Error('asked')) };
    expect(await apply(smallest, asked)).toMatchObject({ outcome: 'looked', version: 1, changes: expect.any(Array) });
    expect(await on.store.rows.brands.list()).toEqual([]);
    expect(await on.store.rows.apiSecrets.ofBrand('skylineair')).toEqual([]);
  });
});

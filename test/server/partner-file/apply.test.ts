import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyPlan, ApplyRequest, ApplyResult } from '../../../server/partner-file/apply.ts';
import { applyPartnerFile } from '../../../server/partner-file/apply.ts';
import { createBrandReader } from '../../../server/partner-file/brand-settings.ts';
import { env, guidePaymentJson, smallest } from './files.ts';
import { countingMakers, memory } from './memory.ts';

describe('applyPartnerFile', () => {
  let on: Awaited<ReturnType<typeof memory>>;
  let plans: ApplyPlan[];
  let keys: number;
  beforeEach(async () => {
    on = await memory();
    [plans, keys] = [[], 0];
  });
  afterEach(() => on.store.close());

  const apply = (text: string, more: Partial<ApplyRequest> = {}): Promise<ApplyResult> =>
    applyPartnerFile({
      ...on,
      text,
      env,
      loopback: false,
      make: { ...countingMakers(), newPublishableKey: (mode) => `dcpub_${mode}_${'k'.repeat(23)}${++keys}` },
      appliedBy: 'ines',
      confirm: (plan) => {
        plans.push(plan);
        return Promise.resolve(true);
      },
      ...more,
    });
  const changesOf = (plan: ApplyPlan | undefined) =>
    plan?.changes.map(({ path, before, after }) => [path, before, after]);

  it('writes the first version and gives the brand its key', async () => {
    const result = await apply(smallest);
    expect(result).toMatchObject({ outcome: 'applied', code: 'skylineair', version: 1, mode: 'test' });
    const row = await on.store.rows.brands.newest('skylineair');
    expect(row).toMatchObject({
      version: 1,
      publishableKey: `dcpub_test_${'k'.repeat(23)}1`,
      appliedAt: 1_765_000_000_000,
      appliedBy: 'ines',
    });
    expect(Buffer.from(row!.settingsSealed).toString('latin1')).not.toMatch(/amadeus|SkylineAir/);
  });

  it('gives the next version the same key, and shows what changes, credentials masked', async () => {
    await apply(smallest);
    const next = smallest.replace('#1E40AF', '#1e40aa').replace('amadeus-s3cret', 'other-s3cret');
    const result = await apply(`${next}  sales: {close_hours: 2}\nlegal:\n  terms_url: https://a.example/terms\n`);
    expect(result).toMatchObject({ outcome: 'applied', version: 2, publishableKey: `dcpub_test_${'k'.repeat(23)}1` });
    expect(changesOf(plans[1])).toEqual([
      ['brand.primary_color', '"#1E40AF"', '"#1e40aa"'],
      ['gds.sales.close_hours', '3', '2'],
      ['gds.api_credentials.api_secret', '[secret]', '[secret]'],
      ['legal.terms_url', undefined, '"https://a.example/terms"'],
    ]);
    expect(JSON.stringify(plans)).not.toMatch(/s3cret/);
    const back = await apply(smallest);
    expect(back).toMatchObject({ version: 3 });
    expect(changesOf(plans[2])).toContainEqual(['legal.terms_url', '"https://a.example/terms"', undefined]);
  });

  it('masks whatever it does not know to be harmless', async () => {
    const unknown =
      'webhooks:\n  - url: https://a.example/?token=hidden\n    secret: hidden-hidden-hidden\nlegacy_ids:\n  password: hidden\n  salt: hidden\n';
    const payment = guidePaymentJson
      .replace(/YOUR_\w+/g, 'hidden')
      .replaceAll('_live_', '_test_')
      .replace('production', 'test');
    await apply(`${smallest}${unknown}payment: ${payment}\n`);
    expect(JSON.stringify(plans)).not.toContain('hidden');
    expect(changesOf(plans[0])).toContainEqual(['payment.settings.currency', undefined, '"USD"']);
    expect(changesOf(plans[0])).toContainEqual(['payment.credentials.secret_key', undefined, '[secret]']);
  });

  it('changes and asks nothing when the file says what is in force', async () => {
    await apply(smallest);
    expect(await apply(`# a comment\n${smallest}`)).toMatchObject({ outcome: 'unchanged', version: 1 });
    expect(plans).toHaveLength(1);
    expect((await on.store.rows.brands.newest('skylineair'))?.version).toBe(1);
  });

  it('writes nothing when it was not confirmed', async () => {
    expect(await apply(smallest, { confirm: () => Promise.resolve(false) })).toEqual({
      outcome: 'declined',
      code: 'skylineair',
    });
    expect(await on.store.rows.brands.list()).toEqual([]);
  });

  it('writes nothing when somebody else was faster', async () => {
    const late = apply(smallest.replace('#1E40AF', '#000'), {
      confirm: async () => {
        await apply(smallest);
        return true;
      },
    });
    expect(await late).toEqual({ outcome: 'overtaken', code: 'skylineair' });
    expect((await on.store.rows.brands.list()).map(({ version }) => version)).toEqual([1]);
  });

  it('refuses a faulty file before it looks at the store', async () => {
    const result = await apply(smallest.replace('mode: test', 'mode: staging'));
    expect(result).toMatchObject({ outcome: 'refused', problems: [{ path: 'mode', line: 1 }] });
    expect(plans).toEqual([]);
  });

  it('refuses to turn a test brand into a live one', async () => {
    await apply(smallest);
    const result = await apply(
      smallest.replace('mode: test', 'mode: live').replace('environment: test', 'environment: production'),
    );
    expect(result).toMatchObject({
      outcome: 'refused',
      problems: [{ path: 'mode', fix: expect.stringContaining('brand.code') }],
    });
  });

  it('uses a fixed key for the brand that has one, and for no other', async () => {
    const fixed = { publishableKey: 'dcpub_test_fixed', apiKey: 'dck_fixed', apiSecret: 'dcs_fixed' };
    const fixedCredentials = { skylineair: fixed };
    expect(await apply(smallest, { fixedCredentials })).toMatchObject(fixed);
    const other = smallest.replace('SkylineAir', 'Constructor');
    expect(await apply(other, { fixedCredentials })).toMatchObject({ publishableKey: expect.stringContaining('kkk') });
  });

  it('keeps versions where they are: one copied over another does not open', async () => {
    await apply(smallest);
    await apply(smallest.replace('#1E40AF', '#000000'));
    const newest = await on.store.rows.brands.newest('skylineair');
    await on.store.rows.brands.add({ ...newest!, version: 3 });
    await expect(apply(smallest)).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('the brand reader', () => {
  let on: Awaited<ReturnType<typeof memory>>;
  beforeEach(async () => void (on = await memory()));
  afterEach(() => on.store.close());

  const key = 'dcpub_test_skyline';
  const apply = (text: string) =>
    applyPartnerFile({
      ...on,
      text,
      env,
      loopback: true,
      make: { ...countingMakers(), newPublishableKey: () => key },
      appliedBy: 'test',
      confirm: () => Promise.resolve(true),
    });

  it('makes the file into the words of the domain', async () => {
    await apply(
      smallest
        .replace(
          'primary_color',
          'code: skyline\n  accent_colors: ["#ABC"]\n  primary_font: Montserrat\n  primary_color',
        )
        .replace(
          'office_id',
          'base_url: http://localhost:1/amadeus/\n  network: {rate_limits: {requests_per_minute: 60}}\n  office_id',
        ) +
        'payment: {settings: {currency: [eur, USD]}}\nlegal: {terms_url: "https://a.example/t"}\npanel: {locale: de, find: {how: auto}}\n',
    );
    const settings = await createBrandReader(on).byKey(key);
    expect(settings).toMatchObject({
      code: 'skyline',
      version: 1,
      mode: 'test',
      name: 'SkylineAir',
      publishableKey: key,
      origins: ['https://www.skyline.example'],
      look: { primary: '#1e40af', accents: ['#aabbcc'], headingFont: 'Montserrat' },
      gds: {
        provider: 'amadeus',
        environment: 'test',
        parameters: { office_id: 'NCE1A0950' },
        baseUrl: 'http://localhost:1/amadeus',
        rateLimits: { requestsPerMinute: 60 },
      },
      sales: { closeHours: 3 },
      currencies: ['EUR', 'USD'],
      legal: { termsUrl: 'https://a.example/t' },
      panel: { locale: 'de', find: { how: 'auto' } },
    });
    expect(settings?.gds.credentials['api_secret']?.reveal()).toBe('amadeus-s3cret');
    expect(settings?.gds.credentials).not.toHaveProperty('client_id');
    expect(JSON.stringify(settings)).not.toContain('s3cret');
  });

  it('finds a brand by key and by code, and knows no others', async () => {
    await apply(smallest);
    const brands = createBrandReader(on);
    expect((await brands.byKey(key))?.code).toBe('skylineair');
    expect((await brands.byCode('skylineair'))?.publishableKey).toBe(key);
    for (const strange of ['', 'dcpub_test_nobody', 'pk_test_1', `${key}\0`, 'dcpub_test_\u{d800}', 'x'.repeat(1e5)]) {
      expect(await brands.byKey(strange)).toBeNull();
      expect(await brands.byCode(strange)).toBeNull();
    }
  });

  it('shows a change after ten seconds at the latest, and asks the store no more often', async () => {
    await apply(smallest);
    let asked = 0;
    const brandRows = on.store.rows.brands;
    const rows = {
      ...on.store.rows,
      brands: { ...brandRows, newest: (code: string) => (asked++, brandRows.newest(code)) },
    };
    const brands = createBrandReader({ ...on, store: { rows } });
    const first = await brands.byCode('skylineair');
    await apply(smallest.replace('#1E40AF', '#000000'));
    on.clock.advance(9_999);
    expect(await brands.byCode('skylineair')).toBe(first);
    expect(asked).toBe(1);
    on.clock.advance(1);
    expect((await brands.byCode('skylineair'))?.look.primary).toBe('#000000');
    expect(asked).toBe(2);
  });

  it('hands out the same object while the version is the same, also to many at once', async () => {
    await apply(smallest);
    const brands = createBrandReader(on);
    const many = await Promise.all(Array.from({ length: 5 }, () => brands.byKey(key)));
    on.clock.advance(60_000);
    expect(new Set([...many, await brands.byKey(key)]).size).toBe(1);
  });

  it('finds a brand that came after it was asked for, and recovers from a failing store', async () => {
    let down = true;
    const brandRows = on.store.rows.brands;
    const newest = (code: string) => (down ? Promise.reject(new Error('down')) : brandRows.newest(code));
    const brands = createBrandReader({
      ...on,
      store: { rows: { ...on.store.rows, brands: { ...brandRows, newest } } },
    });
    await expect(brands.byCode('skylineair')).rejects.toThrow('down');
    down = false;
    expect(await brands.byCode('skylineair')).toBeNull();
    await apply(smallest);
    expect((await brands.byCode('skylineair'))?.version).toBe(1);
  });
});

import {
  type BrandPlan,
  type ChangeRequest,
  type ChangeResult,
  disableBrand,
  isLive,
  rollbackBrand,
  rotateSecret,
} from '../partner-file/change-brand.ts';
import { changesBetween } from '../partner-file/changes.ts';
import { openFile } from '../partner-file/kept-brand.ts';
import {
  agreed,
  changeText,
  credentialLines,
  faultText,
  type OpenPartners,
  type PartnerDeps,
  type PartnerIo,
  problemLines,
  timeText,
  withPartners,
} from './partner-io.ts';

/** `partner list`: the brands, a line each. */
export const list = (io: PartnerIo, deps: PartnerDeps): Promise<number> =>
  withPartners(io, deps, async ({ store, vault }) => {
    const rows = await store.rows.brands.list();
    for (const row of rows) {
      const file = await openFile(vault, row).catch(faultText);
      const about = typeof file === 'string' ? `cannot be read: ${file}` : `${file.mode}  ${file.brand.brand_name}`;
      const state = row.state === 'disabled' ? 'disabled' : 'on';
      io.out(`${row.code}  ${state}  version ${row.version}  ${timeText(row.appliedAt)}  ${about}`);
    }
    if (rows.length === 0) io.error('There is no brand yet. departcart partner apply FILE makes one.');
    return 0;
  });

/** `partner show BRAND`: keys, versions, and the file as it is kept, credentials masked. */
export const show = (code: string, version: number | undefined, io: PartnerIo, deps: PartnerDeps): Promise<number> =>
  withPartners(io, deps, async ({ store, vault, clock }) => {
    const versions = await store.rows.brands.versions(code);
    const row = version === undefined ? versions[0] : versions.find((one) => one.version === version);
    if (!row) {
      io.error(
        versions.length === 0
          ? unknown(code)
          : `${code} has no version ${version}; the newest is ${versions[0]!.version}.`,
      );
      return 1;
    }
    const secrets = await store.rows.apiSecrets.ofBrand(code);
    const file = await openFile(vault, row);
    io.out(
      [
        `${code}, version ${row.version}, ${row.state === 'disabled' ? 'disabled' : 'on'}, by ${row.appliedBy} at ${timeText(row.appliedAt)}`,
        `Publishable key: ${row.publishableKey}`,
        ...credentialLines({ ...(secrets[0] && { apiKey: secrets[0].apiKey }) }),
        ...secrets.map(
          (secret) =>
            `  secret by ${secret.createdBy} at ${timeText(secret.createdAt)}${secret.endsAt === null ? '' : `, ${isLive(secret, clock.now()) ? 'ends' : 'ended'} ${timeText(secret.endsAt)}`}`,
        ),
        'Versions:',
        ...versions.map(
          (one) =>
            `  ${one.version}  ${timeText(one.appliedAt)}  ${one.appliedBy}${one.state === 'disabled' ? '  disabled' : ''}`,
        ),
        'File:',
        ...changesBetween(null, file).map(({ path, after }) => `  ${path}: ${after}`),
      ].join('\n'),
    );
    return 0;
  });

/** `partner rollback BRAND`. @param to the version whose content is to hold; absent: the one before that in force */
export const rollback = (
  code: string,
  { to, yes }: { to: number | undefined; yes: boolean },
  io: PartnerIo,
  deps: PartnerDeps,
): Promise<number> =>
  withPartners(io, deps, async (open) => {
    const confirm = asking(io, deps, yes, 'Roll back?');
    const result = await rollbackBrand({ ...partsOf(open, code, deps), confirm, ...(to !== undefined && { to }) });
    return said(code, result, io, ({ version, of, ...api }) => [
      `${code} is as version ${of} was, now version ${version}. Running servers take it within 10 s.`,
      ...credentialLines(api),
    ]);
  });

/** `partner disable BRAND`. */
export const disable = (code: string, yes: boolean, io: PartnerIo, deps: PartnerDeps): Promise<number> =>
  withPartners(io, deps, async (open) => {
    const confirm = asking(io, deps, yes, 'Disable?');
    return said(code, await disableBrand({ ...partsOf(open, code, deps), confirm }), io, ({ version }) => [
      `${code} is disabled, version ${version}. Running servers let nobody in within 10 s; purchases under way go to their end.`,
      `It comes back with: departcart partner rollback ${code}, or partner apply.`,
    ]);
  });

const HOUR_MS = 3_600_000;

/** `partner rotate-secret BRAND`. */
export const rotate = (
  code: string,
  { graceHours, revokeTokens, yes }: { graceHours: number; revokeTokens: boolean; yes: boolean },
  io: PartnerIo,
  deps: PartnerDeps,
): Promise<number> =>
  withPartners(io, deps, async (open) => {
    const confirm = (): Promise<boolean> => {
      io.out(
        `${code} gets a new API secret; the one before ends ${graceHours === 0 ? 'at once' : `in ${graceHours} h`}.`,
      );
      if (revokeTokens) io.out('The bearer tokens that were given out end at once.');
      return agreed(io, deps, yes, 'Go on?');
    };
    const result = await rotateSecret({
      ...partsOf(open, code, deps),
      confirm,
      graceMs: graceHours * HOUR_MS,
      ...(revokeTokens && { revokeTokens: open.revokeTokens }),
    });
    return said(code, result, io, ({ apiKey, apiSecret, endsAt, tokensRevoked }) => [
      ...credentialLines({ apiKey, apiSecret }),
      ...(endsAt === null ? [] : [`The secret before this one ends ${timeText(endsAt)}; servers know within 10 s.`]),
      ...(tokensRevoked ? ['Bearer tokens given out until now end within 10 s.'] : []),
    ]);
  });

const partsOf = (
  { store, vault, clock }: OpenPartners,
  code: string,
  { make, user }: PartnerDeps,
): Omit<ChangeRequest, 'confirm'> => ({ store, vault, clock, make, code, by: user });

const asking =
  (io: PartnerIo, deps: PartnerDeps, yes: boolean, question: string) =>
  ({ code, version, changes }: BrandPlan): Promise<boolean> => {
    io.out([`${code}, version ${version} changes:`, ...changes.map((change) => `  ${changeText(change)}`)].join('\n'));
    return agreed(io, deps, yes, question);
  };

const unknown = (code: string): string =>
  `There is no brand ${JSON.stringify(code)}. departcart partner list names them.`;

function said<Done>(code: string, result: ChangeResult<Done>, io: PartnerIo, lines: (done: Done) => string[]): number {
  switch (result.outcome) {
    case 'done':
      io.out(lines(result).join('\n'));
      return 0;
    case 'unknown':
      io.error(unknown(code));
      return 1;
    case 'refused':
      io.error([`${code} was not changed:`, ...problemLines(result.problems)].join('\n'));
      return 1;
    case 'nothing_to_do':
      io.error(`Nothing was changed for ${code}: ${result.why}.`);
      return 1;
    case 'declined':
      io.error(`Nothing was changed for ${code}.`);
      return 1;
    case 'overtaken':
      io.error(`Somebody else changed ${code} meanwhile. Nothing was changed: run the command again.`);
      return 1;
  }
}

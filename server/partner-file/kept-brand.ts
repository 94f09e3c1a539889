import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { Place, Vault } from '../domain/ports/crypto.ts';
import type { BrandRow } from '../domain/ports/store.ts';
import { type Derived, derivedOf, derivedText } from './derived.ts';
import type { PartnerFile } from './schema.ts';
import { schemaFor } from './schema.ts';
import { settingsOf } from './settings.ts';

type RowId = Pick<BrandRow, 'code' | 'version'>;

/** How a brand's file, and what was made of it, lie in the row: JSON, each sealed whole. */
export async function sealBrand(
  vault: Vault,
  row: RowId,
  file: PartnerFile,
  derived: Derived,
): Promise<Pick<BrandRow, 'settingsSealed' | 'derivedSealed'>> {
  return {
    settingsSealed: await vault.seal(placeOf(row, 'settings'), JSON.stringify(file)),
    derivedSealed: await vault.seal(placeOf(row, 'derived'), derivedText(derived)),
  };
}

/** @throws DepartCartError `internal` when the row cannot be opened or holds what this version cannot read. */
export async function openFile(vault: Vault, row: BrandRow): Promise<PartnerFile> {
  const kept: unknown = JSON.parse(await vault.open(placeOf(row, 'settings'), row.settingsSealed));
  const parsed = schemaFor(kept).safeParse(kept);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new DepartCartError('internal', 'The settings of this brand cannot be read.', {
      cause: new Error(
        `version ${row.version} of brand ${row.code} is not what this server reads, at ${where}: apply its file again`,
      ),
    });
  }
  return parsed.data as unknown as PartnerFile;
}

/** @throws DepartCartError `internal` when the row cannot be opened. */
export const openDerived = async (vault: Vault, row: BrandRow): Promise<Derived> =>
  row.derivedSealed ? derivedOf(await vault.open(placeOf(row, 'derived'), row.derivedSealed)) : {};

/** The settings in force. @throws as `openFile`. */
export const loadBrand = async (vault: Vault, row: BrandRow): Promise<BrandSettings> =>
  settingsOf(await openFile(vault, row), row, await openDerived(vault, row));

const placeOf = ({ code, version }: RowId, field: 'settings' | 'derived'): Place => ({
  table: 'brands',
  row: `${code}@${version}`,
  brand: code,
  field,
});

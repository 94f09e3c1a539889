import type { BrandSettings } from '../domain/brand.ts';
import { DepartCartError } from '../domain/error.ts';
import type { Place, Vault } from '../domain/ports/crypto.ts';
import type { BrandRow } from '../domain/ports/store.ts';
import type { PartnerFile } from './schema.ts';
import { schemaFor } from './schema.ts';
import { settingsOf } from './settings.ts';

/** How a brand's file lies in its row: JSON, sealed whole. */
export const sealFile = (
  vault: Vault,
  row: Pick<BrandRow, 'code' | 'version'>,
  file: PartnerFile,
): Promise<Uint8Array> => vault.seal(placeOf(row), JSON.stringify(file));

/** @throws DepartCartError `internal` when the row cannot be opened or holds what this version cannot read. */
export async function openFile(vault: Vault, row: BrandRow): Promise<PartnerFile> {
  const kept: unknown = JSON.parse(await vault.open(placeOf(row), row.settingsSealed));
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

/** The settings in force. @throws as `openFile`. */
export const loadBrand = async (vault: Vault, row: BrandRow): Promise<BrandSettings> =>
  settingsOf(await openFile(vault, row), row);

const placeOf = ({ code, version }: Pick<BrandRow, 'code' | 'version'>): Place => ({
  table: 'brands',
  row: `${code}@${version}`,
  brand: code,
  field: 'settings',
});

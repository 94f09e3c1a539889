import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const built = resolve(import.meta.dirname, '../dist/widget');
const brotliBytes = (file: string) => brotliCompressSync(readFileSync(join(built, file))).byteLength;
const asset = (name: string) => {
  const found = readdirSync(join(built, 'assets')).filter((file) => new RegExp(`^${name}-[\\w-]+\\.js$`).test(file));
  expect(found, `one built ${name}`).toHaveLength(1);
  return join('assets', found[0]!);
};

describe('what a traveller downloads', () => {
  it('is at most 2 KB for the loader', () => expect(brotliBytes('loader.js')).toBeLessThanOrEqual(2 * 1024));
  it('is at most 22 KB for the panel: Lit, English and all that the first map needs', () =>
    expect(brotliBytes(asset('panel'))).toBeLessThanOrEqual(22 * 1024));
  it('is two files after the loader: the second holds what follows a press', () => {
    expect(readdirSync(join(built, 'assets')).filter((file) => file.endsWith('.js'))).toHaveLength(2);
    expect(readFileSync(join(built, asset('panel')), 'utf8')).not.toMatch(/\bfrom\s*["'`]\.\//);
  });
});

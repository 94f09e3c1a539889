import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const built = resolve(import.meta.dirname, '../dist/widget');
const brotliBytes = (file: string) => brotliCompressSync(readFileSync(join(built, file))).byteLength;
/** The files of the last build; older ones stay beside them for pages that were opened before it. */
const manifest = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  { file: string; name: string }
>;
const chunks = Object.values(manifest);
const asset = (name: string) => {
  const found = chunks.filter((chunk) => chunk.name === name);
  expect(found, `one built ${name}`).toHaveLength(1);
  return found[0]!.file;
};

describe('what a traveller downloads', () => {
  it('is at most 2 KB for the loader', () => expect(brotliBytes('loader.js')).toBeLessThanOrEqual(2 * 1024));
  it('is at most 22 KB for the panel: Lit, English and all that the first map needs', () =>
    expect(brotliBytes(asset('panel'))).toBeLessThanOrEqual(22 * 1024));
  it('is at most half a kilobyte for the older tag’s script, and 3.5 KB for what a hosted page adds', () => {
    const hosted = JSON.parse(readFileSync(join(built, '.vite/hosted.json'), 'utf8')) as Record<
      string,
      { file: string; css: string[] }
    >;
    const [page] = Object.values(hosted);
    expect(brotliBytes('legacy.js')).toBeLessThanOrEqual(512);
    expect(brotliBytes(page!.file) + brotliBytes(page!.css[0]!)).toBeLessThanOrEqual(3.5 * 1024);
  });
  it('is three files after the loader: the second holds what follows a press, the third begins with "Continue to payment"', () => {
    expect(chunks.filter(({ file }) => file.endsWith('.js'))).toHaveLength(3);
    const imports = (name: string) =>
      [...readFileSync(join(built, asset(name)), 'utf8').matchAll(/\bfrom\s*["'`]\.\/([a-z-]+)-/g)].map(
        ([, from]) => from,
      );
    expect(imports('panel')).toEqual([]);
    // A file that came on its second try has another address: none may be asked for under its first.
    expect(imports('choosing')).toEqual(['panel']);
    expect(imports('payment-step')).toEqual(['panel']);
  });
});

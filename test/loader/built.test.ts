import { brotliCompressSync } from 'node:zlib';
import vm from 'node:vm';
import { parse } from 'acorn';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildLoader } from './stand.ts';

describe('the built loader', () => {
  let code: string;
  beforeAll(async () => {
    code = await buildLoader();
  });

  it('is a classic script, which is all that a tag manager can inject', () => {
    expect(() => new vm.Script(code)).not.toThrow();
  });

  it('needs no browser newer than ES2019, but for import()', () => {
    expect(code.match(/\bimport\(/g)).toHaveLength(2);
    expect(() => parse(code.replaceAll('import(', 'load('), { ecmaVersion: 2019, sourceType: 'script' })).not.toThrow();
  });

  it('is at most 2 KB, brotli', () => {
    expect(brotliCompressSync(code).byteLength).toBeLessThanOrEqual(2048);
  });

  it('declares nothing outside its function', () => {
    const { body } = parse(code, { ecmaVersion: 2020, sourceType: 'script' });
    expect(body.map(({ type }) => type)).toEqual(['ExpressionStatement']);
  });
});

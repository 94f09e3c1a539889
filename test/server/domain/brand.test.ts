import { describe, expect, it } from 'vitest';
import { originAllowed } from '../../../server/domain/brand.ts';

const brand = { origins: ['https://www.skyline.example', 'https://*.shop.example', 'http://localhost:8080'] };

describe('originAllowed', () => {
  it.each([
    'https://www.skyline.example',
    'https://a.shop.example',
    'https://a-1.shop.example',
    'http://localhost:8080',
  ])('lets %s in', (origin) => expect(originAllowed(brand, origin)).toBe(true));

  it.each([
    'https://skyline.example',
    'http://www.skyline.example',
    'https://www.skyline.example:444',
    'https://www.skyline.example.evil.example',
    'https://www.skyline.example/',
    'HTTPS://WWW.SKYLINE.EXAMPLE',
    'https://shop.example',
    'https://.shop.example',
    'https://a.b.shop.example',
    'https://*.shop.example',
    'https://evilshop.example',
    'https://a.shop.example:8443',
    'https://user@a.shop.example',
    'https://evil.example#.shop.example',
    'http://a.shop.example',
    'http://localhost:8081',
    'null',
    '',
    '*',
  ])('keeps %j out', (origin) => expect(originAllowed(brand, origin)).toBe(false));
});

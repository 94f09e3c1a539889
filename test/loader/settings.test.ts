import { describe, expect, it } from 'vitest';
import { readSettings } from '../../widget/loader/settings.ts';

function read(given: Record<string, unknown>) {
  const refused: string[] = [];
  return { settings: readSettings(given, (name) => refused.push(name)), refused };
}

describe('readSettings', () => {
  it('takes every setting that works, whatever its type, as text', () => {
    const given = {
      type: 'init',
      via: 'gtm',
      key: 'dcpub_test_skyline',
      api: 'https://seats.example',
      recordLocator: 'ABC123',
      lastName: 'SMITH',
      encryptedId: 'Z0FBQUFB',
      find: 'json-ld',
      findLocator: 'booking.pnr',
      findName: '#name',
      anchor: 'main > .seats',
      where: 'before',
      heading: 3,
      locale: 'pt-BR',
      attribution: 'newsletter',
      reference: 4711,
      events: false,
      eventPrefix: 'seats_',
      dataLayer: 'layer',
      debug: true,
    };
    const asText = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
    expect(read(given)).toEqual({ settings: asText, refused: [] });
  });

  it('trims, and leaves out what a variable without a value gives', () => {
    expect(read({ recordLocator: ' ABC123\n', lastName: undefined, anchor: null, locale: '', key: '  ' })).toEqual({
      settings: { recordLocator: 'ABC123' },
      refused: ['key'],
    });
  });

  it('takes no text that was once nothing', () => {
    expect(read({ recordLocator: 'undefined', lastName: 'null' })).toEqual({
      settings: {},
      refused: ['recordLocator', 'lastName'],
    });
  });

  it('reads pnr as the record locator', () => {
    expect(read({ pnr: 'ABC123' }).settings).toEqual({ recordLocator: 'ABC123' });
  });

  it.each([
    ['where', 'remove'],
    ['heading', '7'],
    ['events', 'yes'],
    ['debug', '1'],
    ['type', 'consent'],
    ['layout', 'drawer'],
    ['currency', 'EUR'],
    ['constructor', 'x'],
  ])('refuses %s: %s', (name, value) => {
    expect(read({ [name]: value })).toEqual({ settings: {}, refused: [name] });
  });
});

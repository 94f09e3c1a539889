import { expect, it } from 'vitest';
import { newPublishableKey } from '../../../server/crypto/publishable-key.ts';

it('newPublishableKey names the mode and is another one each time', () => {
  expect(newPublishableKey('test')).toMatch(/^dcpub_test_[0-9A-Za-z]{24}$/);
  expect(newPublishableKey('live')).toMatch(/^dcpub_live_[0-9A-Za-z]{24}$/);
  expect(new Set(Array.from({ length: 100 }, () => newPublishableKey('live'))).size).toBe(100);
});

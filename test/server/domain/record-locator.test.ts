import { describe, expect, it } from 'vitest';
import { parseRecordLocator } from '../../../server/domain/record-locator.ts';

describe('parseRecordLocator', () => {
  it.each([
    ['ABC123', 'ABC123'],
    [' abc123 ', 'ABC123'],
    ['ABC 123', 'ABC123'],
    ['ABC123\u00a0', 'ABC123'],
  ])('reads "%s"', (text, locator) => expect(parseRecordLocator(text)).toBe(locator));

  it.each(['', 'ABC12', 'ABC-123', 'ABC123?x=1', '../../x', 'ÄBC123', 'ABC123456'])('refuses "%s"', (text) =>
    expect(parseRecordLocator(text)).toBeNull(),
  );
});

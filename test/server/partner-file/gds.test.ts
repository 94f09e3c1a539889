import { describe, expect, it } from 'vitest';
import { readPartnerFile } from '../../../server/partner-file/read.ts';
import { settingsOf } from '../../../server/partner-file/settings.ts';
import { env, smallest } from './files.ts';

function parameters(text: string): Readonly<Record<string, string>> | string[] {
  const result = readPartnerFile({ text, env, loopback: false });
  if ('problems' in result) return result.problems.map(({ path, message, fix }) => `${path} ${message}. ${fix}`);
  const known = { code: 'skyline', version: 1, publishableKey: 'dcpub_test_skyline', state: 'on' as const };
  return settingsOf(result.file, known).gds.parameters;
}

describe('what an Amadeus account has of its own', () => {
  it('is the verb that changes an order, where it is not the usual one', () => {
    expect(parameters(smallest)).toEqual({ office_id: 'NCE1A0950' });
    expect(parameters(`${smallest}  order_change_verb: POST\n`)).toEqual({
      office_id: 'NCE1A0950',
      order_change_verb: 'POST',
    });
  });

  it('is one of two verbs', () => {
    expect(parameters(`${smallest}  order_change_verb: PUT\n`)).toEqual([
      expect.stringMatching(/^gds.order_change_verb.* is not one of those known\. Write one of PATCH, POST/),
    ]);
  });
});

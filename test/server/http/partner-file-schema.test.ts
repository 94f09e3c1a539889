import { afterAll, beforeAll, expect, it } from 'vitest';
import { partnerFileJsonSchema } from '../../../server/partner-file/json-schema.ts';
import { startTestDemo, TestClock, type TestDemo } from '../../support/demo.ts';

let demo: TestDemo;
beforeAll(async () => void (demo = await startTestDemo({ clock: new TestClock() })));
afterAll(() => demo.close());

it('GET /partner-file.schema.json is there for any editor', async () => {
  const response = await fetch(`${demo.api}/partner-file.schema.json`, {
    headers: { origin: 'https://editor.example' },
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/schema+json; charset=utf-8');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await response.json()).toEqual(partnerFileJsonSchema());
});

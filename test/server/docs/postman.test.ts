import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestDemo, type TestDemo } from '../../support/demo.ts';

/** As much of Postman's collection format 2.1 as ours uses. */
interface Folder {
  name: string;
  auth?: Auth;
  item: (Folder | Item)[];
}
interface Item {
  name: string;
  event: { listen: string; script: { exec: string[] } }[];
  request: {
    method: string;
    auth?: Auth;
    header: { key: string; value: string }[];
    body?: { mode: string; raw: string };
    url: { raw: string; host: string[]; path: string[]; query?: { key: string; value: string; disabled?: boolean }[] };
  };
}
type Auth = { type: 'noauth' } | { type: 'bearer'; bearer: { key: string; value: string }[] };

const file = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../docs', `departcart.postman_${name}.json`), 'utf8'));
const collection = file('collection') as Folder & { info: { schema: string } };
const environment = file('environment') as { values: { key: string; value: string; enabled: boolean }[] };

/** Every request in its order, with the authorisation that its folders hand down. */
const requests = (folder: Folder, auth = folder.auth): { item: Item; auth: Auth | undefined }[] =>
  folder.item.flatMap((item) =>
    'item' in item ? requests(item, item.auth ?? auth) : [{ item, auth: item.request.auth ?? auth }],
  );

let demo: TestDemo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo.close());

it('is of format 2.1, and its environment is the demo’s', () => {
  expect(collection.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json');
  const values = Object.fromEntries(environment.values.map(({ key, value }) => [key, value]));
  expect(values).toMatchObject({ base_url: 'http://localhost:8081', api_key: 'dck_demo_skyline', bearer_token: '' });
  expect(values['api_secret']).toBe('dcs_demo_skyline');
});

it('has every call of the partner’s API', async () => {
  const { paths } = (await (await fetch(`${demo.api}/openapi.json`)).json()) as { paths: Record<string, object> };
  const described = Object.keys(paths).filter((path) => !path.startsWith('/api/panel/'));
  const named = requests(collection).map(({ item }) =>
    `/${item.request.url.path.join('/')}`.replace('{{transaction_id}}', '{id}'),
  );
  expect(named.filter((path) => !path.startsWith('/api/panel/')).toSorted()).toEqual(described.toSorted());
  for (const path of named) expect(Object.keys(paths)).toContain(path);
});

it('is answered 200 from its first request to its last, each with what those before it kept', async () => {
  const kept = new Map(environment.values.map(({ key, value }) => [key, value]));
  kept.set('base_url', demo.api);
  const filled = (text: string): string =>
    text.replace(/{{(\$?\w+)}}/g, (_, name: string) => {
      const value = name === '$guid' ? randomUUID() : kept.get(name);
      if (!value) throw new Error(`{{${name}}} is not known yet`);
      return value;
    });
  for (const { item, auth } of requests(collection)) {
    const { method, header, body, url } = item.request;
    expect(url.raw.split('?')[0], item.name).toBe([url.host, ...url.path].flat().join('/'));
    const headers = new Headers(header.map(({ key, value }) => [key, value]));
    if (auth?.type === 'bearer') headers.set('authorization', `Bearer ${filled(auth.bearer[0]!.value)}`);
    const response = await fetch(filled(url.raw), { method, headers, ...(body && { body: filled(body.raw) }) });
    const text = await response.text();
    expect(response.status, `${item.name}: ${text}`).toBe(200);
    const pm = {
      test: () => {},
      environment: { set: (name: string, value: unknown) => kept.set(name, String(value)) },
      response: { json: (): unknown => JSON.parse(text) },
    };
    for (const { listen, script } of item.event) {
      expect(listen).toBe('test');
      runInNewContext(script.exec.join('\n'), { pm });
    }
  }
  expect(kept.get('transaction_id')).toMatch(/^txn_/);
});

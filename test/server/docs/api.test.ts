import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorStatuses } from '../../../server/http/problem.ts';
import { stripeCsp } from '../../../server/payments/stripe/csp.ts';
import { listQuery, STATUSES } from '../../../server/wire/transactions.ts';
import { startTestDemo, type TestDemo } from '../../support/demo.ts';

const root = resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const api = read('docs/api.md');

/** The rows of the first table that begins with this line, as cells. */
const rowsBelow = (header: string): string[][] =>
  api
    .slice(api.indexOf(`\n${header}\n`) + 1)
    .split('\n\n')[0]!
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );

/** What stands in backticks. */
const wordsIn = (cell: string): string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, word]) => word!);

/** What is between ``` and ```, by language. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].flatMap(([, named, block]) => (named === language ? [block!] : []));

let demo: TestDemo;
beforeAll(async () => {
  demo = await startTestDemo();
});
afterAll(() => demo.close());

it('names every error code with its status and what to do, and no other', () => {
  const rows = rowsBelow('| code | status | do |');
  const named = rows.map(([code, status]) => [wordsIn(code!)[0], Number(status)]);
  expect(Object.fromEntries(named)).toEqual(errorStatuses);
  expect(named).toHaveLength(Object.keys(errorStatuses).length);
  for (const [code, , what] of rows) expect(what, code).toMatch(/\w{3}/);
});

describe('the calls', () => {
  const calls = (text: string) =>
    [...text.matchAll(/`(GET|POST) (\/[\w/{}-]+)`/g)].map(([, method, path]) => `${method} ${path}`);
  let described: string[];
  beforeAll(async () => {
    const { paths } = (await (await fetch(`${demo.api}/openapi.json`)).json()) as { paths: Record<string, object> };
    described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
  });

  it('are all there, and none is left out', () => {
    const panel = rowsBelow('| call below `/api/panel/` | body beside `v` and `token` | answers |');
    const named = [...calls(api), ...panel.map(([name]) => `POST /api/panel/${wordsIn(name!)[0]}`)];
    expect([...new Set(named)].toSorted()).toEqual(described.toSorted());
  });

  it('of the list of transactions take what the page says', () => {
    const rows = rowsBelow('| parameter of the list | |').map(([names, what]) => [wordsIn(names!), what!] as const);
    expect(rows.flatMap(([names]) => names).toSorted()).toEqual(Object.keys(listQuery.shape).toSorted());
    expect(wordsIn(rows.find(([names]) => names.includes('status'))![1])).toEqual(STATUSES);
  });
});

it('has the lines for Stripe in a page’s policy', () => {
  const { script, connect, frame, img } = stripeCsp();
  const lines = Object.entries({ 'script-src': script, 'connect-src': connect, 'frame-src': frame, 'img-src': img });
  expect(blocks(api, '')).toContain(lines.map(([name, from]) => `${name.padEnd(12)} ${from.join(' ')}\n`).join(''));
});

const missing = ['bash', 'curl', 'node'].filter((command) => spawnSync(command, ['--version']).error !== undefined);

describe.skipIf(missing.length > 0)('the commands', () => {
  async function run(script: string, env: Record<string, string>): Promise<string> {
    const child = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], {
      cwd: root,
      env: { ...process.env, ...env },
      // From a socket bash would think it was called over a network, and read its owner's settings.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((done) => child.on('close', done));
    const [status, out, complaint] = await Promise.all([ended, textOf(child.stdout), textOf(child.stderr)]);
    expect([status, complaint]).toEqual([0, '']);
    return out;
  }

  it('of the page lead to a link that opens, to transactions, and to a chosen seat', async () => {
    const [first, second, third] = blocks(api, 'sh');
    const out = await run([first, second, 'echo', third].join('\n'), { BASE_URL: demo.api });
    const [link, transactions, selected] = out.trim().split('\n');
    const page = await fetch(link!);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(JSON.parse(transactions!)).toEqual({ success: true, transactions: [], next_cursor: null });
    const { selection } = JSON.parse(selected!) as { selection: { picks: { price: number }[]; total: number } };
    expect(selection.picks).toHaveLength(1);
    expect(selection.total).toBe(selection.picks[0]!.price);
  });

  it('of the clients’ page make a link and judge a delivery', async () => {
    const vectors = JSON.parse(read('docs/clients/vectors.json')) as {
      webhooks: { body: string; signature: string; type: string }[];
    };
    const { body, signature, type } = vectors.webhooks[0]!;
    const [script] = blocks(read('docs/clients/README.md'), 'sh');
    const out = await run(script!.replace('< body', '< <(printf %s "$BODY")'), {
      BASE_URL: demo.api,
      BODY: body,
      SIGNATURE: signature,
    });
    expect(out.trim().split('\n')).toEqual([expect.stringMatching(/\/seatmap\?id=Z0FBQUFB/), type]);
  });
});

const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`), 'docs/clients/README.md'];

it.each(pages.filter((page) => page.endsWith('.md')))('%s links to files and headings that are there', (page) => {
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
  const broken = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].filter(([, to, anchor]) => {
    const file = to ? join(dirname(page), to) : page;
    if (!existsSync(join(root, file))) return true;
    if (anchor === undefined) return false;
    return ![...read(file).matchAll(/^#+ (.+)$/gm)].some(([, heading]) => slug(heading!) === anchor);
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

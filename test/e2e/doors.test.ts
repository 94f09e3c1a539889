import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { relative } from 'node:path';
import { expect, test } from '@playwright/test';

/** Three free ports in a row, as `npm start` wants them. */
async function freePorts(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 30_000);
    const free = await Promise.all([0, 1, 2].map((offset) => isFree(port + offset)));
    if (free.every(Boolean)) return port;
  }
  throw new Error('no three free ports in a row');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

interface Run {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

function run(command: string, args: string[], env: Record<string, string>): Run {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return { child, output: () => output, ended: new Promise((resolve) => child.on('close', resolve)) };
}

test.describe('npm start', () => {
  test('says what to open, names a taken port with the remedy, and leaves nothing behind', async () => {
    const port = await freePorts();
    const demo = run('npm', ['start'], { PORT: String(port) });
    await expect.poll(demo.output, { timeout: 20_000 }).toContain('Press Ctrl-C to stop');
    expect(demo.output()).toContain(`http://localhost:${port}/confirmation`);
    expect(await answers(`http://localhost:${port + 1}/readyz`)).toBe(true);

    const second = run(process.execPath, ['demo/start.js'], { PORT: String(port + 1) });
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(new RegExp(`Port ${port + 1} is taken.*PORT=\\d+ npm start`));
    expect(await answers(`http://localhost:${port + 1}/readyz`)).toBe(true);

    // npm dies of SIGTERM without passing it on; the demo notices.
    demo.child.kill('SIGTERM');
    await demo.ended;
    for (const offset of [0, 1, 2]) {
      await expect.poll(() => answers(`http://localhost:${port + offset}/`), { timeout: 10_000 }).toBe(false);
    }
  });

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  test('tries a partner’s own file, and ends with its faults or when it is not there', async ({}, info) => {
    const file = info.outputPath('brand.yaml');
    const smallest = `mode: test
origins: [https://www.example.com]
brand: { code: example, brand_name: Example Air, primary_color: '#1E40AF' }
gds:
  gds_provider: amadeus
  environment: test
  api_credentials: { api_key: '\${NOT_SET_YET}', api_secret: '\${NOT_SET_YET}' }
  office_id: NCE1A0950
`;
    await writeFile(file, smallest);
    const port = await freePorts();
    const demo = run('npm', ['start', '--', relative('.', file)], { PORT: String(port) });
    await expect.poll(demo.output, { timeout: 20_000 }).toContain('Press Ctrl-C to stop');
    expect(demo.output()).toMatch(/Your brand example, from brand.yaml.*\n +API key and secret +dck_\w+ +dcs_\w+/);
    const key = /dcpub_test_(?!skyline)\w+/.exec(demo.output())![0];
    const page = await fetch(`http://localhost:${port + 1}/seatmap?key=${key}`);
    expect(await page.text()).toContain('Example Air');
    demo.child.kill('SIGTERM');
    await demo.ended;

    await writeFile(file, smallest.replace('office_id', 'ofice_id'));
    const faulty = run(process.execPath, ['demo/start.js', file], { PORT: String(await freePorts()) });
    expect(await faulty.ended).toBe(1);
    expect(faulty.output()).toMatch(
      /brand.yaml was not applied:[^]*gds.ofice_id \(line 8\)[^]*Did you mean "office_id"/,
    );

    const missing = run(process.execPath, ['demo/start.js', `${file}.not`], { PORT: String(await freePorts()) });
    expect(await missing.ended).toBe(1);
    expect(missing.output()).toContain('Your partner file cannot be read');
  });

  test('ends at once and cleanly on Ctrl-C', async () => {
    const port = await freePorts();
    const demo = run(process.execPath, ['demo/start.js'], { PORT: String(port) });
    await expect.poll(demo.output, { timeout: 20_000 }).toContain('Press Ctrl-C to stop');
    demo.child.kill('SIGINT');
    expect(await demo.ended).toBe(0);
  });
});

test.describe('npm run serve', () => {
  test('refuses to start without master keys, and says how to make one', async () => {
    const server = run(process.execPath, ['server/serve.js'], { DEPARTCART_MASTER_KEYS: '' });
    expect(await server.ended).toBe(1);
    expect(server.output()).toMatch(/DEPARTCART_MASTER_KEYS is missing.*openssl/);
  });

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  test('takes a partner’s file from the command line, and refuses the demo’s', async ({}, info) => {
    const port = await freePorts();
    const env = {
      PORT: String(port),
      DEPARTCART_PUBLIC_URL: `http://localhost:${port}`,
      DEPARTCART_MASTER_KEYS: `k1:${Buffer.alloc(32, 3).toString('base64')}`,
      DEPARTCART_DATABASE_URL: `sqlite:${info.outputPath('own.sqlite')}`,
      SITE_ORIGIN: 'http://localhost:1',
      API_ORIGIN: 'http://localhost:2',
      SANDBOXES_URL: 'http://localhost:3',
    };
    const refused = run(
      process.execPath,
      ['server/departcart.js', 'partner', 'apply', 'demo/partners/skyline.yaml', '--yes'],
      env,
    );
    expect(await refused.ended).not.toBe(0);
    expect(refused.output()).toMatch(/origins/);
    const server = run(process.execPath, ['server/serve.js'], env);
    await expect.poll(server.output, { timeout: 20_000 }).toContain('DepartCart listens');
    const template = await fetch(`http://localhost:${port}/gtm/template.tpl`);
    expect(await template.text()).toContain(`http://localhost:${port}/loader.js`);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
  });
});

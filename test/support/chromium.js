import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Finds the Chromium that every browser test, the bench and the screenshots use: `CHROME_PATH`, then the usual install
 * places, then the packed one of @sparticuz/chromium (Linux x64), which is unpacked once below node_modules/.cache.
 *
 * @typedef {{ executablePath: string, args: string[], env?: Record<string, string>, headless: true }} ChromiumLaunch
 * what Playwright's `chromium.launch` takes
 */

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--font-render-hinting=none',
];

/**
 * @returns {Promise<ChromiumLaunch>} launch options for Playwright
 * @throws {Error} when no Chromium can be had here; the message names the remedy
 */
export async function chromiumLaunch() {
  const installed = process.env.CHROME_PATH || installedChromium();
  if (installed) {
    if (!existsSync(installed)) throw new Error(`CHROME_PATH names ${installed}, which does not exist`);
    return { executablePath: installed, args: FLAGS, headless: true };
  }
  if (process.platform === 'linux' && process.arch === 'x64') return packedChromium();
  throw new Error('No Chromium found. Install Chrome, Chromium or Edge, or set CHROME_PATH to one.');
}

/** @returns {string | undefined} */
function installedChromium() {
  return installPlaces().find((path) => existsSync(path));
}

/** @returns {string[]} */
function installPlaces() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const tails = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return roots.flatMap((root) => (root ? tails.map((tail) => join(root, tail)) : []));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @returns {Promise<ChromiumLaunch>} */
async function packedChromium() {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const root = dirname(dirname(dirname(entry)));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const cache = fileURLToPath(new URL('../../node_modules/.cache/departcart/', import.meta.url));
  const home = join(cache, `chromium-${version}`);
  if (!existsSync(home)) await unpack(root, cache, home);

  const executablePath = join(home, 'chromium');
  const env = { ...definedEnvironment(), FONTCONFIG_FILE: join(home, 'fonts.conf') };
  // a bare Linux lacks nss and expat; the package brings them, but where the system has its own those are the right ones
  if (spawnSync(executablePath, ['--version'], { env }).status !== 0) {
    env.LD_LIBRARY_PATH = [join(home, 'al2023', 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  return { executablePath, args: FLAGS, env, headless: true };
}

/**
 * Unpacks into a folder of its own and renames it at the end, so that a killed run leaves nothing half-written and two
 * runs at once do not meet.
 *
 * @param {string} root the package's folder
 * @param {string} cache
 * @param {string} home where it is wanted
 */
async function unpack(root, cache, home) {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'unpacking-'));
  try {
    const { inflate } = await import(pathToFileURL(join(root, 'build', 'esm', 'lambdafs.js')).href);
    const parts = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((name) =>
      // it writes to os.tmpdir(), which it reads before its first await
      withTemporaryFolder(draft, () => inflate(join(root, 'bin', name))),
    );
    await Promise.all(parts);
    writeFileSync(join(draft, 'fonts.conf'), fontsConfig(join(home, 'fonts'), join(home, 'font-cache')));
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * @template T
 * @param {string} folder
 * @param {() => T} run
 * @returns {T}
 */
function withTemporaryFolder(folder, run) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** @returns {Record<string, string>} */
function definedEnvironment() {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/**
 * The package's own fonts.conf points elsewhere, and without fonts text is silently blank. Open Sans comes first, so that
 * pictures look the same on every machine.
 *
 * @param {string} fonts
 * @param {string} cache
 */
const fontsConfig = (fonts, cache) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${cache}</cachedir>
  ${['sans-serif', 'system-ui'].map((family) => `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`).join('\n  ')}
</fontconfig>
`;

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { chromiumLaunch } from '../support/chromium.js';
import { cabinMap, seatsOf } from './cabins.js';

/**
 * `npm run bench`: what the seat map costs beside plain buttons. Three contenders draw the same cabin, all decks, 1280 px
 * wide: (a) plain buttons written as one string, (b) the same buttons as a bare Lit element, (c) the product's element alone,
 * warmed up as the panel warms it while the map is on its way, and once more without that.
 *
 * Main-thread time is the CPU time of the page's main thread (script, style, layout, paint and anything deferred until the
 * page is idle), less what the same waiting costs with nothing to do. Contenders are interleaved and the first one rotates;
 * ratios are taken within a round, then their median. Each round mounts each contender twice, there and back, and the lower
 * counts: the work is the same, and what a busy machine adds comes in bursts. Quote ratios: milliseconds are this machine's.
 *
 *   node test/bench/bench.js [--rounds 7] [--cabins a320,a380] [--cpu 1,4] [--only plain-buttons,lit-buttons,seat-map,seat-map-cold]
 */

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    cabins: { type: 'string', default: 'a320,a380' },
    cpu: { type: 'string', default: '1,4' },
    only: { type: 'string', default: 'plain-buttons,lit-buttons,seat-map,seat-map-cold' },
    json: { type: 'boolean', default: false },
  },
});

const GOALS = { mount: 1.4, click: 1.3 };
const SEATS_CLICKED = 8;
const YARDSTICK = 'lit-buttons';
const FILES = {
  'plain-buttons': 'plain-buttons.js',
  'lit-buttons': 'lit-buttons.js',
  'seat-map': 'seat-map.ts',
  'seat-map-cold': 'seat-map.ts',
};
const TITLES = {
  'plain-buttons': 'plain buttons, innerHTML',
  'lit-buttons': 'bare Lit map',
  'seat-map': '<dc-seat-map>',
  'seat-map-cold': '  the same, not warmed up',
};

const rounds = Number(options.rounds);
const cabins = options.cabins.split(',');
const throttles = options.cpu.split(',').map(Number);
const names = /** @type {(keyof typeof FILES)[]} */ (options.only.split(','));

/** @param {keyof typeof FILES} name @returns {Promise<string>} the contender as one classic script that sets `window.contender` */
async function bundle(name) {
  const outDir = fileURLToPath(new URL(`../../node_modules/.cache/departcart/bench/${name}`, import.meta.url));
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      minify: true,
      lib: {
        entry: fileURLToPath(new URL(`contenders/${FILES[name]}`, import.meta.url)),
        formats: ['iife'],
        name: 'contender',
        fileName: () => 'contender.js',
      },
    },
  });
  const code = readFileSync(`${outDir}/contender.js`, 'utf8');
  rmSync(outDir, { recursive: true });
  return code;
}

// every contender finds its typefaces in use already, as on any page: loading a face is not the map's work
const FACES = ['400 14px sans-serif', '500 12px system-ui', '650 12px system-ui'];
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Seats</title><body style="margin:0"><main>
<h1 style="font:650 24px system-ui">Seats</h1>${FACES.map((font) => `<p style="font:${font}">Ab 12 × €</p>`).join('')}<div id="box"></div></main>`;
const IN_PAGE = readFileSync(new URL('in-page.js', import.meta.url), 'utf8');

/**
 * One contender, one cabin, one page of its own: no code cache, nothing warm.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {string} name
 * @param {string} code
 * @param {string} cabin
 * @param {number} throttle
 * @param {boolean} [isClicked] only mounted otherwise
 */
async function sample(browser, name, code, cabin, throttle, isClicked = name !== 'seat-map-cold') {
  const map = cabinMap(cabin);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.setContent(PAGE);
    await page.addScriptTag({ content: IN_PAGE });
    await page.addScriptTag({ content: `${code}\nwindow.contender = contender;` });
    await page.evaluate((json) => (window.map = JSON.parse(json)), JSON.stringify(map));
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    if (throttle > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });

    /** @param {() => Promise<unknown>} work @returns {Promise<number>} main-thread milliseconds */
    const spent = async (work) => {
      const before = await taskMs(cdp);
      await work();
      return (await taskMs(cdp)) - before;
    };
    const settle = () => page.evaluate(() => window.bench.settle());
    await settle();
    await page.evaluate((isWarm) => window.bench.prepare(isWarm), name !== 'seat-map-cold');
    const waiting = Math.min(await spent(settle), await spent(settle));
    const mount = (await spent(() => page.evaluate(() => window.bench.mount()))) - waiting;

    const seats = await page.evaluate(
      (ids) => ids.filter((id) => window.contender.seatElement(id)).length,
      seatsOf(map).map((s) => s.designator),
    );
    if (seats !== seatsOf(map).length) throw new Error(`${seats} seats drawn of ${seatsOf(map).length}`);

    if (!isClicked) return { mount, click: NaN, paint: NaN };

    const clicks = [];
    const paints = [];
    for (const designator of targets(map)) {
      const { x, y } = await page.evaluate((id) => window.bench.aim(id), designator);
      await page.mouse.move(x, y);
      await settle();
      const chosen = (/** @type {boolean} */ wanted) => expectChosen(page, designator, wanted);
      const press = async () => {
        await page.mouse.click(x, y);
        await settle();
      };
      clicks.push((await spent(press)) - waiting);
      await chosen(true);
      clicks.push((await spent(press)) - waiting);
      await chosen(false);
      await page.evaluate(() => window.bench.arm());
      await page.mouse.click(x, y);
      paints.push(await page.evaluate(() => window.bench.painted()));
      await settle();
      await chosen(true);
      await press();
    }
    return { mount, click: mean(clicks), paint: median(paints) };
  } finally {
    await context.close();
  }
}

/** @param {import('@playwright/test').Page} page @param {string} designator @param {boolean} wanted */
async function expectChosen(page, designator, wanted) {
  const is = await page.evaluate((id) => window.contender.isChosen(id), designator);
  if (is !== wanted) throw new Error(`the click on ${designator} did not ${wanted ? 'choose' : 'release'} it`);
}

/** @param {import('@playwright/test').CDPSession} cdp */
async function taskMs(cdp) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return 1000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? NaN);
}

/** Free seats spread over the whole cabin, the same for every contender. @param {import('./cabins.js').MapAnswer} map */
function targets(map) {
  const free = seatsOf(map).filter(({ seat, exit }) => seat.no === undefined && !exit);
  return Array.from(
    { length: SEATS_CLICKED },
    (_, i) => free[Math.floor(((i + 0.5) * free.length) / SEATS_CLICKED)]?.designator ?? '',
  );
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2
    ? (sorted[Math.floor(half)] ?? NaN)
    : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
}

/** @param {number[]} numbers */
const mean = (numbers) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

/** @typedef {{ name: string, cabin: string, cpu: number, round: number, mount: number, click: number, paint: number }} Sample */

/** @param {Sample[]} samples */
function print(samples) {
  const missed = [];
  for (const cabin of cabins) {
    for (const cpu of throttles) {
      const of = (/** @type {string} */ name) =>
        samples.filter((s) => s.name === name && s.cabin === cabin && s.cpu === cpu);
      console.log(
        `\n${cabin}: ${seatsOf(cabinMap(cabin)).length} seats, CPU ${cpu === 1 ? 'as it is' : `slowed ${cpu}x`}`,
      );
      console.log('contender                   mount ms  x Lit   click ms  x Lit   click to paint ms  x Lit');
      for (const name of names) {
        const ratio = (/** @type {'mount' | 'click' | 'paint'} */ key) =>
          median(of(name).map((s) => s[key] / (of(YARDSTICK).find((y) => y.round === s.round)?.[key] ?? NaN)));
        const value = (/** @type {'mount' | 'click' | 'paint'} */ key) => median(of(name).map((s) => s[key]));
        const isClicked = !Number.isNaN(value('click'));
        console.log(
          TITLES[name].padEnd(26) +
            value('mount').toFixed(1).padStart(10) +
            ratio('mount').toFixed(2).padStart(7) +
            (isClicked
              ? value('click').toFixed(2).padStart(11) +
                ratio('click').toFixed(2).padStart(7) +
                value('paint').toFixed(1).padStart(20) +
                ratio('paint').toFixed(2).padStart(7)
              : ''),
        );
        if (name !== 'seat-map') continue;
        if (ratio('mount') > GOALS.mount) missed.push(`${cabin} ${cpu}x mount ${ratio('mount').toFixed(2)}`);
        if (ratio('click') > GOALS.click) missed.push(`${cabin} ${cpu}x click ${ratio('click').toFixed(2)}`);
      }
    }
  }
  console.log(
    `\nGoal, main-thread time beside the bare Lit map: mount at most ${GOALS.mount}, click at most ${GOALS.click}: ` +
      (missed.length ? `missed by ${missed.join(', ')}` : 'met in every cell'),
  );
}

const codes = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await bundle(name)])));
const launch = await chromiumLaunch();
// frames are not held back to 60 a second, or every short interaction would read as one or two frames
const browser = await chromium.launch({
  ...launch,
  args: [...launch.args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
});
console.log(
  `${browser.version()}, ${cpus().length} x ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}; ${rounds} rounds, ` +
    'medians; mount and click are CPU milliseconds of the main thread with everything deferred, paint is time to the second frame',
);
/** @type {Sample[]} */
const samples = [];
try {
  for (let round = 0; round < rounds; round++) {
    for (const cabin of cabins) {
      for (const cpu of throttles) {
        /** @type {Sample[]} */
        const taken = [];
        for (const i of names.keys()) {
          const name = names[(i + round) % names.length] ?? YARDSTICK;
          taken.push({ name, cabin, cpu, round, ...(await sample(browser, name, codes[name], cabin, cpu)) });
        }
        for (const one of [...taken].reverse()) {
          const { mount } = await sample(browser, one.name, codes[one.name], cabin, cpu, false);
          one.mount = Math.min(one.mount, mount);
        }
        samples.push(...taken);
      }
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }
} finally {
  await browser.close();
}
print(samples);
if (options.json) console.log(JSON.stringify(samples));

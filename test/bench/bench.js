/**
 * `npm run bench`: every measurement, printed as tables of ratios. `npm run bench -- api --rounds 5` runs one part with its own options.
 */
import { prepare } from '../../server/prepare.js';

const PARTS = /** @type {const} */ ({
  'seat-map': () => import('./seat-map.js'),
  api: () => import('./api.js'),
});

const [first = ''] = process.argv.slice(2);
if (first && !first.startsWith('-')) {
  if (!(first in PARTS)) {
    console.error(`There is no part called ${first}. Parts: ${Object.keys(PARTS).join(', ')}.`);
    process.exit(2);
  }
  process.argv.splice(2, 1);
}
prepare();
for (const [name, run] of Object.entries(PARTS)) {
  if (first in PARTS && name !== first) continue;
  await run();
}

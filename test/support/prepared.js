/** Playwright's global setup: end-to-end tests run what `npm start` runs, the built demo. */
import { prepare } from '../../server/prepare.js';

export default function prepared() {
  prepare();
}

/** The door of `npm start`: makes the clone ready, then runs the demo in this same process, so that signals need no passing on. */
import { prepare } from '../server/prepare.js';

prepare();
process.setSourceMapsEnabled(true);
const { startDemo } = await import('../dist/server/demo.js');
await startDemo(process.argv[2]);

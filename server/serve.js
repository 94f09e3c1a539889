/** The door of `npm run serve`: production. Builds only when nothing was built, installs nothing: a production install has no build tools. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from './prepare.js';

if (!existsSync(join(root, 'dist/server/main.js'))) prepare();
process.setSourceMapsEnabled(true);
const { serveFromEnvironment } = await import('../dist/server/main.js');
await serveFromEnvironment();

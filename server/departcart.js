#!/usr/bin/env node
/** The door of the `departcart` command. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root } from './prepare.js';

if (!existsSync(join(root, 'dist/server/cli.js')) || existsSync(join(root, 'server/cli'))) prepare();
process.setSourceMapsEnabled(true);
const { cli } = await import('../dist/server/cli.js');
process.exitCode = await cli(process.argv.slice(2));

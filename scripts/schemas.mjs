#!/usr/bin/env node
/**
 * `npm run schemas`: makes the clone ready, then writes `schemas/<Type>/<version>.json`. Runs on Node 24.
 */
import { join } from 'node:path';
import { isReady, ROOT } from './ready.mjs';
import { runNode } from './run-node.mjs';

if (await isReady(1)) process.exitCode = await runNode(join(ROOT, 'dist', 'test', 'kafka', 'write-schemas.js'), [ROOT]);

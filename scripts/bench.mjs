#!/usr/bin/env node
/** `npm run bench`: makes the clone ready, then runs the benchmarks on Node 24. `npm run bench -- --help` says more. */
import { join } from 'node:path';
import { isReady, ROOT } from './ready.mjs';
import { runNode } from './run-node.mjs';

if (await isReady(1)) process.exitCode = await runNode(join(ROOT, 'dist', 'bench', 'bench.js'), process.argv.slice(2));

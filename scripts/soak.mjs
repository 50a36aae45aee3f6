#!/usr/bin/env node
/** `npm run soak`: makes the clone ready, then kills by the thousand. `npm run soak -- --help` says more. */
import { join } from 'node:path';
import { isReady, ROOT } from './ready.mjs';
import { runNode } from './run-node.mjs';

if (await isReady(1))
  process.exitCode = await runNode(join(ROOT, 'dist', 'test', 'soak', 'soak.js'), process.argv.slice(2));

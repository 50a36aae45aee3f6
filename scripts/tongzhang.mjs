#!/usr/bin/env node
/** The command `tongzhang` inside a clone: makes it ready, then runs the command line on Node 24. */
import { join } from 'node:path';
import { isReady, ROOT } from './ready.mjs';
import { runNode } from './run-node.mjs';

/** The exit code of a command that could not be run now. */
const UNAVAILABLE = 3;

if (await isReady(UNAVAILABLE))
  process.exitCode = await runNode(join(ROOT, 'dist', 'src', 'cli.js'), process.argv.slice(2));

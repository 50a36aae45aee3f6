#!/usr/bin/env node
/** The command `tongzhang` inside a clone: makes it ready, then runs the command line on Node 24. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isReady, ROOT } from './ready.mjs';
import { runNode } from './run-node.mjs';

/** The exit code of a command that could not be run now. */
const UNAVAILABLE = 3;

if (await isReady(UNAVAILABLE)) {
  const [built, words] = [join(ROOT, 'dist', 'src'), process.argv.slice(2)];
  const { nodeOptionsFor } = await import(pathToFileURL(join(built, 'node-options.js')).href);
  process.exitCode = await runNode(join(built, 'cli.js'), words, nodeOptionsFor(words));
}

import { getPriority } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';

const COMPILED = pathToFileURL(join(import.meta.dirname, '../../dist/src/time/stand-back.js'));
const PROGRAM = `
  import { getPriority } from 'node:os';
  import { parentPort } from 'node:worker_threads';
  import { standBack } from '${COMPILED.href}';
  standBack();
  parentPort.postMessage(getPriority());`;

describe('standing back', () => {
  it('is for the thread that asks for it and for no other', async () => {
    const before = getPriority();
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(PROGRAM)}`));
    const inThread = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    expect([inThread, getPriority()]).toEqual([process.platform === 'linux' ? 10 : before, before]);
  });
});

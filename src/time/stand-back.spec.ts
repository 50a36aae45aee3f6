import { getPriority } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { answerFirst } from './stand-back.js';

const COMPILED = pathToFileURL(join(import.meta.dirname, '../../dist/src/time/stand-back.js'));
const PROGRAM = `
  import { getPriority } from 'node:os';
  import { parentPort } from 'node:worker_threads';
  import { standBack } from '${COMPILED.href}';
  standBack();
  parentPort.postMessage(getPriority());`;

describe('standing back', () => {
  const inThread = (): Promise<unknown> => {
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(PROGRAM)}`));
    return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  };

  it('is for threads beside one that answers, for the one that asks for it and for no other', async () => {
    const before = getPriority();
    expect(await inThread()).toBe(before);
    answerFirst();
    expect([await inThread(), getPriority()]).toEqual([process.platform === 'linux' ? 10 : before, before]);
  });
});

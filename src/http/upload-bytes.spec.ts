import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { stalled } from '../import/jobs/upload-places.js';
import { bytesOf } from './upload-bytes.js';

/** A body that brings a piece every so often, and whether it was left as it was. */
function bodyOf(pieces: number, everyMs: number, thenSilent = false): Readable {
  const body = new Readable({ read: () => undefined });
  void (async () => {
    for (let piece = 0; piece < pieces; piece += 1) {
      await sleep(everyMs);
      body.push('x');
    }
    if (!thenSilent) body.push(null);
  })();
  return body;
}

async function read(body: Readable, idleMs: number, signal = new AbortController().signal): Promise<string> {
  let all = '';
  for await (const chunk of bytesOf(body, { idleMs, stalled, signal })) all += chunk.toString();
  return all;
}

describe('the bytes of an upload', () => {
  it('are read as long as something comes, however long that takes', async () => {
    expect(await read(bodyOf(10, 40), 200)).toBe('xxxxxxxxxx');
  });

  it('end with a refusal where nothing comes any more, and leave the body to be answered', async () => {
    const body = bodyOf(2, 1, true);
    await expect(read(body, 50)).rejects.toMatchObject({ code: 'upload-stalled' });
    expect(body.destroyed).toBe(false);
    body.destroy();
  });

  it('end with the reason of a signal', async () => {
    const cut = new AbortController();
    const body = bodyOf(1, 1, true);
    const reading = read(body, 10_000, cut.signal);
    cut.abort(new Error('the service is stopping'));
    await expect(reading).rejects.toThrow('stopping');
    await expect(read(bodyOf(1, 1), 10_000, cut.signal)).rejects.toThrow('stopping');
    body.destroy();
  });

  it('end with the error of a client that went away', async () => {
    const body = bodyOf(1, 1, true);
    setTimeout(() => body.destroy(new Error('aborted')), 20);
    await expect(read(body, 10_000)).rejects.toThrow('aborted');
  });
});

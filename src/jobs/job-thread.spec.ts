import { describe, expect, it } from '@jest/globals';
import { JobPace } from './job-pace.js';
import { inThread } from './job-thread.js';
import { type Task } from './task.js';

const program = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
const TASK: Task = {
  request: { kind: 'verify' },
  place: { store: 'sqlite', log: '/nowhere/log.db', mark: '/nowhere/log.mark' },
  dataDir: '/nowhere',
  files: '/nowhere/files',
  boundMs: 0,
};
const NEVER = new AbortController().signal;
const quiet = (): void => undefined;

describe('the thread of a job', () => {
  it.each([
    ['without a word', 'process.exit(3)'],
    ['by a fault', 'throw new Error("/srv/secret")'],
  ])('that ends %s is named, and not what only the log may say', async (_, source) => {
    const ended = inThread(program(source), TASK, quiet, NEVER);
    await expect(ended).rejects.toMatchObject({
      code: 'job-ended',
      text: { en: expect.not.stringContaining('secret') },
    });
  });

  it('is ended by a signal, whatever it is at', async () => {
    const ending = new AbortController();
    const endless = `const { parentPort } = await import('node:worker_threads');
      parentPort.postMessage({ progress: { done: 1 } });
      for (;;);`;
    const ended = inThread(program(endless), TASK, () => ending.abort(new Error('enough')), ending.signal);
    await expect(ended).rejects.toThrow('enough');
  });
});

describe('the pace of a job', () => {
  const at = (phase: number, done: number, total: number | null) =>
    ({ title: { zh: '', en: '' }, phase, phases: 2, counts: 'events', done, total }) as const;

  it('is counted over the phase, and said once it can be', () => {
    let ms = 0;
    const pace = new JobPace(() => ms);
    expect(pace.told()).toBeUndefined();
    pace.comeTo(at(1, 0, 100));
    expect(pace.told()).toMatchObject({ done: 0, perSecond: null, remainingSeconds: null });
    ms = 2_000;
    pace.comeTo(at(1, 40, 100));
    expect(pace.told()).toMatchObject({ done: 40, perSecond: 20, remainingSeconds: 3 });
    ms = 2_100;
    pace.comeTo(at(2, 0, null));
    expect(pace.told()).toMatchObject({ phase: 2, perSecond: null, remainingSeconds: null });
    ms = 4_100;
    pace.comeTo(at(2, 10, null));
    expect(pace.told()).toMatchObject({ perSecond: 5, remainingSeconds: null });
  });
});

import { describe, expect, it } from '@jest/globals';
import { runProgram, temporaryDirectory } from '../service.js';
import { rmSync } from 'node:fs';

/** Runs the service with a piece of code beside it that fails once the service hears signals. */
async function failing(code: string) {
  const directory = temporaryDirectory();
  try {
    const late = `if (process.listenerCount('SIGTERM') > 0) { clearInterval(looking); ${code}; }`;
    const looking = `const looking = setInterval(() => { ${late} }, 20); looking.unref();`;
    const module = `data:text/javascript,${encodeURIComponent(looking)}`;
    return await runProgram(['--data', directory, 'serve'], { NODE_OPTIONS: `--import=${module}`, PORT: '0' });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

describe('what nobody caught', () => {
  it.each([
    ['an exception', 'throw new Error("the cause")'],
    ['a rejection', 'Promise.reject(new Error("the cause"))'],
  ])('ends the program with its cause on one line and exit code 3: %s', async (_, code) => {
    const { code: exitCode, stderr } = await failing(code);
    const lines = stderr.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      code: 'internal-error',
      detail: expect.stringContaining('the cause'),
    });
    expect(exitCode).toBe(3);
  });
});

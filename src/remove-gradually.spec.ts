import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { removeGradually } from './remove-gradually.js';

const MEGABYTE = 1024 * 1024;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tongzhang-test-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** What stands in the directory, by size, whenever somebody looks while something is done. */
async function seenWhile(work: Promise<void>): Promise<{ name: string; bytes: number }[]> {
  const seen: { name: string; bytes: number }[] = [];
  let isOver = false;
  const over = work.finally(() => (isOver = true));
  while (!isOver) {
    for (const name of readdirSync(directory)) {
      const bytes = statSync(join(directory, name), { throwIfNoEntry: false })?.size;
      if (bytes !== undefined) seen.push({ name, bytes });
    }
    await new Promise(setImmediate);
  }
  await over;
  return seen;
}

describe('a file that is removed', () => {
  it.each([0, 1, MEGABYTE, MEGABYTE + 1, 23 * MEGABYTE])('of %i bytes is gone', async (bytes) => {
    writeFileSync(join(directory, 'file'), Buffer.alloc(bytes));
    await removeGradually(join(directory, 'file'));
    expect(readdirSync(directory)).toEqual([]);
  });

  it('need not be there', async () => {
    await removeGradually(join(directory, 'none'));
    expect(readdirSync(directory)).toEqual([]);
  });

  it('never stands half under its own name, and becomes shorter by little at a time', async () => {
    const bytes = 23 * MEGABYTE;
    writeFileSync(join(directory, 'file'), Buffer.alloc(bytes));
    const seen = await seenWhile(removeGradually(join(directory, 'file'), join(directory, 'aside')));
    expect(readdirSync(directory)).toEqual([]);
    expect(new Set(seen.filter(({ name }) => name === 'file').map((one) => one.bytes))).toEqual(new Set([bytes]));
    const sizes = seen.filter(({ name }) => name === 'aside').map((one) => one.bytes);
    const steps = sizes.map((size, index) => (sizes[index - 1] ?? bytes) - size);
    // One step, or two where nobody looked in between.
    expect(Math.max(...steps)).toBeLessThanOrEqual(2 * MEGABYTE);
    expect(sizes.length).toBeGreaterThan(10);
  });
});

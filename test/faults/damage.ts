import { closeSync, openSync, readSync, renameSync, statSync, truncateSync, writeSync } from 'node:fs';
import { randomFrom } from '../random.js';

/**
 * What happens to files behind the back of whoever has them open: what is written stays in the same file, so that an
 * open one is damaged too.
 */

/** Bytes that mean nothing, the same for the same seed. */
export function garbage(bytes: number, seed = 1): Buffer {
  const random = randomFrom(seed);
  return Buffer.from(Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256)));
}

/** Writes bytes over those at a place; beyond its end they make it longer. */
export function overwrite(path: string, offset: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, bytes, 0, bytes.length, offset);
  } finally {
    closeSync(file);
  }
}

/** Turns one bit over. */
export function flipBit(path: string, offset: number, bit = 0): void {
  const byte = Buffer.alloc(1);
  const file = openSync(path, 'r+');
  try {
    if (readSync(file, byte, 0, 1, offset) === 0) throw new Error(`${path} ends before ${offset}`);
    byte[0]! ^= 1 << bit;
    writeSync(file, byte, 0, 1, offset);
  } finally {
    closeSync(file);
  }
}

/** Cuts bytes off its end; all of them where nothing is said. */
export function cutEnd(path: string, bytes = Infinity): void {
  truncateSync(path, Math.max(0, statSync(path).size - bytes));
}

/** Lets two files or folders change their places. */
export function swap(one: string, other: string): void {
  const aside = `${one}.aside`;
  renameSync(one, aside);
  renameSync(other, one);
  renameSync(aside, other);
}

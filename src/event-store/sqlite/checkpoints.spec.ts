import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { untilHolds } from '../../../test/probe.js';
import { openSqlite, type SqliteFile } from '../../sqlite-file.js';
import { Checkpoints } from './checkpoints.js';

const COMPILED = pathToFileURL(join(import.meta.dirname, '../../../dist/src/event-store/sqlite/checkpoints.worker.js'));
const FAILING = new URL('data:text/javascript,throw new Error("no such thread")');

describe('the thread that copies the write-ahead log', () => {
  let directory: string;
  let path: string;
  let file: SqliteFile;
  const said: string[] = [];
  const commit = (text: string): void => void file.prepare('INSERT INTO said VALUES (?)').run(text);
  const isCopied = (text: string): boolean => readFileSync(path).includes(text);
  const copiedBy = (): number => file.pragma('wal_autocheckpoint', { simple: true }) as number;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'checkpoints-'));
    path = join(directory, 'log.db');
    file = openSqlite(path, 'durable');
    file.exec('CREATE TABLE said (text TEXT)');
    said.length = 0;
  });
  afterEach(() => {
    file.close();
    rmSync(directory, { recursive: true });
  });

  it('copies what was committed while the file is written to, and lets go of it at the end', async () => {
    const checkpoints = new Checkpoints(file, path, (message) => said.push(message), COMPILED);
    for (let number = 0; number < 100; number += 1) {
      commit(`first ${number}`);
      checkpoints.committed();
    }
    expect(isCopied('first 99')).toBe(false);
    await untilHolds(() => isCopied('first 99'));
    commit('second');
    await untilHolds(() => {
      checkpoints.committed();
      return isCopied('second');
    });
    expect(copiedBy()).toBe(8_000);
    await checkpoints.close();
    file.close();
    expect([said, existsSync(`${path}-wal`)]).toEqual([[], false]);
  });

  it('is not begun for a few commits', async () => {
    const checkpoints = new Checkpoints(file, path, (message) => said.push(message), FAILING);
    for (let number = 0; number < 99; number += 1) checkpoints.committed();
    await checkpoints.close();
    expect([said, copiedBy()]).toEqual([[], 1_000]);
  });

  it('says why it has ended, and leaves the copying to the commits again', async () => {
    const checkpoints = new Checkpoints(file, path, (message) => said.push(message), FAILING);
    for (let number = 0; number < 100; number += 1) checkpoints.committed();
    expect(copiedBy()).toBe(8_000);
    await untilHolds(() => said.length > 0);
    checkpoints.committed();
    expect([said, copiedBy()]).toEqual([['commits copy the write-ahead log themselves again: no such thread'], 1_000]);
    await checkpoints.close();
  });

  it('opens no file anew that is gone', async () => {
    const gone = join(directory, 'gone.db');
    const checkpoints = new Checkpoints(file, gone, (message) => said.push(message), COMPILED);
    for (let number = 0; number < 100; number += 1) checkpoints.committed();
    await untilHolds(() => said.length > 0);
    expect([said[0], existsSync(gone)]).toEqual([expect.stringMatching(/unable to open database file/), false]);
    await checkpoints.close();
  });
});

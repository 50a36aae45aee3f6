import { hash } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirectory, dataPaths } from '../data-directory.js';
import { LedgerError, show, text } from '../errors.js';
import { eventId } from '../event-store/event-store.js';
import { leaveMark } from '../event-store/sqlite/high-water-mark.js';
import { type FileRow, readHead, readKeys, readRows } from '../event-store/sqlite/log-file.js';
import { codeOf, isDiskFull } from '../machine-fault.js';
import { putInPlace, stagingIn } from '../put-in-place.js';
import { copyRows, sourceDamaged } from './copy-log.js';

/** Hears how far it has come. */
export interface CompactProgress {
  readonly begin: (phase: 'copy' | 'compare', head: number) => void;
  readonly update: (position: number) => void;
}

export interface Compacted {
  /** Up to where the log reaches; every event up to there was compared. */
  readonly position: number;
  readonly events: number;
  /** What the log's files took on the disk before, and take now. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** The files of a log: nothing else of a data directory changes, since positions stay what they were. */
const LOG_NAMES = ['log.db', 'log.db-wal', 'log.db-shm', 'log.mark'] as const;
const ASIDE = 'compacted';

/**
 * Writes the log of a data directory anew, its events in blocks. The old file goes once every event and every key of
 * the new one has been compared with it. Killed at any moment, the directory holds the old log or the new one.
 * @throws LedgerError unavailable, where the directory is in use or its disk is full; refused `log-damaged`, naming
 * what is damaged: nothing is changed then
 */
export async function compactLog(dataDir: string, progress: CompactProgress): Promise<Compacted> {
  const directory = DataDirectory.take(dataDir);
  try {
    const { paths } = directory;
    const bytesBefore = bytesOf(dataDir);
    const staged = dataPaths(stagingIn(dataDir));
    await copyRows({ store: 'sqlite', ...paths }, staged.log, progress);
    const position = readHead(staged.log);
    progress.begin('compare', position);
    const events = compareRows(paths.log, staged.log, progress.update);
    compareKeys(paths.log, staged.log);
    leaveMark(staged.mark, position);
    directory.demandOurs();
    putInPlace(dataDir, LOG_NAMES, ASIDE);
    rmSync(join(dataDir, ASIDE), { recursive: true, force: true });
    return { position, events, bytesBefore, bytesAfter: bytesOf(dataDir) };
  } catch (error) {
    if (isDiskFull(error)) throw new LedgerError('unavailable', 'disk-full', diskFull(dataDir, codeOf(error)));
    throw error;
  } finally {
    rmSync(join(dataDir, 'restore.part'), { recursive: true, force: true });
    directory.release();
  }
}

/** Event by event: where it stands, what it is, its hash as it is stored, and that of the bytes of the copy. */
function compareRows(log: string, copy: string, update: (position: number) => void): number {
  const others = readRows(copy, 0, Number.MAX_SAFE_INTEGER);
  let events = 0;
  for (const page of readRows(log, 0, Number.MAX_SAFE_INTEGER)) {
    const copied = takeRows(others, page.length);
    for (const [index, row] of page.entries()) demandSame(row, copied[index]);
    events += page.length;
    update(page.at(-1)!.position);
  }
  return events;
}

/** The pages of both are as long as each other as long as nothing is wrong. */
const takeRows = (pages: Iterator<FileRow[]>, length: number): FileRow[] => {
  const next = pages.next();
  return next.done || next.value.length !== length ? [] : next.value;
};

function demandSame(row: FileRow, copy: FileRow | undefined): void {
  const computed = hash('sha256', copy?.bytes ?? '', 'hex');
  const got = copy ? `${placeOf(copy)} ${computed}` : 'nothing';
  const expected = `${placeOf(row)} ${row.hash.toString('hex')}`;
  if (got === expected && copy?.hash.equals(row.hash) === true) return;
  throw sourceDamaged([
    { position: row.position, id: eventId(row.stream, row.revision), invariant: 'store', expected, got },
  ]);
}

const placeOf = ({ position, stream, revision, type, copied }: FileRow): string =>
  `${position} ${eventId(stream, revision)} ${type} ${copied ? (copied.storedAtMs ?? 'several') : ''}`;

function compareKeys(log: string, copy: string): void {
  const others = readKeys(copy);
  for (const page of readKeys(log)) {
    const next = others.next();
    const copied = next.done ? [] : next.value;
    const differs = page.findIndex((key, index) => String(key) !== String(copied[index]));
    if (differs < 0) continue;
    throw keyDiffers(String(page[differs]), String(copied[differs] ?? 'nothing'));
  }
  const more = others.next();
  if (!more.done) throw keyDiffers('nothing', String(more.value[0]));
}

const keyDiffers = (expected: string, got: string): LedgerError =>
  sourceDamaged([{ invariant: 'store', expected: `key ${got}`, got: `key ${expected}` }]);

const bytesOf = (dataDir: string): number =>
  LOG_NAMES.reduce((bytes, name) => {
    const path = join(dataDir, name);
    return bytes + (existsSync(path) ? statSync(path).size : 0);
  }, 0);

const diskFull = (directory: string, code: string) =>
  text(
    `${show(directory)} 所在的磁盘已满（${code}），账簿未变；腾出空间后再运行`,
    `the disk of ${show(directory)} is full (${code}), the ledger is as it was; run it again once there is room`,
  );

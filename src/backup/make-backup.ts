import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { type AuditProgress } from '../audit/ledger-audit.js';
import { type AuditClock } from '../audit/time-audit.js';
import { dataPaths } from '../data-directory.js';
import { LedgerError, show, text } from '../errors.js';
import { type StorePlace } from '../event-store/event-store.js';
import { leaveMark } from '../event-store/sqlite/high-water-mark.js';
import { codeOf, isDiskFull } from '../machine-fault.js';
import { putNamesOnDisk, putOnDisk } from '../put-in-place.js';
import { copyRows, sourceDamaged } from './copy-log.js';
import { describeLog } from './describe-log.js';
import { digestOf } from './files.js';
import { type Manifest, MANIFEST, newManifest, writeManifest } from './manifest.js';

/** Hears how far a backup has come: first the copy, then what is checked of it. */
export interface BackupProgress {
  readonly begin: (phase: 'copy' | 'store' | 'walk', head: number) => void;
  readonly update: AuditProgress['update'];
}

/** A finished backup. */
export interface Backup {
  readonly manifest: Manifest;
  /** Rules that the ledger itself breaks, and its copy with it: `verify` names them. */
  readonly otherBreaches: number;
}

/**
 * Copies a log into a directory of its own as far as it has come now, checks the copy from the disk, and says what it
 * is in a manifest, which is written last. Takes no lock: a service may go on recording.
 * @param dataDir the ledger's own files, which a backup must not stand among
 * @throws LedgerError invalid, where the directory cannot be one; refused, naming what of the log is damaged
 */
export async function makeBackup(
  place: StorePlace,
  directory: string,
  dataDir: string,
  progress: BackupProgress,
  clock: AuditClock,
): Promise<Backup> {
  const isNew = demandFree(directory, dataDir);
  const part = join(directory, 'log.db.part');
  try {
    // One that is begun twice at the same time is refused here.
    closeSync(openSync(part, 'wx'));
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? notFree(directory) : error;
  }
  try {
    await copyRows(place, part, progress);
    const paths = dataPaths(directory);
    const described = await describeLog({ store: 'sqlite', log: part, mark: paths.mark }, progress, clock);
    if (described.damage.length > 0) throw sourceDamaged(described.damage);
    putOnDisk(part);
    renameSync(part, paths.log);
    leaveMark(paths.mark, described.summary.position);
    const file = { bytes: statSync(paths.log).size, sha256: await digestOf(paths.log) };
    const manifest = newManifest(described.summary, file, clock.nowMs);
    writeManifest(directory, manifest);
    putNamesOnDisk(directory);
    return { manifest, otherBreaches: described.otherBreaches };
  } catch (error) {
    const { log, mark } = dataPaths(directory);
    for (const file of [join(directory, MANIFEST), join(directory, `${MANIFEST}.part`), mark, log, part])
      rmSync(file, { force: true });
    if (isNew) rmdirSync(directory);
    throw isDiskFull(error) ? diskFull(directory, codeOf(error)) : error;
  }
}

/** Whether the directory had to be made. @throws LedgerError invalid, where it is not free */
function demandFree(directory: string, dataDir: string): boolean {
  const [own, other] = [realPath(dataDir), realPath(directory)];
  if (other === own || other.startsWith(own + sep)) throw insideData(directory);
  const status = statSync(directory, { throwIfNoEntry: false });
  if (status && (!status.isDirectory() || readdirSync(directory).length > 0)) throw notFree(directory);
  if (!status) mkdirSync(directory, { recursive: true });
  return !status;
}

/** Where a path leads, links followed, also where there is nothing yet. */
function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  const parent = dirname(absolute);
  return parent === absolute ? absolute : join(realPath(parent), absolute.slice(parent.length));
}

const diskFull = (directory: string, code: string): LedgerError =>
  new LedgerError(
    'unavailable',
    'disk-full',
    text(
      `${show(directory)} 所在的磁盘已满（${code}），没有留下备份；腾出空间后再运行`,
      `the disk of ${show(directory)} is full (${code}), no backup was left; run it again once there is room`,
    ),
  );

const notFree = (directory: string): LedgerError =>
  new LedgerError(
    'invalid',
    'directory-not-empty',
    text(
      `${show(directory)} 不是空目录；每份备份要有自己的目录`,
      `${show(directory)} is not an empty directory; each backup has a directory of its own`,
    ),
  );

const insideData = (directory: string): LedgerError =>
  new LedgerError(
    'invalid',
    'directory-inside-data',
    text(
      `${show(directory)} 在账簿自己的数据目录之内；备份应放在别处，最好是另一块磁盘`,
      `${show(directory)} is inside the ledger's own data directory; a backup belongs elsewhere, best on another disk`,
    ),
  );

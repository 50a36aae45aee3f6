import { existsSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditClock } from '../audit/time-audit.js';
import { composeNotice } from '../books/event.js';
import { DataDirectory, type DataPaths, dataPaths, OWN_NAMES } from '../data-directory.js';
import { type ErrorDetail, LedgerError, show, type Text, text } from '../errors.js';
import { eventId } from '../event-store/event-store.js';
import { leaveMark, readMark } from '../event-store/sqlite/high-water-mark.js';
import { SqliteEventStore } from '../event-store/sqlite/sqlite-event-store.js';
import { codeOf, isDiskFull } from '../machine-fault.js';
import { ledgerRestored, type LedgerRestoredFacts } from '../catalogue/notices/ledger-restored.js';
import { putInPlace, stagingIn } from '../put-in-place.js';
import { isSeen } from '../text/foreign-text.js';
import { readConfirmedClock } from '../time/confirmed-clock.js';
import { RecordingClock } from '../time/recording-clock.js';
import { describeLog } from './describe-log.js';
import { digestOf } from './files.js';
import { type LostEvents, lookAtStanding, type Standing } from './lost-events.js';
import { type BackupProgress } from './make-backup.js';
import { damaged, type Manifest, readManifest, type ReadManifest } from './manifest.js';

/** What whoever restores says: that so many events are to be lost, and who says so and why. */
export interface RestoreWord {
  readonly lose?: number | undefined;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

/** What a restore has come to. */
export interface Restored {
  readonly manifest: Manifest;
  /** False where the ledger held the same already: nothing was touched. */
  readonly isChanged: boolean;
  readonly lost: LostEvents | undefined;
  /** The id and the position of the event that says so, where events were lost. */
  readonly event: { readonly id: string; readonly position: number } | undefined;
  /** Where what stood there is kept; undefined where nothing stood. */
  readonly aside: string | undefined;
}

/** Hears what a restore would take away, before it is refused or done. */
export type HearLost = (lost: LostEvents) => void;

/**
 * Puts a backup in the place of whatever log a data directory holds, once all that its manifest says has been found in
 * it. Killed at any moment, the directory holds the old log or the new one; what stood before is kept beside it.
 * @throws LedgerError refused, where the backup is not whole, is of another ledger, or would take events away that
 * nobody has named; unavailable, where the directory is in use
 */
export async function restoreBackup(
  backup: string,
  dataDir: string,
  word: RestoreWord,
  progress: BackupProgress,
  clock: AuditClock,
  hearLost: HearLost,
): Promise<Restored> {
  const read = readManifest(backup);
  const isNew = !existsSync(dataDir);
  const directory = DataDirectory.take(dataDir);
  try {
    const staging = stagingIn(dataDir);
    const staged = dataPaths(staging);
    await stage(backup, staged, read.manifest, progress);
    const standing = lookAtStanding(directory.paths, staged.log, read.manifest.position);
    if (standing.likeness === 'other') throw refused('another-ledger', anotherLedger(backup));
    if (isThere(standing, read)) return { ...NOTHING_DONE, manifest: read.manifest };
    const { lost } = standing;
    if (lost) {
      hearLost(lost);
      demandWord(lost, word);
    }
    await demandSame(backup, staged, read.manifest, progress, clock);
    const event = lost && (await recordLoss(staged, directory.paths, read, lost, word, clock));
    const aside = asideName(clock.nowMs);
    directory.demandOurs();
    putInPlace(dataDir, OWN_NAMES, aside);
    const kept = existsSync(join(dataDir, aside)) ? join(dataDir, aside) : undefined;
    return { manifest: read.manifest, isChanged: true, lost, event, aside: kept };
  } catch (error) {
    if (isDiskFull(error)) throw new LedgerError('unavailable', 'disk-full', diskFull(dataDir, codeOf(error)));
    throw error;
  } finally {
    rmSync(join(dataDir, 'restore.part'), { recursive: true, force: true });
    directory.release();
    if (isNew && !existsSync(directory.paths.log)) rmSync(dataDir, { recursive: true });
  }
}

const NOTHING_DONE = { isChanged: false, lost: undefined, event: undefined, aside: undefined };

/** Copies the files of a backup beside the log that stands, and compares them with the manifest byte for byte. */
async function stage(
  backup: string,
  staged: DataPaths,
  { file, position }: Manifest,
  { begin, update }: BackupProgress,
): Promise<void> {
  const source = dataPaths(backup);
  begin('copy', position);
  if (!existsSync(source.log)) throw refused('backup-damaged', damaged(backup, 'log.db'));
  await copyFile(source.log, staged.log);
  const isSame = statSync(staged.log).size === file.bytes && (await digestOf(staged.log)) === file.sha256;
  if (!isSame) throw refused('backup-damaged', damaged(backup, 'log.db'));
  const mark = readMark(source.mark);
  if (mark.state !== 'whole' || mark.position !== position)
    throw refused('backup-damaged', damaged(backup, 'log.mark'));
  leaveMark(staged.mark, position);
  update(position);
}

/** Works out again what the manifest says of the log. */
async function demandSame(
  backup: string,
  staged: DataPaths,
  manifest: Manifest,
  progress: BackupProgress,
  clock: AuditClock,
): Promise<void> {
  const { summary, damage } = await describeLog({ store: 'sqlite', ...staged }, progress, clock);
  const { events, position, firstEvent, lastEvent, balances } = manifest;
  const isSame = JSON.stringify(summary) === JSON.stringify({ events, position, firstEvent, lastEvent, balances });
  if (damage.length > 0 || !isSame) throw refused('backup-damaged', damaged(backup, 'log.db'));
}

/** Whether the ledger was restored from this backup before, and nothing has been recorded since. */
function isThere({ likeness, lost }: Standing, { sha256 }: ReadManifest): boolean {
  if (likeness === 'equal') return true;
  const { event } = lost?.lastEvent ?? {};
  return lost?.events === 1 && event?.kind === ledgerRestored.kind && event['backupSha256'] === sha256;
}

const MOST_BY = 64;
const MOST_REASON = 200;

/** @throws LedgerError where events would be lost and their number, who says so or why was not said */
function demandWord({ events }: LostEvents, { lose, by, reason }: RestoreWord): void {
  if (lose !== events) {
    const got = lose === undefined ? 'nothing' : String(lose);
    const expected = text(String(events), String(events));
    throw refused('events-would-be-lost', wouldBeLost(events), [
      { pointer: '--lose', code: 'events-would-be-lost', expected, got },
    ]);
  }
  const words = [
    ['--by', by, MOST_BY],
    ['--reason', reason, MOST_REASON],
  ] as const;
  const details = words
    .filter(([, said, most]) => said === undefined || !isSeen(said) || said.length > most)
    .map(([pointer, said, most]): ErrorDetail => ({
      pointer,
      code: 'option',
      expected: text(`1 至 ${most} 个可见字符`, `1 to ${most} visible characters`),
      got: show(said),
    }));
  if (details.length > 0)
    throw new LedgerError(
      'invalid',
      'option',
      text('丢失事件须说明何人、为何', 'who loses events says who and why'),
      details,
    );
}

/** Records, in the log that is got ready, what is lost by it: by the clock that records everything. */
async function recordLoss(
  staged: DataPaths,
  { confirmedClock }: DataPaths,
  { manifest, sha256 }: ReadManifest,
  lost: LostEvents,
  { by, reason }: RestoreWord,
  { nowMs, boundMs }: AuditClock,
): Promise<Restored['event']> {
  const facts: LedgerRestoredFacts = {
    backupSha256: sha256,
    backupPosition: manifest.position,
    backupMadeAt: manifest.madeAt,
    lostFrom: lost.from,
    lostTo: lost.to,
    lostEvents: lost.events,
    ...(lost.lastEvent && { lastLostSha256: lost.lastEvent.sha256 }),
    by: by!.normalize('NFC'),
    reason: reason!.normalize('NFC'),
  };
  const store = new SqliteEventStore(staged.log, { readonly: false, markPath: staged.mark });
  try {
    const times = [manifest.lastEvent?.recordedAt, lost.lastEvent?.event.recordedAt].filter((at) => at !== undefined);
    const lastMs = times.length > 0 ? Math.max(...times.map((at) => Date.parse(at))) : undefined;
    const recording = new RecordingClock(() => nowMs, lastMs, boundMs, {
      lastMs: () => lastMs,
      confirmed: () => readConfirmedClock(confirmedClock),
      keep: () => undefined,
      changed: () => undefined,
    });
    const { kind, event: type, stream } = ledgerRestored;
    const [before] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
    const key = `restored-${sha256}-${lost.to}`;
    const { revision, position } = await recording.record((recordedAtMs) =>
      store.append(stream, before ? before.revision : 'no-stream', [
        { type, data: composeNotice(kind, key, recordedAtMs, facts), key, keyIndexed: true },
      ]),
    );
    return { id: eventId(stream, revision), position };
  } finally {
    await store.close();
  }
}

const asideName = (nowMs: number): string => `replaced-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;

const refused = (code: string, message: Text, details: readonly ErrorDetail[] = []): LedgerError =>
  new LedgerError('refused', code, message, details);

const anotherLedger = (backup: string): Text =>
  text(
    `${show(backup)} 是另一本账簿的备份，首条事件不同；请恢复到空目录`,
    `${show(backup)} is a backup of another ledger, whose first event is another; restore it into an empty directory`,
  );

const wouldBeLost = (events: number): Text =>
  text(
    `备份之后的 ${events} 条事件将会丢失，未作任何更改；确要如此，请写明 --lose ${events} --by 何人 --reason 为何`,
    `${events} events that are not in the backup would be lost, and nothing was changed; ` +
      `if that is to be, say so: --lose ${events} --by WHO --reason WHY`,
  );

const diskFull = (directory: string, code: string): Text =>
  text(
    `${show(directory)} 所在的磁盘已满（${code}），账簿仍是原来的；腾出空间后再运行`,
    `the disk of ${show(directory)} is full (${code}), the ledger is as it was; run it again once there is room`,
  );

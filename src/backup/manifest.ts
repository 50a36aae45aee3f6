import { hash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError, show, type Text, text } from '../errors.js';
import { isLater, VERSION } from '../version.js';

/** The file that makes a backup of a directory. It is written last. */
export const MANIFEST = 'backup.json';

/** The form of the manifest; a later form is another number. */
const FORMAT = 1;

/** What a log holds, so that a person can compare it, and a program recognises it. */
export interface LogSummary {
  readonly events: number;
  readonly position: number;
  /** Null in an empty log. */
  readonly firstEvent: EventMark | null;
  readonly lastEvent: EventMark | null;
  /** Balance of every ledger line in yuan, debit positive, of all units of a fund together. */
  readonly balances: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** An event by its id, its time and the SHA-256 of its bytes. */
export interface EventMark {
  readonly id: string;
  readonly recordedAt: string;
  readonly sha256: string;
}

/** What a backup says of itself. */
export interface Manifest extends LogSummary {
  readonly format: number;
  /** The version of the program that made it. */
  readonly version: string;
  /** UTC. */
  readonly madeAt: string;
  readonly file: { readonly name: 'log.db'; readonly bytes: number; readonly sha256: string };
}

const CHECK = 'check';

/** The text of a manifest, with a digest of all that stands before it. */
export function manifestText(manifest: Manifest): string {
  const check = hash('sha256', JSON.stringify(manifest), 'hex');
  return `${JSON.stringify({ ...manifest, [CHECK]: check }, undefined, 2)}\n`;
}

/** A new manifest: what is known of a log, of its file, and of who made it when. */
export const newManifest = (summary: LogSummary, file: Omit<Manifest['file'], 'name'>, nowMs: number): Manifest => ({
  format: FORMAT,
  version: VERSION,
  madeAt: new Date(nowMs).toISOString(),
  ...summary,
  file: { name: 'log.db', ...file },
});

/** Writes a manifest, whole or not at all: from now on the directory is a backup. */
export function writeManifest(directory: string, manifest: Manifest): void {
  const path = join(directory, MANIFEST);
  writeFileSync(`${path}.part`, manifestText(manifest), { flush: true });
  renameSync(`${path}.part`, path);
}

/** A manifest as it was read, with the SHA-256 of its text, by which a backup is known. */
export interface ReadManifest {
  readonly manifest: Manifest;
  readonly sha256: string;
}

/** @throws LedgerError refused, where the directory is no finished backup, a damaged one, or one of a later version */
export function readManifest(directory: string): ReadManifest {
  const path = join(directory, MANIFEST);
  if (!existsSync(path)) {
    const isBegun = existsSync(join(directory, 'log.db.part'));
    throw isBegun ? refused('backup-unfinished', unfinished(directory)) : refused('no-backup', none(directory));
  }
  const written = readFileSync(path, 'utf8');
  const manifest = parse(written);
  if (!manifest) throw refused('backup-damaged', damaged(directory, MANIFEST));
  const { format, version } = manifest;
  if (format > FORMAT || isLater(version, VERSION)) throw refused('backup-of-later-version', later(version));
  return { manifest, sha256: hash('sha256', written, 'hex') };
}

/** The manifest in a text; undefined where one byte of it is not as it was written. */
function parse(written: string): Manifest | undefined {
  try {
    const { [CHECK]: _, ...manifest } = JSON.parse(written) as Manifest & { readonly [CHECK]: string };
    return manifestText(manifest) === written ? manifest : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const refused = (code: string, message: Text): LedgerError => new LedgerError('refused', code, message);

const unfinished = (directory: string): Text =>
  text(
    `${show(directory)} 中的备份没有做完，不能用于恢复`,
    `the backup in ${show(directory)} was not finished and cannot be restored`,
  );

const none = (directory: string): Text =>
  text(
    `${show(directory)} 中没有备份（缺 ${MANIFEST}）`,
    `there is no backup in ${show(directory)}: no ${MANIFEST} is in it`,
  );

/** What is said of a file of a backup that is not as it was written. */
export const damaged = (directory: string, file: string): Text =>
  text(
    `${show(directory)} 中的备份已损坏：${file} 与写入时不同；请用另一份备份`,
    `the backup in ${show(directory)} is damaged: ${file} is not as it was written; use another backup`,
  );

const later = (version: string): Text =>
  text(
    `备份由较新的版本 ${show(version)} 制作，本程序为 ${VERSION}；请用该版本恢复`,
    `the backup was made by version ${show(version)}, which is later than this one, ${VERSION}; restore it by that`,
  );

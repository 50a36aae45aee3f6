import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { askService, unreachable } from '../ask-service.js';
import { LedgerError, text } from '../errors.js';
import { untilKnown } from '../event-store/retrying.js';
import { type ImportJob } from './jobs/import-job.js';
import { unchangedBytes } from './read/file-digest.js';
import { CONTENT_TYPES, formatNamed, formatWithin } from './read/formats.js';
import { type ListPlace, placeBeside, type PlacedList, placeList } from './report/place-lists.js';
import { type ImportOptions, type ImportProgress, type ImportReport } from './report/import-report.js';

const POLL_MS = 500;

/** So long a service that does not answer, or takes no more imports, is asked again: a restart takes some of it. */
const GIVE_UP_AFTER_MS = 120_000;

/** How an import is sent and followed. */
export interface Following {
  /** Hears how far it has come, and why it is paused. */
  readonly onProgress: (progress: ImportProgress) => void;
  /** What is sent instead of the file; its format is the service's to find out. It can be sent once. */
  readonly body?: Readable | undefined;
  /** For tests. */
  readonly giveUpAfterMs?: number;
}

/**
 * Sends a file to a running service and follows its import there, also over a restart of the service; the lists of
 * errors and rejects are fetched to where an import of one's own would have put them, and stay at the service where it
 * was only tried.
 * @throws LedgerError unavailable where the service cannot be reached, or not any more; refused where it does not take
 * the file, or does not finish its import
 */
export async function importOverHttp(
  service: string,
  file: string,
  options: ImportOptions,
  { onProgress, body, giveUpAfterMs = GIVE_UP_AFTER_MS }: Following,
): Promise<ImportReport> {
  const format = options.format ?? (body ? undefined : (formatNamed(file) ?? (await formatWithin(file))));
  const sending = { ...options, format };
  const location = body
    ? await send(service, body, sending)
    : await patiently(() => sendFile(service, file, sending), isCrowded, giveUpAfterMs);
  const url = new URL(location, service);
  const goesOn = (error: unknown): unknown =>
    isPassing(error) ? lost(url, giveUpAfterMs, error as LedgerError) : error;
  try {
    const report = await followJob(url, onProgress, giveUpAfterMs);
    const { errorsFile, rejectsFile, ...others } = report;
    const links = { ...(errorsFile && { errorsFile }), ...(rejectsFile && { rejectsFile }) };
    const lists = options.dryRun
      ? Object.fromEntries(Object.entries(links).map(([list, link]) => [list, new URL(link, service).href]))
      : await fetchLists(service, report, options.lists ?? placeBeside(file), giveUpAfterMs);
    return { ...others, file: options.name ?? file, ...lists };
  } catch (error) {
    throw goesOn(error);
  }
}

async function fetchLists(
  service: string,
  report: ImportReport,
  place: ListPlace,
  giveUpAfterMs: number,
): Promise<Partial<ImportReport>> {
  const spare = join(tmpdir(), `tongzhang-${randomUUID()}`);
  const fetched = async (link: string | undefined, ending: string): Promise<PlacedList | undefined> => {
    if (link === undefined) return undefined;
    await mkdir(spare, { recursive: true });
    const written = join(spare, ending);
    // A list that was cut on its way is fetched again.
    await patiently(() => fetchList(new URL(link, service), written), isPassing, giveUpAfterMs);
    return placeList(written, place, report.digest, ending, tmpdir());
  };
  try {
    const errors = await fetched(report.errorsFile, 'errors.csv');
    const rejects = await fetched(report.rejectsFile, `rejects.${report.format}`);
    const problem = errors?.problem ?? rejects?.problem;
    return {
      ...(errors?.path !== undefined && { errorsFile: errors.path }),
      ...(rejects?.path !== undefined && { rejectsFile: rejects.path }),
      ...(problem && { listsProblem: problem }),
    };
  } finally {
    await rm(spare, { recursive: true, force: true });
  }
}

async function fetchList(url: URL, path: string): Promise<void> {
  const { body } = await askService(url);
  async function* whole(): AsyncGenerator<Uint8Array> {
    try {
      yield* body as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw unreachable(url, error);
    }
  }
  await pipeline(whole, createWriteStream(path));
}

async function followJob(
  url: URL,
  onProgress: (progress: ImportProgress) => void,
  giveUpAfterMs: number,
): Promise<ImportReport> {
  for (;;) {
    const job = await patiently(() => readJob(url), isPassing, giveUpAfterMs);
    if (job.status === 'done') return job.report;
    if (job.status === 'failed' || job.status === 'set-aside')
      throw new LedgerError('refused', job.error.code, job.error.detail);
    if (job.status === 'cancelled') throw cancelled(url, job.progress);
    const { progress = BEGUN } = job;
    if (job.progress || job.status === 'paused')
      onProgress({ ...progress, ...(job.status === 'paused' && { paused: job.error.detail }) });
    await sleep(POLL_MS);
  }
}

const BEGUN: ImportProgress = { phase: 'inspecting', done: 0, total: 0, lines: 0, errorCount: 0 };

async function readJob(url: URL): Promise<ImportJob> {
  const response = await askService(url);
  try {
    return (await response.json()) as ImportJob;
  } catch (error) {
    throw unreachable(url, error);
  }
}

async function sendFile(service: string, file: string, options: ImportOptions): Promise<string> {
  const body = Readable.from(unchangedBytes(file));
  try {
    return await send(service, body, options, options.name ?? file);
  } catch (error) {
    throw body.errored instanceof LedgerError ? body.errored : error;
  }
}

/** @param called what the file is called, where that is known */
async function send(service: string, body: Readable, options: ImportOptions, called?: string): Promise<string> {
  const url = new URL('/v1/imports', service);
  const { format, encoding, dryRun, acceptGood, acceptDuplicates, control } = options;
  if (called !== undefined) url.searchParams.set('filename', basename(called));
  if (encoding) url.searchParams.set('encoding', encoding);
  if (dryRun) url.searchParams.set('dryRun', 'true');
  if (acceptGood) url.searchParams.set('acceptGood', 'true');
  if (acceptDuplicates) url.searchParams.set('acceptDuplicates', 'true');
  if (control) url.searchParams.set('control', JSON.stringify(control));
  const response = await askService(url, {
    method: 'POST',
    headers: { 'content-type': format ? CONTENT_TYPES[format] : 'application/octet-stream' },
    body: Readable.toWeb(body) as ReadableStream,
    duplex: 'half',
  });
  return response.headers.get('location')!;
}

const isPassing = (error: unknown): boolean => error instanceof LedgerError && error.kind === 'unavailable';
const isCrowded = (error: unknown): boolean => error instanceof LedgerError && error.code === 'too-many-imports';

/** Does something again, as long as what is in its way passes and for a stated time. */
function patiently<T>(
  act: () => Promise<T>,
  isUnknown: (error: unknown) => boolean,
  giveUpAfterMs: number,
): Promise<T> {
  return untilKnown(act, { isUnknown, giveUpAfterMs, signal: NEVER, again: () => undefined });
}

const NEVER = new AbortController().signal;

/** Whoever waits gives up; the import does not. */
function lost({ href }: URL, afterMs: number, { code, text: { zh, en } }: LedgerError): LedgerError {
  const seconds = Math.round(afterMs / 1_000);
  return new LedgerError(
    'unavailable',
    code,
    text(
      `${zh}（已等 ${seconds} 秒）。导入在服务中继续，进度见 ${href}；再次导入同一文件不会重复记账`,
      `${en} (for ${seconds} s). The import goes on at the service: ${href}; to send the same file again records ` +
        'nothing twice',
    ),
  );
}

function cancelled({ href }: URL, progress: ImportProgress | undefined): LedgerError {
  const posted = progress?.posted ?? 0;
  return new LedgerError(
    'refused',
    'import-cancelled',
    text(`导入已被取消，已入账 ${posted} 行：${href}`, `the import was cancelled, ${posted} lines are posted: ${href}`),
  );
}

import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerError, text } from '../errors.js';
import { type ImportJob } from './import-jobs.js';
import { CONTENT_TYPES, formatNamed, formatWithin } from './read/formats.js';
import { type ListPlace, placeBeside, type PlacedList, placeList } from './report/place-lists.js';
import { type ImportOptions, type ImportProgress, type ImportReport } from './report/import-report.js';

const POLL_MS = 500;

/**
 * Sends a file to a running service and follows its import there; the lists of errors and rejects are fetched to where
 * an import of one's own would have put them, and stay at the service where it was only tried.
 * @param body what is sent instead of the file; its format is the service's to find out
 * @throws LedgerError unavailable where the service cannot be reached; refused where it does not take the file
 */
export async function importOverHttp(
  service: string,
  file: string,
  options: ImportOptions,
  onProgress: (progress: ImportProgress) => void,
  body?: Readable,
): Promise<ImportReport> {
  const format = options.format ?? (body ? undefined : (formatNamed(file) ?? (await formatWithin(file))));
  const location = await send(service, body ?? createReadStream(file), { ...options, format });
  const report = await followJob(new URL(location, service), onProgress);
  const { errorsFile, rejectsFile, ...others } = report;
  const links = { ...(errorsFile && { errorsFile }), ...(rejectsFile && { rejectsFile }) };
  const lists = options.dryRun
    ? Object.fromEntries(Object.entries(links).map(([list, link]) => [list, new URL(link, service).href]))
    : await fetchLists(service, report, options.lists ?? placeBeside(file));
  return { ...others, file: options.name ?? file, ...lists };
}

async function fetchLists(service: string, report: ImportReport, place: ListPlace): Promise<Partial<ImportReport>> {
  const spare = join(tmpdir(), `tongzhang-${randomUUID()}`);
  const fetched = async (link: string | undefined, ending: string): Promise<PlacedList | undefined> => {
    if (link === undefined) return undefined;
    await mkdir(spare, { recursive: true });
    const written = join(spare, ending);
    const response = await ask(new URL(link, service));
    await pipeline(response.body!, createWriteStream(written));
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

async function followJob(url: URL, onProgress: (progress: ImportProgress) => void): Promise<ImportReport> {
  for (;;) {
    const job = (await (await ask(url)).json()) as ImportJob;
    if (job.status === 'done') return job.report;
    if (job.status === 'failed') throw new LedgerError('refused', job.error.code, job.error.detail);
    if (job.progress) onProgress(job.progress);
    await sleep(POLL_MS);
  }
}

async function send(service: string, body: Readable, options: ImportOptions): Promise<string> {
  const url = new URL('/v1/imports', service);
  const { format, encoding, dryRun, acceptGood, acceptDuplicates, control } = options;
  if (encoding) url.searchParams.set('encoding', encoding);
  if (dryRun) url.searchParams.set('dryRun', 'true');
  if (acceptGood) url.searchParams.set('acceptGood', 'true');
  if (acceptDuplicates) url.searchParams.set('acceptDuplicates', 'true');
  if (control) url.searchParams.set('control', JSON.stringify(control));
  const response = await ask(url, {
    method: 'POST',
    headers: { 'content-type': format ? CONTENT_TYPES[format] : 'application/octet-stream' },
    body: Readable.toWeb(body) as ReadableStream,
    duplex: 'half',
  });
  return response.headers.get('location')!;
}

async function ask(url: URL, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    const cause = (error as Error).cause ?? error;
    const reason =
      cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : String(cause);
    throw new LedgerError(
      'unavailable',
      'service-unreachable',
      text(`无法连接 ${url.origin}：${reason}`, `cannot reach ${url.origin}: ${reason}`),
    );
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  const detail = problem.detail ?? response.statusText;
  throw new LedgerError('refused', problem.code ?? `http-${response.status}`, text(detail, detail));
}

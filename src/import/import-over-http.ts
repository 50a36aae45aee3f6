import { createReadStream, createWriteStream } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerError, text } from '../errors.js';
import { type ImportJob } from './import-jobs.js';
import { CONTENT_TYPES, formatOf } from './read/formats.js';
import { type ImportOptions, type ImportProgress, type ImportReport } from './report/import-report.js';

const POLL_MS = 500;

/**
 * Sends a file to a running service and follows its import there; the lists of errors and rejects are fetched to where
 * an import of one's own would have put them.
 * @throws LedgerError unavailable where the service cannot be reached; refused where it does not take the file
 */
export async function importOverHttp(
  service: string,
  file: string,
  options: ImportOptions,
  onProgress: (progress: ImportProgress) => void,
): Promise<ImportReport> {
  const location = await send(service, file, options);
  const report = await followJob(new URL(location, service), onProgress);
  const base = options.outputBase ?? file.slice(0, file.length - extname(file).length);
  const errorsFile = await fetchList(service, report.errorsFile, `${base}.errors.csv`);
  const rejectsFile = await fetchList(service, report.rejectsFile, `${base}.rejects.csv`);
  return { ...report, file, ...(errorsFile && { errorsFile }), ...(rejectsFile && { rejectsFile }) };
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

async function send(service: string, file: string, options: ImportOptions): Promise<string> {
  const url = new URL('/v1/imports', service);
  const { encoding, dryRun, acceptGood, acceptDuplicates, control } = options;
  if (encoding) url.searchParams.set('encoding', encoding);
  if (dryRun) url.searchParams.set('dryRun', 'true');
  if (acceptGood) url.searchParams.set('acceptGood', 'true');
  if (acceptDuplicates) url.searchParams.set('acceptDuplicates', 'true');
  if (control) url.searchParams.set('control', JSON.stringify(control));
  const response = await ask(url, {
    method: 'POST',
    headers: { 'content-type': CONTENT_TYPES[options.format ?? formatOf(file)] },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
  });
  return response.headers.get('location')!;
}

async function fetchList(service: string, link: string | undefined, path: string): Promise<string | undefined> {
  if (link === undefined) return undefined;
  const response = await ask(new URL(link, service));
  await pipeline(response.body!, createWriteStream(path));
  return path;
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

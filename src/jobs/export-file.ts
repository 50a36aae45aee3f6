import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { text } from '../errors.js';
import { type StorePlace } from '../event-store/event-store.js';
import { openForReading } from '../reading.js';
import { answerFile } from '../report/answer-file.js';
import { type ExportedFile, type JobRequest } from './job.js';
import { readExportRequest } from './export-request.js';
import { type HearProgress, type Task } from './task.js';

const WRITING = {
  title: text('写入文件', 'writing the file'),
  phase: 1,
  phases: 1,
  counts: 'bytes',
  total: null,
} as const;

/** Where a log is, as whoever opens a ledger is told. */
const optionsOf = (place: StorePlace) =>
  place.store === 'kurrentdb' ? { eventStoreUrl: place.url, eventStorePrefix: place.prefix } : {};

/**
 * Writes what an address asks for into the file of a job; on return it is on disk. Nobody is told of one that is not
 * whole.
 * @throws LedgerError invalid, where there is no such sheet; unavailable, where the read tables are not there
 */
export async function writeExportFile(
  { place, dataDir, files }: Pick<Task, 'place' | 'dataDir' | 'files'>,
  { request, language }: Extract<JobRequest, { kind: 'export' }>,
  tell: HearProgress,
): Promise<ExportedFile> {
  const reading = await openForReading(dataDir, Date.now, optionsOf(place));
  try {
    const { question, parameters, ...wanted } = readExportRequest(request, reading.reference);
    const { position, format, fileName, pieces } = await answerFile(question, reading, parameters, {
      ...wanted,
      language,
    });
    const digest = createHash('sha256');
    let bytes = 0;
    const file = await open(`${files}.${format}`, 'w');
    try {
      for await (const piece of pieces) {
        const written = Buffer.from(piece as string);
        await file.writeFile(written);
        digest.update(written);
        bytes += written.length;
        tell({ ...WRITING, done: bytes });
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const sha256 = digest.digest('hex');
    return { name: fileName, format, bytes, sha256, position };
  } finally {
    await reading.close();
  }
}

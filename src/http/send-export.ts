import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type AnswerFile } from '../report/answer-file.js';
import { FILE_TYPES } from '../report/write-export.js';
import { linksOf } from './links.js';
import { entityTag, isNamed } from './protocol/entity-tags.js';
import { languageAccepted } from './problem.js';

/** A later build may write the same position in another way: entity tags of streams are of one run of the service. */
export const RUN = randomUUID();

/** What of a request decides how a question is answered, beside its address. */
export const VARY = 'Accept, Accept-Language';

/** A piece of what is sent. */
type Piece = string | Uint8Array;

/**
 * Sends a file, its rows while they are read. An export that cannot be finished ends in a connection that is reset,
 * never in an answer that looks whole and is short; one that nobody waits for is given up.
 * @throws LedgerError where the rows fail from the beginning; what ended them, once it has been told to the client
 */
export async function sendExport(request: FastifyRequest, reply: FastifyReply, file: AnswerFile): Promise<void> {
  const { position, body, format, title, sheets } = file;
  const language = languageAccepted(request.headers['accept-language']);
  const etag = entityTag(RUN, position, request.url, format, language, body.from ?? '', body.to ?? '');
  const known = { etag, 'x-ledger-position': position, 'cache-control': 'no-cache', vary: VARY };
  if (isNamed(request.headers['if-none-match'], etag)) {
    await giveUp(file);
    void reply.code(304).headers(known).send();
    return;
  }
  const isWanted = request.method !== 'HEAD';
  if (!isWanted) await giveUp(file);
  const rows = isWanted ? await begin(file.pieces) : [];
  void reply.code(200).headers({
    ...known,
    'content-type': FILE_TYPES[format],
    'content-disposition': disposition(file.fileName, `${title[language]}.${format}`),
    'x-ledger-sheets': sheets.join(', '),
    ...(typeof body.recordedAsOfIsFinal === 'boolean' && {
      'x-ledger-recorded-as-of-final': String(body.recordedAsOfIsFinal),
    }),
    ...linksOf(request.url, file),
  });
  await pour(rows, reply);
}

/** Nobody reads what stands in a file: whoever holds it ready lets go of it. */
async function giveUp({ pieces }: AnswerFile): Promise<void> {
  await pieces[Symbol.asyncIterator]().return?.();
}

/**
 * Sends pieces as fast as the client takes them, and resets the connection where they cannot be finished.
 * @throws what ended them
 */
export async function pour(rows: Iterable<Piece> | AsyncIterable<Piece>, reply: FastifyReply): Promise<void> {
  let failure: Error | undefined;
  async function* orReset(): AsyncIterable<Piece> {
    try {
      yield* rows;
    } catch (error) {
      // The client has left, and the service may have stopped under a walk that nobody waits for.
      if (reply.raw.destroyed) return;
      failure = error instanceof Error ? error : new Error(String(error), { cause: error });
      // Not merely closed: to a client of HTTP/1.0, and to what stands before it, an end is an end.
      reply.raw.socket?.resetAndDestroy();
      throw error;
    }
  }
  const stream = Readable.from(orReset(), { objectMode: false });
  void reply.send(stream);
  // Destroyed without an error of its own, it was the client who left.
  await finished(stream).catch(() => undefined);
  if (failure) throw failure;
}

/** The same rows, of which the first have been read: what is wrong from the beginning is answered as a problem. */
export async function begin(rows: AsyncIterable<Piece>): Promise<AsyncIterable<Piece>> {
  const iterator = rows[Symbol.asyncIterator]();
  return goOn(await iterator.next(), iterator);
}

async function* goOn(read: IteratorResult<Piece>, iterator: AsyncIterator<Piece>): AsyncIterable<Piece> {
  try {
    for (; !read.done; read = await iterator.next()) yield read.value;
  } finally {
    await iterator.return?.();
  }
}

/** The name of a file, and by RFC 6266 its title in the reader's language. */
function disposition(name: string, title: string): string {
  const ascii = name.replace(/[^\x21-\x7e]/g, '_');
  const written = encodeURIComponent(title.replace(/[\\/:*?"<>|]/g, '-')).replace(/['()*]/g, percent);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${written}`;
}

const percent = (mark: string): string => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;

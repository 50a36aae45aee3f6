import { type ServerResponse, STATUS_CODES } from 'node:http';
import { type Socket } from 'node:net';
import { LedgerError, show, text } from '../../errors.js';
import { visible } from '../../text/foreign-text.js';
import { httpError, languageAccepted, PROBLEM_TYPE, problemOf } from '../problem.js';
import { SECURITY_HEADERS } from './security-headers.js';

/** How long a client may take to read what is said of a request that could not be understood. */
const LAST_WORDS_MS = 500;

/** What the parser says of bytes that are no request, as a status; 400 for all else. */
const STATUS_BY_ERROR: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
  HPE_INVALID_VERSION: 505,
  HPE_PAUSED_H2_UPGRADE: 505,
};

/** An error of the parser: its code, its reason, and the bytes it looked at. */
export interface ParseError extends Error {
  readonly code?: string;
  readonly reason?: string;
  readonly rawPacket?: Buffer;
}

/** Connections that have been told, and are only waited for. */
const TOLD = new WeakSet<Socket>();
let count = 0;

/**
 * Refuses what came over a connection instead of a request, in the language it asks for where that can be seen. What is
 * being answered over it is answered first: a refusal must not be taken for the answer to an earlier request.
 * @param response the last answer that was begun on the connection
 * @param refused hears of the status
 */
export function refuseBytes(
  error: ParseError,
  socket: Socket,
  response: ServerResponse | undefined,
  refused: (status: number) => void,
): void {
  if (TOLD.has(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  if (response && !response.writableFinished && !response.destroyed) {
    if (response.req.complete) return void response.once('close', () => refuseBytes(error, socket, undefined, refused));
    // It is the body of this very request that is broken, and its answer has begun.
    if (response.headersSent) return void socket.resetAndDestroy();
  }
  const status = STATUS_BY_ERROR[error.code ?? ''] ?? 400;
  refused(status);
  const packet = error.rawPacket?.subarray(0, MOST_LOOKED_AT).toString('latin1') ?? '';
  const [, language] = /^accept-language:([^\r\n]*)/im.exec(packet) ?? [];
  refuseRaw(socket, withReason(httpError(status)!, error), language);
}

/** A head is no longer. */
const MOST_LOOKED_AT = 16 * 1024;

/** Writes a refusal to a connection that has no request to be answered, and ends it. */
export function refuseRaw(socket: Socket, error: LedgerError, acceptLanguage: string | undefined): void {
  TOLD.add(socket);
  const language = languageAccepted(acceptLanguage);
  const problem = problemOf(error, language, `#unread-${(count += 1)}`);
  const body = visible(JSON.stringify(problem));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    ...Object.entries(SECURITY_HEADERS).map(([name, value]) => `${name}: ${value}`),
    `content-type: ${PROBLEM_TYPE}`,
    `content-language: ${language}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...(problem.status === 405 ? ['allow: GET, HEAD, POST'] : []),
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  setTimeout(() => socket.destroy(), LAST_WORDS_MS).unref();
}

function withReason({ kind, code, text: said }: LedgerError, { reason }: ParseError): LedgerError {
  if (reason === undefined) return new LedgerError(kind, code, said);
  const expected = text('符合 HTTP/1.1（RFC 9112）的请求', 'a request of HTTP/1.1 (RFC 9112)');
  return new LedgerError(kind, code, said, [{ pointer: '', code, expected, got: show(reason) }]);
}

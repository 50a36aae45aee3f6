import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type Socket } from 'node:net';
import { httpError } from '../problem.js';
import { refuseBytes, refuseRaw } from './raw-refusals.js';
import { SafeAnswer } from './security-headers.js';

/**
 * A limit on everything that a client may leave undone: it sends its head at once, and a connection that it keeps is
 * given up some time. How long a body may take is the route's to say.
 */
const LIMITS = {
  headersTimeout: 5_000,
  // A file may take hours, as long as its bytes come.
  requestTimeout: 0,
  keepAliveTimeout: 72_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
  // A request without one is refused by us, with a problem document.
  requireHostHeader: false,
};
/** How long nothing may pass over a connection on which something is to be sent, either way. */
const MOST_SILENCE_MS = 60_000;

/** What has come over a connection. */
interface Begun {
  /**
   * The requests that are not over, and the last one that was when the next came. One whose answer is finished before
   * its body hears nothing of the end of its connection by itself: whoever still reads that body would wait for it.
   */
  requests: IncomingMessage[];
  last: ServerResponse | undefined;
}

/**
 * An HTTP server whose own refusals are problem documents, and whose every answer carries the headers of security.
 * @param refused hears of the status of what was refused before it was a request
 */
export function createHttpServer(answer: RequestListener, refused: (status: number) => void): Server {
  const server = createServer({ ...LIMITS, ServerResponse: SafeAnswer });
  // Beyond a bound of its own the parser drops fields without a word; ours is a refusal.
  server.maxHeadersCount = 0;
  server.timeout = MOST_SILENCE_MS;
  const begun = new WeakMap<Socket, Begun>();
  server.on('connection', (socket: Socket) => {
    const own: Begun = { requests: [], last: undefined };
    begun.set(socket, own);
    socket.once('close', () => own.requests.forEach((request) => request.destroy()));
  });
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    const own = begun.get(request.socket);
    if (own) {
      own.last = response;
      own.requests = own.requests.filter(({ closed }) => !closed);
      own.requests.push(request);
    }
    answer(request, response);
  };
  server.on('request', listen);
  // What it expects is refused with the rest of its head.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', ({ headers }, socket) => {
    refused(405);
    refuseRaw(socket as Socket, httpError(405)!, headers['accept-language']);
  });
  server.on('clientError', (error, socket) =>
    refuseBytes(error, socket as Socket, begun.get(socket as Socket)?.last, refused),
  );
  return server;
}

import { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Socket, Server as TcpServer } from 'node:net';
import { type FastifyReply } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOverWithin } from '../../time/within.js';

/**
 * Most connections at once. For one more, the one goes that has been waited for the longest: who opens many and asks
 * nothing keeps nobody out who asks.
 */
const MOST_CONNECTIONS = 2_000;
/** How many more there may be while something is being answered over every one of them. */
const MOST_MORE = 500;

/** How long what is being answered when the service stops may still take. */
const ANSWERS_MS = 4_000;
/** How long a client may take to read the last that it is told, before its connection is reset. */
const LAST_WORDS_MS = 300;
/** How long the sockets that were reset may take to be gone. */
const RESETS_MS = 200;

/**
 * The connections of a server. Half a head, half a body, a client that does not read and one that keeps its connection
 * for later all look the same here: none of them holds the service up when it stops.
 */
export class Connections {
  private readonly open = new Set<Socket>();
  /** Those over which nothing is being answered, the longest so first, with how many bytes had come by then. */
  private readonly waiting = new Map<Socket, number>();
  private readonly answering = new Map<Socket, number>();
  private readonly unanswered = new Map<ServerResponse, FastifyReply>();
  private stopping = false;

  constructor(
    private readonly server: Server,
    /** Answers what has not been answered yet, since the service stops now; gives how many requests that were. */
    private readonly answerAll: (unanswered: readonly FastifyReply[]) => number,
  ) {
    server.maxConnections = MOST_CONNECTIONS + MOST_MORE;
    server.on('connection', (socket: Socket) => {
      if (this.open.size >= MOST_CONNECTIONS) this.waiting.keys().next().value?.destroy();
      this.open.add(socket);
      this.waiting.set(socket, socket.bytesRead);
      socket.once('close', () => this.forget(socket));
    });
    server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.begin(socket);
      // The framework says nothing of an answer whose client has left.
      response.once('close', () => this.end(socket, response));
    });
  }

  /** An answer that is given in time, or told that there is no time any more. */
  expect(reply: FastifyReply): void {
    this.unanswered.set(reply.raw, reply);
  }

  /** True from the order to stop on: what comes now is refused, and every answer is the last on its connection. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /**
   * Takes no more connections, and resolves when the last is gone: those whose requests are answered in time go by
   * themselves, the others are told so far as they can be, and then reset. A reset is no end: an answer that was cut
   * never looks whole.
   * @param cut hears how many requests were told that there is no time any more, and how many connections were reset
   */
  async close(cut: (facts: { readonly told: number; readonly reset: number }) => void): Promise<void> {
    this.stopping = true;
    // The server's own way of closing cuts the answers that are on their way to whoever reads them slowly.
    const gone = new Promise((resolve) => TcpServer.prototype.close.call(this.server, resolve));
    for (const [socket, bytesRead] of this.waiting) if (socket.bytesRead === bytesRead) socket.end();
    if (await isOverWithin(gone, ANSWERS_MS)) return;
    const told = this.answerAll([...this.unanswered.values()]);
    await Promise.race([gone, sleep(LAST_WORDS_MS)]);
    const left = [...this.open];
    for (const socket of left) socket.resetAndDestroy();
    if (told > 0 || left.length > 0) cut({ told, reset: left.length });
    await isOverWithin(gone, RESETS_MS);
  }

  private begin(socket: Socket): void {
    this.waiting.delete(socket);
    this.answering.set(socket, (this.answering.get(socket) ?? 0) + 1);
  }

  private end(socket: Socket, response: ServerResponse): void {
    this.unanswered.delete(response);
    const left = (this.answering.get(socket) ?? 1) - 1;
    if (left > 0) this.answering.set(socket, left);
    else this.answering.delete(socket);
    if (left > 0 || !this.open.has(socket)) return;
    // What began to be answered before the order to stop did not say that its connection would be closed.
    if (this.stopping) socket.end();
    else this.waiting.set(socket, socket.bytesRead);
  }

  private forget(socket: Socket): void {
    this.open.delete(socket);
    this.waiting.delete(socket);
    this.answering.delete(socket);
  }
}

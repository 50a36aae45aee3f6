import { connect, type Socket } from 'node:net';
import { untilHolds } from '../probe.js';

/** What was answered on a connection: status line and headers, and the body as it came. */
export interface Said {
  readonly head: string;
  readonly body: string;
}

/** One connection to a service, spoken to in pieces as no decent client does. */
export class Conversation {
  readonly socket: Socket;
  /** All that came until the connection was closed by the other side, or reset. */
  readonly ended: Promise<Said & { readonly wasReset: boolean }>;
  private said = '';

  constructor({ address }: { readonly address: string }) {
    const { hostname, port } = new URL(address);
    this.socket = connect(Number(port), hostname);
    this.socket.setEncoding('latin1').on('data', (text: string) => (this.said += text));
    this.ended = new Promise((resolve) => {
      // Where both sides reset at once, Node says that its own reset has failed, and never that the socket is closed.
      this.socket.on('error', () => resolve({ ...parted(this.said), wasReset: true }));
      this.socket.once('close', () => resolve({ ...parted(this.said), wasReset: false }));
    });
  }

  /** What has come so far. */
  get sofar(): string {
    return this.said;
  }

  send(text: string): this {
    this.socket.write(text);
    return this;
  }

  /** Stops reading: what is sent fills the buffers between, and then waits. */
  readNothing(): this {
    this.socket.pause();
    return this;
  }
}

function parted(said: string): Said {
  const at = said.indexOf('\r\n\r\n');
  const body = at < 0 ? '' : Buffer.from(said.slice(at + 4), 'latin1').toString('utf8');
  return { head: at < 0 ? said : said.slice(0, at), body };
}

/** Waits until a service has read what was sent to it: what it is asked afterwards, twice, it has answered. */
export async function untilHeard(
  { address }: { readonly address: string },
  ...conversations: readonly { readonly socket: Socket }[]
): Promise<void> {
  await untilHolds(() => conversations.every(({ socket }) => !socket.connecting && socket.writableLength === 0));
  for (let asked = 0; asked < 2; asked += 1) await (await fetch(`${address}/livez`)).text();
}

import { type Socket } from 'node:net';

/** A host and, where one is written, its port: `localhost:3000`, `ledger`, `[::1]:80`. */
export interface Authority {
  /** In lower case, without the dot of the root, an address as a URL has it. */
  readonly name: string;
  readonly port: number | undefined;
}

const AUTHORITY = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,254})(?::([0-9]{0,5}))?$/;
const LOOPBACK = /^(localhost|127(\.[0-9]{1,3}){3}|\[::1\])$/;

/** An authority as a `Host` header or an origin writes it; undefined where it is none. */
export function readAuthority(written: string): Authority | undefined {
  const [, host, port] = AUTHORITY.exec(written) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  const name = new URL(`http://${host}`).hostname.replace(/\.$/, '');
  return name === '' ? undefined : { name, port: port ? Number(port) : undefined };
}

/** An IP address, or a name, as it stands in an authority. */
export const inAuthority = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/**
 * The hosts that a service may be asked as. A page of another site can make a browser resolve the site's own name to
 * this machine, and would then be of the same origin as the service: what betrays it is the name in `Host`. An address
 * or `localhost` cannot be such a name.
 */
export class AllowedHosts {
  private readonly listed: readonly Authority[];
  /** As what each connection was last let in: it asks by the same name again, and to read one costs 5 µs. */
  private readonly letIn = new WeakMap<object, string>();

  /**
   * @param host what the service is bound to: with its own port, it is one of them
   * @param listed further ones, e.g. of a proxy; without a port, any port is meant
   */
  constructor(
    private readonly host: string,
    listed: readonly string[],
  ) {
    this.listed = listed.map(readAuthority).filter((authority) => authority !== undefined);
  }

  /** Whether a request over a connection may be addressed to a host as it is written; undefined where that is none. */
  allowsWritten(written: string, socket: Pick<Socket, 'localAddress' | 'localPort'>): boolean | undefined {
    if (this.letIn.get(socket) === written) return true;
    const asked = readAuthority(written);
    const allowed = asked && this.allows(asked, socket);
    if (allowed) this.letIn.set(socket, written);
    return allowed;
  }

  /** Whether a request over a connection may be addressed to a host. */
  allows(asked: Authority, { localAddress = '', localPort }: Pick<Socket, 'localAddress' | 'localPort'>): boolean {
    if (this.lists(asked)) return true;
    const port = asked.port ?? 80;
    const reached = readAuthority(inAuthority(localAddress.replace(/^::ffff:/, '')))?.name ?? '';
    // What comes in from outside came through a port that a container publishes, which may be another.
    if (LOOPBACK.test(asked.name)) return port === localPort || !LOOPBACK.test(reached);
    return port === localPort && (asked.name === reached || asked.name === readAuthority(inAuthority(this.host))?.name);
  }

  /** Whether the configuration names a host, be it with its port or for any. */
  lists(asked: Authority): boolean {
    return this.listed.some(({ name, port }) => name === asked.name && (port === undefined || port === asked.port));
  }
}

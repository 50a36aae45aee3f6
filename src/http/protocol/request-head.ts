import { type FastifyRequest } from 'fastify';
import { LedgerError, show, text } from '../../errors.js';
import { httpError } from '../problem.js';
import { type AllowedHosts, type Authority, readAuthority } from './hosts.js';

/** Most fields in a head; how long they may be together is the parser's to say. */
const MOST_FIELDS = 100;
/** Longest target of a request. */
const MOST_TARGET = 8 * 1024;
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);
const ABSOLUTE = /^https?:\/\/([^/?#]*)/i;

/**
 * Refuses a request by its head alone, whatever it asks: one that no server should understand in a way of its own, one
 * that is addressed to somebody else, and a write that a page of another site makes a browser send.
 * @throws LedgerError
 */
export function demandGoodHead({ method, raw, headers }: FastifyRequest, hosts: AllowedHosts): void {
  if (raw.httpVersion !== '1.1' && raw.httpVersion !== '1.0') throw httpError(505)!;
  if (raw.rawHeaders.length > 2 * MOST_FIELDS) throw httpError(431)!;
  if (raw.url!.length > MOST_TARGET) throw httpError(414)!;
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') throw httpError(417)!;
  const asked = demandOneHost(raw);
  const [, inTarget] = ABSOLUTE.exec(raw.url!) ?? [];
  for (const host of [asked, inTarget]) if (host !== undefined) demandOurs(host, raw, hosts);
  if (!READING.has(method)) demandSameSite(headers, inTarget ?? asked, hosts);
}

/** The one `Host` of a request. HTTP/1.0 may do without: no browser speaks it. @throws LedgerError invalid */
function demandOneHost({ rawHeaders, httpVersion }: FastifyRequest['raw']): string | undefined {
  const found: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (isHost(rawHeaders[index]!)) found.push(rawHeaders[index + 1]!);
  if (found.length === 1 || (found.length === 0 && httpVersion === '1.0')) return found[0];
  throw badHost(found.length === 0 ? 'nothing' : show(found.join(', ')));
}

const isHost = (name: string): boolean => name.length === 4 && name.toLowerCase() === 'host';

function demandOurs(written: string, { socket }: FastifyRequest['raw'], hosts: AllowedHosts): void {
  const allowed = hosts.allowsWritten(written, socket);
  if (allowed) return;
  if (allowed === undefined) throw badHost(show(written));
  const code = 'misdirected-request';
  const message = text(
    '请求的 Host 不是本服务；若应由此名访问，请把它加入设置 ALLOWED_HOSTS',
    'the request names another host; where the service is to be asked by it, add it to the setting ALLOWED_HOSTS',
  );
  const expected = text(
    '本服务的地址，或 ALLOWED_HOSTS 中的名称',
    'an address of the service, or a name in ALLOWED_HOSTS',
  );
  throw new LedgerError('invalid', code, message, [{ pointer: 'Host', code, expected, got: show(written) }]);
}

function badHost(got: string): LedgerError {
  const code = 'host';
  const expected = text('恰好一个 主机 或 主机:端口', 'exactly one host or host:port');
  return new LedgerError('invalid', code, text('Host 不符合要求', 'Host is not as it must be'), [
    { pointer: 'Host', code, expected, got },
  ]);
}

/**
 * A browser says which page a request comes from, other programs say nothing. A page of another site may be one of
 * another port of this machine: only what the configuration names is ours beside the host that was asked.
 */
function demandSameSite(headers: FastifyRequest['headers'], asked: string | undefined, hosts: AllowedHosts): void {
  const { origin, 'sec-fetch-site': site } = headers;
  const from = readOrigin(origin);
  if (from && (isSame(from, asked) || hosts.lists(from))) {
    // Behind a proxy that gives the service another name the browser is right, and so is the configuration.
    if (site === undefined || site === 'same-origin' || hosts.lists(from)) return;
  } else if (origin === undefined && (site === undefined || site === 'same-origin' || site === 'none')) return;
  const expected = text(`来自 ${asked} 的请求`, `a request from ${asked}`);
  throw new LedgerError('refused', 'cross-site', text('不接受其他网站的请求', 'sent by a page of another site'), [
    { pointer: 'Origin', code: 'cross-site', expected, got: show(origin ?? site) },
  ]);
}

const USUAL_PORT: Readonly<Record<string, number>> = { http: 80, https: 443 };
type Origin = Authority & { readonly usualPort: number };

/** The origin of a page with its port; undefined for `null`, for more than one, and for what is none. */
function readOrigin(written: string | undefined): Origin | undefined {
  const [, scheme, authority] = /^(https?):\/\/([^/]*)$/.exec(written ?? '') ?? [];
  const read = authority === undefined ? undefined : readAuthority(authority);
  const usualPort = USUAL_PORT[scheme ?? ''];
  return read && usualPort ? { name: read.name, port: read.port ?? usualPort, usualPort } : undefined;
}

function isSame(from: Origin, asked: string | undefined): boolean {
  const host = asked === undefined ? undefined : readAuthority(asked);
  return host?.name === from.name && (host.port ?? from.usualPort) === from.port;
}

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { type RefusalReason, StoreRefused } from '../store-refusal.js';

const PROBE_MS = 2_000;
const MOST_PROBES = 3;
const USUAL_PORT = 2113;
const OF_CERTIFICATES: Readonly<Record<string, RefusalReason>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
};
/** What OpenSSL says of an answer that is not TLS. */
const NOT_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|wrong version number|packet length too long/i;
const CERTIFICATE = /CERT|SIGNED|ISSUER|VERIFY/;

/** Where an address leads, as far as TLS is concerned. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly caFile: string | undefined;
}

/** The first host of an address; undefined where there is none. */
export function endpointOf(url: string): Endpoint | undefined {
  const [, host, port, query = ''] = /^[^:]+:\/\/(?:[^@/]*@)?([^:/?,]+)(?::(\d+))?[^?]*(?:\?(.*))?$/.exec(url) ?? [];
  if (host === undefined) return undefined;
  const options = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  return {
    host,
    port: port === undefined ? USUAL_PORT : Number.parseInt(port, 10),
    isTls: options.get('tls')?.toLowerCase() !== 'false',
    caFile: options.get('tlscafile'),
  };
}

/**
 * Why no connection comes about, where it is for a reason that does not pass by itself: the driver says of all of them
 * that the server is unavailable. Undefined where the server can be reached, or simply is not there.
 */
export async function diagnose(endpoint: Endpoint): Promise<StoreRefused | undefined> {
  const { host, port, isTls } = endpoint;
  let failure = await shakeHands(endpoint);
  // Whoever does not speak TLS may be gone before what it says is heard.
  for (let n = 1; n < MOST_PROBES && isCut(failure); n += 1) failure = await shakeHands(endpoint);
  if (!isTls) {
    if (failure !== undefined) return undefined;
    return new StoreRefused('tls-expected', `${host}:${port} speaks TLS`);
  }
  if (failure === undefined) return undefined;
  const code = 'code' in failure ? String(failure.code) : '';
  if (NOT_TLS.test(`${code} ${failure.message}`))
    return new StoreRefused('plain-expected', `${host}:${port} does not speak TLS`);
  const unknown = endpoint.caFile !== undefined && !isCertificate(endpoint.caFile) ? 'ca-file' : 'certificate';
  const reason = OF_CERTIFICATES[code] ?? (CERTIFICATE.test(code) ? unknown : undefined);
  return reason && new StoreRefused(reason, code);
}

const isCut = (failure: Error | undefined): boolean =>
  failure !== undefined && 'code' in failure && failure.code === 'ECONNRESET';

/** Node goes over what is no certificate in a file of authorities without a word. */
function isCertificate(file: string): boolean {
  try {
    return new X509Certificate(readFileSync(file)).ca;
  } catch {
    return false;
  }
}

/** Tries TLS with a server. Resolves with what went wrong, undefined where nothing did. */
function shakeHands({ host, port, isTls, caFile }: Endpoint): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      ...(/^[0-9.]+$|:/.test(host) ? {} : { servername: host }),
      ALPNProtocols: ['h2'],
      // Where the address says plain text, it is enough to know that there is TLS.
      rejectUnauthorized: isTls,
      ...(caFile !== undefined && { ca: readFileSync(caFile) }),
    });
    const end = (failure?: Error): void => {
      socket.destroy();
      resolve(failure);
    };
    socket.setTimeout(PROBE_MS, () => end(new Error('no answer')));
    socket.once('secureConnect', () => end());
    socket.once('error', end);
    socket.once('close', () => end(new Error('closed')));
  });
}

/** What the driver says of an address it cannot use. It repeats the address, secrets included: that is not said. */
export function refusedAddress(error: unknown): StoreRefused {
  const { message } = error as Error;
  if (/certificate|PEM|SSL/i.test(message)) return new StoreRefused('ca-file', message);
  return new StoreRefused('address', 'the driver does not understand it');
}

/** The refusal in an error of gRPC: 16, unauthenticated, or 7, permission denied; undefined where it is none. */
export function refusedCall(error: unknown): StoreRefused | undefined {
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === 16) return new StoreRefused('credentials', message ?? '');
  return code === 7 ? new StoreRefused('rights', message ?? '') : undefined;
}

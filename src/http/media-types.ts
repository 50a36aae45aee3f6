import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type IncomingHttpHeaders } from 'node:http';
import { LedgerError, show, text } from '../errors.js';

/** What a route takes in the body of a `POST`. */
export interface Accepted {
  /** Content types in the order in which a refusal lists them. */
  readonly types: readonly string[];
  /** Whether a body may come without saying what it is. */
  readonly isTypeOptional: boolean;
  /** Codings of the content beside none. */
  readonly codings: readonly string[];
}

const JSON_ONLY: Accepted = { types: ['application/json'], isTypeOptional: false, codings: [] };

/** The plain content type of a header, without its parameters; undefined where there is none. */
export const plainType = (header: string | undefined): string | undefined =>
  header?.split(';', 1)[0]!.trim().toLowerCase() || undefined;

/**
 * A parameter of a header such as `text/csv; charset=gbk`, as it is written; undefined where there is none. One whose
 * value has a semicolon in quotes is cut there.
 */
export function parameterOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';').slice(1)) {
    const at = part.indexOf('=');
    if (at >= 0 && part.slice(0, at).trim().toLowerCase() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** The coding of a body; undefined where it is sent as it is. */
export function codingOf({ 'content-encoding': header }: IncomingHttpHeaders): string | undefined {
  const coding = header?.trim().toLowerCase();
  return coding === undefined || coding === '' || coding === 'identity' ? undefined : coding;
}

/** Refuses bodies that a route does not take before they are read, with the route's own list of what it takes. */
export function demandAcceptedBodies(instance: FastifyInstance, routes: Readonly<Record<string, Accepted>>): void {
  instance.addHook('preParsing', (request, _reply, _payload, done) => {
    const { url } = request.routeOptions;
    const refusal = url !== undefined && hasBody(request) ? refusalOf(request, routes[url] ?? JSON_ONLY) : undefined;
    if (refusal) done(refusal);
    else done();
  });
}

const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method === 'POST' && (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0');

function refusalOf({ headers }: FastifyRequest, accepted: Accepted): LedgerError | undefined {
  const header = headers['content-type'];
  const type = plainType(header);
  const isTaken = type === undefined ? accepted.isTypeOptional : accepted.types.includes(type);
  if (!isTaken) return unsupported('Content-Type', accepted.types, header);
  const coding = codingOf(headers);
  if (coding === undefined || accepted.codings.includes(coding)) return undefined;
  return unsupported('Content-Encoding', ['identity', ...accepted.codings], coding);
}

function unsupported(pointer: string, known: readonly string[], got: string | undefined): LedgerError {
  const code = 'unsupported-media-type';
  const listed = known.join(', ');
  const what = pointer === 'Content-Type' ? text('内容类型', 'content type') : text('内容编码', 'content encoding');
  return new LedgerError('invalid', code, text(`${what.zh}应为 ${listed}`, `the ${what.en} must be ${listed}`), [
    { pointer, code, expected: text(listed, listed), got: show(got) },
  ]);
}

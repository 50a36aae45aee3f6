import { type Language, LedgerError, text } from '../errors.js';
import { type ClosingReport } from './close-books.js';

/**
 * Lets a running service do it.
 * @throws LedgerError unavailable where it cannot be reached; refused or invalid as it says
 */
export async function sendBooks(
  { service, language }: AskedService,
  route: string,
  body: object,
  key: string,
): Promise<ClosingReport> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key, 'accept-language': language };
  const url = new URL(`/v1/${route}/batch`, service);
  return (await call(url, { method: 'POST', headers, body: JSON.stringify(body) })) as ClosingReport;
}

/** What the checklist of a running service says of a period. */
export const checklistThere = ({ service, language }: AskedService, period: string): Promise<unknown> =>
  call(new URL(`/v1/periods/checklist?period=${encodeURIComponent(period)}`, service), {
    headers: { 'accept-language': language },
  });

async function call(url: URL, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    const { message } = ((error as Error).cause ?? error) as Error;
    const said = text(`无法连接 ${url.origin}：${message}`, `cannot reach ${url.origin}: ${message}`);
    throw new LedgerError('unavailable', 'service-unreachable', said);
  }
  if (response.ok) return response.json();
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const detail = problem.detail ?? response.statusText;
  const kind = response.status >= 500 ? 'unavailable' : response.status === 400 ? 'invalid' : 'refused';
  throw new LedgerError(
    kind,
    problem.code ?? `http-${response.status}`,
    text(detail, detail),
    (problem.errors ?? []).map(({ expected, ...fact }) => ({ ...fact, expected: text(expected, expected) })),
  );
}

/** A running service, and the language in which it is to say what it refuses. */
interface AskedService {
  readonly service: string;
  readonly language: Language;
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly {
    readonly pointer: string;
    readonly code: string;
    readonly expected: string;
    readonly got: string;
  }[];
}

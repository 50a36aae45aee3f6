import { LedgerError, text } from './errors.js';

/** What a service says where it does not do what it is asked. */
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

/**
 * Asks a running service.
 * @throws LedgerError with the service's own words and facts where it says no: unavailable where that passes, invalid
 * where what it is asked is malformed, else refused; unavailable where it cannot be reached
 */
export async function askService(url: URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const detail = problem.detail ?? response.statusText;
  throw new LedgerError(
    kindOf(response.status),
    problem.code ?? `http-${response.status}`,
    text(detail, detail),
    (problem.errors ?? []).map(({ expected, ...fact }) => ({ ...fact, expected: text(expected, expected) })),
  );
}

function kindOf(status: number): 'unavailable' | 'invalid' | 'refused' {
  if (status === 429 || status >= 500) return 'unavailable';
  return status === 400 ? 'invalid' : 'refused';
}

/** A service that gives no answer, or not the whole of one. */
export function unreachable({ origin }: URL, error: unknown): LedgerError {
  const cause = (error as Error).cause ?? error;
  const reason =
    cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : String(cause);
  return new LedgerError(
    'unavailable',
    'service-unreachable',
    text(`无法连接 ${origin}：${reason}`, `cannot reach ${origin}: ${reason}`),
  );
}

import { type ErrorKind, type Language, LedgerError, type Text, text } from '../errors.js';

/** An error as it is answered: RFC 9457 `application/problem+json`, in the language asked for. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors: readonly ProblemDetail[];
}

export interface ProblemDetail {
  readonly pointer: string;
  readonly code: string;
  readonly expected: string;
  readonly got: string;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

const STATUS_BY_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  refused: 422,
  'not-found': 404,
  conflict: 412,
  unavailable: 503,
};

/** Codes for which HTTP has a status of its own. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  'cross-site': 403,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'body-too-large': 413,
  'too-many-commands': 413,
  'target-too-long': 414,
  'unsupported-media-type': 415,
  'expectation-failed': 417,
  'misdirected-request': 421,
  'headers-too-large': 431,
  'upload-stalled': 408,
  'too-many-requests': 429,
  'too-many-imports': 429,
  'too-many-jobs': 429,
  'internal-error': 500,
  'http-version': 505,
  'disk-full': 507,
  'batch-refused': 424,
};

const TITLES: Readonly<Record<number, Text>> = {
  400: text('请求格式不正确', 'The request is malformed'),
  403: text('不允许', 'Forbidden'),
  404: text('没有找到', 'Not found'),
  405: text('不允许此方法', 'Method not allowed'),
  408: text('请求超时', 'The request took too long'),
  412: text('账簿已变动', 'The book has moved on'),
  413: text('内容过大', 'The body is too large'),
  414: text('路径过长', 'The target is too long'),
  415: text('内容类型不受支持', 'Unsupported content type'),
  417: text('不支持的 Expect', 'Unsupported expectation'),
  421: text('请求发错了主机', 'Misdirected request'),
  422: text('账务规则不允许', 'A rule of the ledger forbids it'),
  424: text('同批另有被拒绝的', 'Others of its batch are refused'),
  431: text('请求头过大', 'The head is too large'),
  429: text('请求过多', 'Too many requests'),
  500: text('内部错误', 'Internal error'),
  503: text('暂不可用', 'Unavailable for now'),
  505: text('HTTP 版本不受支持', 'Unsupported version of HTTP'),
  507: text('磁盘已满', 'The disk is full'),
};

/** Errors that come from HTTP itself rather than from the ledger, by status. */
const HTTP_ERRORS: Readonly<Record<number, { kind: ErrorKind; code: string; text: Text }>> = {
  400: { kind: 'invalid', code: 'bad-request', text: text('请求无法解析', 'the request cannot be understood') },
  404: { kind: 'not-found', code: 'no-such-route', text: text('没有此路径', 'there is no such route') },
  405: { kind: 'invalid', code: 'method-not-allowed', text: text('此路径不支持该方法', 'not a method of this route') },
  408: { kind: 'invalid', code: 'request-timeout', text: text('请求未及时到齐', 'the request did not arrive in time') },
  413: { kind: 'invalid', code: 'body-too-large', text: text('内容超过上限', 'the body is over its limit') },
  414: { kind: 'invalid', code: 'target-too-long', text: text('路径过长', 'the path is too long') },
  415: {
    kind: 'invalid',
    code: 'unsupported-media-type',
    text: text('内容类型应为 application/json', 'the content type must be application/json'),
  },
  417: {
    kind: 'invalid',
    code: 'expectation-failed',
    text: text('Expect 只支持 100-continue', 'the only Expect that is met is 100-continue'),
  },
  431: {
    kind: 'invalid',
    code: 'headers-too-large',
    text: text('请求头至多 16 KiB、100 个字段', 'a head has at most 16 KiB and 100 fields'),
  },
  505: {
    kind: 'invalid',
    code: 'http-version',
    text: text('只支持 HTTP/1.1 与 1.0', 'only HTTP/1.1 and 1.0 are spoken'),
  },
  503: { kind: 'unavailable', code: 'stopping', text: text('服务正在停止', 'the service is stopping') },
};

/** The error of a status that HTTP itself gave; undefined where it is a fault of ours. */
export function httpError(status: number): LedgerError | undefined {
  const known = HTTP_ERRORS[status] ?? (status >= 400 && status < 500 ? HTTP_ERRORS[400] : undefined);
  return known && new LedgerError(known.kind, known.code, known.text);
}

/** What is answered to a request that the service stops under: of a write nobody knows yet whether it is recorded. */
export function stoppingUnder({
  method,
  raw,
}: {
  readonly method: string;
  readonly raw: { readonly complete: boolean };
}) {
  if (method !== 'POST' || !raw.complete) return httpError(503);
  const said = text(
    '服务正在停止，是否已入账尚不可知；请以同一幂等键重发',
    'the service is stopping, and whether this was recorded is not known; send it again with the same key',
  );
  return new LedgerError('unavailable', 'stopping', said);
}

/** What is answered for a fault of ours. Its cause is in the log, under the instance. */
export const internalError = (): LedgerError =>
  new LedgerError(
    'unavailable',
    'internal-error',
    text('服务内部出错，详情在日志中', 'a fault of the service; the log has the details'),
  );

/** Whether a client may come again with the same: what is said by a status that passes. */
export const isPassing = (status: number): boolean => status === 429 || status === 503 || status === 507;

/** The status that an error is answered with. */
export const statusOf = ({ kind, code }: LedgerError): number => STATUS_BY_CODE[code] ?? STATUS_BY_KIND[kind];

/** The document of an error. `instance` names the request, so that its log line can be found. */
export function problemOf(error: LedgerError, language: Language, instance: string): Problem {
  const status = statusOf(error);
  return {
    type: `urn:tongzhang:problem:${error.code}`,
    title: (TITLES[status] ?? TITLES[500]!)[language],
    status,
    detail: error.text[language],
    instance,
    code: error.code,
    errors: error.details.map((detail) => ({ ...detail, expected: detail.expected[language] })),
  };
}

/**
 * The language an `Accept-Language` header likes best of Chinese and English; Chinese where it names neither, since
 * the bureau's staff read it.
 */
export function languageAccepted(header: string | undefined): Language {
  let best: Language = 'zh';
  let bestQuality = 0;
  for (const range of (header ?? '').split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const [, primary] = /^(zh|en)(?:-[a-z0-9-]*)?$/.exec(tag) ?? [];
    const weight = weightOf(parameters);
    if (!primary || !(weight > bestQuality)) continue;
    best = primary as Language;
    bestQuality = weight;
  }
  return best;
}

/** The weight that a range of an accept header has: `q=0.5`; nothing, where it says anything else. */
function weightOf([weight, ...others]: readonly string[]): number {
  if (weight === undefined) return 1;
  return others.length === 0 && /^q=[0-9.]{1,5}$/.test(weight) ? Number(weight.slice('q='.length)) : 0;
}

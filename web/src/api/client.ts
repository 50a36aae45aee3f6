import createClient from 'openapi-fetch';
import { type Language } from '../text/text.ts';
import { type Problem, Refused, Unreachable } from './problem.ts';
import { type paths } from './schema.ts';

/** Calls of the service, with the paths, parameters and answers that it describes at `/openapi.json`. */
export const client = createClient<paths>({ baseUrl: '/' });

/** What openapi-fetch gives: the answer, or what came in its place. */
export interface Outcome<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The answer of a call.
 * @throws Refused with the service's own words; Unreachable where nothing of the service came
 */
export async function answerOf<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new Unreachable(undefined, cause);
  });
  if (response.ok && data !== undefined) return data;
  if (isProblem(error)) throw new Refused(response.status, error);
  throw new Unreachable(response.status);
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

/** The header that says which language the answer is in. */
export const inLanguage = (language: Language): { 'Accept-Language': Language } => ({ 'Accept-Language': language });

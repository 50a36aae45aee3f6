import { type Answer } from '../../../projections/asking/question.js';
import { TablesFault } from '../../../projections/following/read-tables.js';
import { LedgerError } from '../../errors.js';
import { asLedgerError } from '../../machine-fault.js';
import { type AnswerFile, type FileWanted } from '../../report/answer-file.js';

/** What the thread that answers long questions and the one that has them asked say to each other. */

/** A question, as it can be sent to a thread. */
export interface AskedFar {
  /** The name of the question. */
  readonly question: string;
  /** As they came. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The machine's clock when it was asked, in milliseconds since 1970. */
  readonly nowMs: number;
  /** What is adopted is known up to this revision at least; undefined where nothing is adopted. */
  readonly revision: number | undefined;
  /** Undefined: the answer itself is wanted. */
  readonly wanted: FileWanted | undefined;
}

/** What is asked; each question has a number, and its answer the same. */
export type ToAsked = { readonly number: number } & (
  | { readonly ask: AskedFar }
  /** So many more pieces of a file are taken. */
  | { readonly more: number }
  | { readonly stop: true }
);

/** The answer, or a file: what is known of it, its pieces as they are taken, and its end. */
export type FromAsked = { readonly number: number } & (
  | { readonly answer: Answer }
  | { readonly file: Omit<AnswerFile, 'pieces'> }
  | { readonly piece: Uint8Array }
  | { readonly end: true }
  | { readonly failure: Failure }
);

/** Why there is no answer, as it can be sent: the words of a refusal, or that the read tables are at fault. */
export type Failure =
  | { readonly said: Pick<LedgerError, 'kind' | 'code' | 'text' | 'details'>; readonly cause: unknown }
  | { readonly tables: { readonly code: string; readonly message: string } }
  | { readonly fault: Error };

export function failureOf(error: unknown): Failure {
  if (error instanceof TablesFault) return { tables: { code: error.code, message: error.message } };
  const known = asLedgerError(error);
  if (known instanceof LedgerError) {
    const { kind, code, text, details } = known;
    return { said: { kind, code, text, details }, cause: known === error ? undefined : error };
  }
  return { fault: error instanceof Error ? error : new Error(String(error)) };
}

export function errorOf(failure: Failure): Error {
  if ('fault' in failure) return failure.fault;
  if ('tables' in failure) {
    const { code, message } = failure.tables;
    return new TablesFault(Object.assign(new Error(message), { code }));
  }
  const { kind, code, text, details } = failure.said;
  const error = new LedgerError(kind, code, text, details);
  return failure.cause === undefined ? error : Object.assign(error, { cause: failure.cause });
}

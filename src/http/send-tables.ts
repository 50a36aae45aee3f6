import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer } from '../../projections/asking/question.js';
import { type PrintUnit } from '../money.js';
import { tablesOf } from '../report/tables.js';
import { languageAccepted } from './problem.js';
import { sendAnswer } from './send-answer.js';

/** The media type of an answer laid out as tables. */
export const TABLES_TYPE = 'application/vnd.tongzhang.tables+json; charset=utf-8';

/**
 * Sends an answer as the tables that a screen shows, in the language of the reader.
 * @throws LedgerError invalid, where there is no sheet of the name
 */
export function sendTables(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  { sheet, unit }: { readonly sheet: string | undefined; readonly unit: PrintUnit | undefined },
): void {
  const language = languageAccepted(request.headers['accept-language']);
  sendAnswer(request, reply, answer, { type: TABLES_TYPE, content: tablesOf(answer, { language, unit, sheet }) });
}

import { hash } from 'node:crypto';
import { Controller, Get, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer, type Question } from '../../projections/question.js';
import { type Language, LedgerError, show, text } from '../errors.js';
import { renderCsv } from '../report/csv.js';
import { fieldsOf } from '../vouchers/fields.js';
import { JSON_TYPE } from './command.controller.js';
import { languageAccepted } from './problem.js';
import { AskQuery } from './questions.js';
import { type Query, readPosition, readQuery } from './request.js';

/** The controller of a question: `GET /v1/<route>`. */
export function questionController(question: Question): Type {
  const known = ['after', 'format', ...fieldsOf(question.parameters).map(({ property }) => property)];

  @Controller(`v1/${question.route}`)
  class QuestionController {
    constructor(readonly queries: QueryBus) {}

    @Get()
    async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const { after, format, ...parameters } = readQuery(request.query as Query, known);
      const print = printerOf(format);
      const query = new AskQuery(question, parameters as Record<string, string>, readPosition('after', after));
      const answer = await this.queries.execute(query);
      send(request, reply, answer.position, print(answer, languageAccepted(request.headers['accept-language'])));
    }
  }
  Object.defineProperty(QuestionController, 'name', { value: `${question.parameters.name}Controller` });
  return QuestionController;
}

interface Printed {
  readonly type: string;
  readonly text: string;
}

const PRINTERS: Readonly<Record<string, (answer: Answer, language: Language) => Printed>> = {
  json: ({ position, body }) => ({ type: JSON_TYPE, text: JSON.stringify({ position, ...body }) }),
  csv: ({ sheets }, language) => ({ type: 'text/csv; charset=utf-8', text: renderCsv(sheets, { language }) }),
};

function printerOf(format = 'json'): (answer: Answer, language: Language) => Printed {
  const printer = Object.hasOwn(PRINTERS, format) ? PRINTERS[format] : undefined;
  if (printer) return printer;
  const expected = text('json 或 csv', 'json or csv');
  throw new LedgerError('invalid', 'format', text('没有这种格式', 'there is no such format'), [
    { pointer: 'format', code: 'format', expected, got: show(format) },
  ]);
}

/** Sends an answer, or only says that the client holds it already. */
function send(request: FastifyRequest, reply: FastifyReply, position: number, { type, text: body }: Printed): void {
  const etag = `"${hash('sha256', `${position} ${request.url} ${body}`, 'base64url').slice(0, 22)}"`;
  void reply.headers({ etag, 'x-ledger-position': position, 'cache-control': 'no-cache', vary: 'Accept-Language' });
  if (isNamed(request.headers['if-none-match'], etag)) void reply.code(304).send();
  else void reply.code(200).header('content-type', type).send(body);
}

/** Whether an `If-None-Match` header names an entity tag, by the weak comparison of RFC 9110 §13.1.2. */
export function isNamed(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//, '')));
}

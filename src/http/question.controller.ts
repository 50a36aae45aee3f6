import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer, type Question } from '../../projections/question.js';
import { show, type Text, text } from '../errors.js';
import { type PrintUnit } from '../money.js';
import { fieldsOf } from '../kinds/fields.js';
import { JSON_TYPE } from './command.controller.js';
import { linksOf } from './links.js';
import { entityTag, isNamed } from './protocol/entity-tags.js';
import { AskQuery, ExportQuery } from './questions.js';
import { malformed, type Query, readPosition, readQuery } from './request.js';
import { sendExport } from './send-export.js';
import { Turns } from './turns.js';

/** The controller of a question: `GET /v1/<route>`. */
export function questionController(question: Question): Type {
  const known = [
    'after',
    'format',
    'sheet',
    'unitOfMoney',
    ...fieldsOf(question.parameters).map(({ property }) => property),
  ];

  @Controller(`v1/${question.route}`)
  class QuestionController {
    constructor(
      readonly queries: QueryBus,
      @Inject(Turns) readonly turns: Turns,
    ) {}

    @Get()
    async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
      const query = readQuery(request.query as Query, known);
      const { after, format, sheet, unitOfMoney, ...others } = query;
      const parameters = others as Record<string, string>;
      this.turns.admit(request.raw.socket, reply.raw);
      const asked = { question, parameters, after: readPosition('after', after), asker: request.raw.socket };
      if (isCsv(format)) {
        const unit = readUnit(unitOfMoney);
        const exported = await this.queries.execute(new ExportQuery(asked));
        return sendExport(request, reply, { question, exported, sheet, unit });
      }
      demandAbsent({ sheet, unitOfMoney });
      sendJson(request, reply, await this.queries.execute(new AskQuery(asked)));
    }
  }
  Object.defineProperty(QuestionController, 'name', { value: `${question.parameters.name}Controller` });
  return QuestionController;
}

function isCsv(format = 'json'): boolean {
  if (format === 'json' || format === 'csv') return format === 'csv';
  throw malformed('format', 'format', text('json 或 csv', 'json or csv'), show(format));
}

const UNITS: Readonly<Record<string, PrintUnit>> = { yuan: 'yuan', wan: 'wan', yi: 'yi' };

function readUnit(value: string | undefined): PrintUnit | undefined {
  if (value === undefined || Object.hasOwn(UNITS, value)) return value === undefined ? undefined : UNITS[value];
  const expected = text('yuan（元）、wan（万元）或 yi（亿元）', 'yuan, wan (10,000 yuan) or yi (100 million yuan)');
  throw malformed('unitOfMoney', 'unit-of-money', expected, show(value));
}

/** Amounts in JSON are always of yuan, and it has no sheets: what would change nothing is refused. */
function demandAbsent(onlyInCsv: Readonly<Record<string, string | undefined>>): void {
  const expected: Text = text('只与 format=csv 一起使用', 'only together with format=csv');
  for (const [name, value] of Object.entries(onlyInCsv))
    if (value !== undefined) throw malformed(name, 'only-in-csv', expected, show(value));
}

/** Sends an answer, or only says that the client holds it already. */
function sendJson(request: FastifyRequest, reply: FastifyReply, answer: Answer): void {
  const { position } = answer;
  const body = JSON.stringify({ position, ...answer.body });
  const etag = entityTag(position, request.url, body);
  const known = { etag, 'x-ledger-position': position, 'cache-control': 'no-cache', vary: 'Accept-Language' };
  void reply.headers({ ...known, ...linksOf(request.url, answer) });
  if (isNamed(request.headers['if-none-match'], etag)) void reply.code(304).send();
  else void reply.code(200).header('content-type', JSON_TYPE).send(body);
}

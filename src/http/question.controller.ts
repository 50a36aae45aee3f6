import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer, type Question } from '../../projections/asking/question.js';
import { show, type Text, text } from '../errors.js';
import { type PrintUnit } from '../money.js';
import { fieldsOf } from '../kinds/fields.js';
import { FILE_FORMATS, FILE_TYPES, type FileFormat } from '../report/write-export.js';
import { JSON_TYPE } from './command.controller.js';
import { linksOf } from './links.js';
import { plainType } from './media-types.js';
import { entityTag, isNamed } from './protocol/entity-tags.js';
import { AskQuery, ExportQuery } from './questions.js';
import { malformed, type Query, readPosition, readQuery } from './request.js';
import { sendExport, VARY } from './send-export.js';
import { Turns } from './turns.js';

/** The controller of a question: `GET /v1/<route>`. */
export function questionController(question: Question): Type {
  const known = [
    'after',
    'format',
    'sheet',
    'unitOfMoney',
    'printedBy',
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
      const { after, format, sheet, unitOfMoney, printedBy, ...others } = query;
      const parameters = others as Record<string, string>;
      this.turns.admit(request.raw.socket, reply.raw);
      const asked = { question, parameters, after: readPosition('after', after), asker: request.raw.socket };
      const wanted = formatOf(format, request.headers.accept);
      if (wanted !== 'xlsx') demandAbsent({ printedBy }, ['xlsx']);
      if (wanted !== 'json') {
        const unit = readUnit(unitOfMoney);
        const exported = await this.queries.execute(new ExportQuery(asked));
        return sendExport(request, reply, {
          question,
          exported,
          sheet,
          unit,
          format: wanted,
          printedBy,
        });
      }
      demandAbsent({ sheet, unitOfMoney }, FILE_FORMATS);
      sendJson(request, reply, await this.queries.execute(new AskQuery(asked)));
    }
  }
  Object.defineProperty(QuestionController, 'name', { value: `${question.parameters.name}Controller` });
  return QuestionController;
}

/** The format asked for by its name, else the first kind of file that the client says it accepts. */
function formatOf(format: string | undefined, accept = ''): 'json' | FileFormat {
  if (format === undefined) {
    const types = accept.split(',').map((each) => plainType(each));
    const accepted = types.find((type) => type === JSON_PLAIN || FILE_FORMATS.some((each) => isOf(each, type)));
    return FILE_FORMATS.find((each) => isOf(each, accepted)) ?? 'json';
  }
  const named = FILE_FORMATS.find((each) => each === format);
  if (named ?? format === 'json') return named ?? 'json';
  const all = ['json', ...FILE_FORMATS];
  throw malformed('format', 'format', text(`${all.join('、')} 之一`, `one of ${all.join(', ')}`), show(format));
}

const JSON_PLAIN = plainType(JSON_TYPE);
const isOf = (format: FileFormat, type: string | undefined): boolean => type === plainType(FILE_TYPES[format]);

const UNITS: Readonly<Record<string, PrintUnit>> = { yuan: 'yuan', wan: 'wan', yi: 'yi' };

function readUnit(value: string | undefined): PrintUnit | undefined {
  if (value === undefined || Object.hasOwn(UNITS, value)) return value === undefined ? undefined : UNITS[value];
  const expected = text('yuan（元）、wan（万元）或 yi（亿元）', 'yuan, wan (10,000 yuan) or yi (100 million yuan)');
  throw malformed('unitOfMoney', 'unit-of-money', expected, show(value));
}

/** Amounts in JSON are always of yuan, and it has no sheets: what would change nothing is refused. */
function demandAbsent(onlyInFiles: Readonly<Record<string, string | undefined>>, formats: readonly FileFormat[]): void {
  const [zh, en] = [' 或 ', ' or '].map((or) => formats.map((each) => `format=${each}`).join(or));
  const expected: Text = text(`只与 ${zh} 一起使用`, `only together with ${en}`);
  for (const [name, value] of Object.entries(onlyInFiles))
    if (value !== undefined) throw malformed(name, 'only-in-files', expected, show(value));
}

/** Sends an answer, or only says that the client holds it already. */
function sendJson(request: FastifyRequest, reply: FastifyReply, answer: Answer): void {
  const { position } = answer;
  const body = JSON.stringify({ position, ...answer.body });
  const etag = entityTag(position, request.url, body);
  const known = { etag, 'x-ledger-position': position, 'cache-control': 'no-cache', vary: VARY };
  void reply.headers({ ...known, ...linksOf(request.url, answer) });
  if (isNamed(request.headers['if-none-match'], etag)) void reply.code(304).send();
  else void reply.code(200).header('content-type', JSON_TYPE).send(body);
}

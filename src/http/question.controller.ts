import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Question } from '../../projections/asking/question.js';
import { show, type Text, text } from '../errors.js';
import { type PrintUnit } from '../money.js';
import { fieldsOf } from '../kinds/fields.js';
import { hideColumns } from '../report/hidden-columns.js';
import { FILE_FORMATS, FILE_TYPES, type FileFormat } from '../report/write-export.js';
import { JSON_TYPE } from './command.controller.js';
import { plainType } from './media-types.js';
import { AskQuery, ExportQuery } from './questions.js';
import { languageAccepted } from './problem.js';
import { malformed, type Query, readPosition, readQuery } from './request.js';
import { sendAnswer } from './send-answer.js';
import { sendExport } from './send-export.js';
import { sendTables, TABLES_TYPE } from './send-tables.js';
import { Turns } from './turns.js';

/** The controller of a question: `GET /v1/<route>`. */
export function questionController(question: Question): Type {
  const known = [
    'after',
    'format',
    'sheet',
    'unitOfMoney',
    'hiddenColumns',
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
      const { after, format, sheet, unitOfMoney, hiddenColumns, printedBy, ...others } = query;
      const parameters = others as Record<string, string>;
      this.turns.admit(request.raw.socket, reply.raw);
      const asked = { question, parameters, after: readPosition('after', after), asker: request.raw.socket };
      const wanted = formatOf(format, request.headers.accept);
      if (wanted !== 'xlsx') demandAbsent({ printedBy }, ['xlsx']);
      if (wanted === 'json') demandAbsent({ sheet, unitOfMoney, hiddenColumns }, [...FILE_FORMATS, 'tables']);
      const unit = readUnit(unitOfMoney);
      if (wanted !== 'json' && wanted !== 'tables') {
        const language = languageAccepted(request.headers['accept-language']);
        const file = { format: wanted, sheet, language, unit, printedBy, hiddenColumns };
        return sendExport(request, reply, await this.queries.execute(new ExportQuery(asked, file)));
      }
      const answer = await this.queries.execute(new AskQuery(asked));
      if (wanted === 'tables') {
        const sheets = hideColumns(question, answer.sheets, hiddenColumns);
        return sendTables(request, reply, { ...answer, sheets }, { sheet, unit });
      }
      const content = { position: answer.position, ...answer.body };
      sendAnswer(request, reply, answer, { type: JSON_TYPE, content });
    }
  }
  Object.defineProperty(QuestionController, 'name', { value: `${question.parameters.name}Controller` });
  return QuestionController;
}

/** What an answer may be sent as, by name, with the plain type it is accepted by. */
const TYPES = {
  json: plainType(JSON_TYPE),
  csv: plainType(FILE_TYPES.csv),
  xlsx: plainType(FILE_TYPES.xlsx),
  tables: plainType(TABLES_TYPE),
} as const satisfies Readonly<Record<'json' | 'tables' | FileFormat, string | undefined>>;
type Format = keyof typeof TYPES;
const FORMATS = Object.keys(TYPES) as Format[];

/** The format asked for by its name, else the first that the client says it accepts. */
function formatOf(format: string | undefined, accept = ''): Format {
  const named =
    format === undefined
      ? accept.split(',').map((each) => FORMATS.find((known) => TYPES[known] === plainType(each)))
      : [FORMATS.find((known) => known === format)];
  const found = named.find((each) => each !== undefined);
  if (found !== undefined || format === undefined) return found ?? 'json';
  throw malformed('format', 'format', text(`${FORMATS.join('、')} 之一`, `one of ${FORMATS.join(', ')}`), show(format));
}

const UNITS: Readonly<Record<string, PrintUnit>> = { yuan: 'yuan', wan: 'wan', yi: 'yi' };

function readUnit(value: string | undefined): PrintUnit | undefined {
  if (value === undefined || Object.hasOwn(UNITS, value)) return value === undefined ? undefined : UNITS[value];
  const expected = text('yuan（元）、wan（万元）或 yi（亿元）', 'yuan, wan (10,000 yuan) or yi (100 million yuan)');
  throw malformed('unitOfMoney', 'unit-of-money', expected, show(value));
}

/** Amounts in JSON are always of yuan, and it has no sheets: what would change nothing is refused. */
function demandAbsent(onlyInFiles: Readonly<Record<string, string | undefined>>, formats: readonly Format[]): void {
  const [zh, en] = [' 或 ', ' or '].map((or) => formats.map((each) => `format=${each}`).join(or));
  const expected: Text = text(`只与 ${zh} 一起使用`, `only together with ${en}`);
  for (const [name, value] of Object.entries(onlyInFiles))
    if (value !== undefined) throw malformed(name, 'only-in-files', expected, show(value));
}

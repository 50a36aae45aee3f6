import {
  type BeforeApplicationShutdown,
  Controller,
  Delete,
  Get,
  Inject,
  type OnApplicationBootstrap,
  Param,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { LedgerError, show, type Text, text } from '../errors.js';
import { readExportRequest } from '../jobs/export-request.js';
import { type JobKind, type JobRequest } from '../jobs/job.js';
import { Jobs } from '../jobs/jobs.js';
import { type Ledger } from '../ledger.js';
import { FILE_TYPES } from '../report/write-export.js';
import { visible } from '../text/foreign-text.js';
import { parseStrictJson } from '../text/strict-json.js';
import { JSON_TYPE } from './command.controller.js';
import { languageAccepted } from './problem.js';
import { type Query, readQuery } from './request.js';
import { LEDGER } from './tokens.js';

/** What takes long: asked for here, done in the background, and known with its result until it is removed. */
@Controller('v1/jobs')
export class JobsController implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(LEDGER) private readonly ledger: Ledger,
  ) {}

  onApplicationBootstrap(): void {
    this.jobs.resume();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.jobs.stop();
  }

  @Post()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    readQuery(request.query as Query, []);
    const body = parseStrictJson((request.body as Uint8Array | undefined) ?? new Uint8Array());
    const wanted = readJobRequest(body, request.headers['accept-language']);
    if (wanted.kind === 'export') readExportRequest(wanted.request, this.ledger.reference.current);
    const job = await this.jobs.ask(wanted);
    send(reply.code(202).header('location', job.links.job), job);
  }

  @Get()
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    readQuery(request.query as Query, []);
    send(reply, { jobs: this.jobs.list() });
  }

  @Get(':id')
  find(@Param('id') id: string, @Res() reply: FastifyReply): void {
    send(reply, this.jobs.find(id));
  }

  @Delete(':id')
  async cancel(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const job = await this.jobs.cancel(id);
    if (!job) void reply.code(204).send();
    else send(reply.code(job.status === 'running' ? 202 : 200), job);
  }

  @Get(':id/file')
  async file(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const { facts, file } = await this.jobs.openFile(id);
    // Its length is said, so that a file that was cut on its way is known to be.
    void reply.headers({
      'content-type': FILE_TYPES[facts.format],
      'content-length': facts.bytes,
      'content-disposition': `attachment; filename="${facts.name.replace(/[^\x21-\x7e]/g, '_')}"`,
      'repr-digest': `sha-256=:${Buffer.from(facts.sha256, 'hex').toString('base64')}:`,
      'x-ledger-position': facts.position,
    });
    void reply.send(file.createReadStream());
  }
}

function send(reply: FastifyReply, body: object): void {
  void reply.headers({ 'content-type': JSON_TYPE, 'cache-control': 'no-store' }).send(visible(JSON.stringify(body)));
}

/** What each kind of job is asked for with, beside its kind. */
const FIELDS: Readonly<Record<JobKind, readonly string[]>> = { verify: [], replay: [], export: ['request'] };

/** @throws LedgerError invalid, where a field is missing, unknown, or means nothing to its kind */
export function readJobRequest(body: unknown, acceptLanguage: string | undefined): JobRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw malformed('', AN_OBJECT, body);
  const { kind, ...fields } = body as Readonly<Record<string, unknown>>;
  const known = typeof kind === 'string' && Object.hasOwn(FIELDS, kind) ? FIELDS[kind as JobKind] : undefined;
  if (!known) throw malformed('/kind', A_KIND, kind);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) throw malformed(`/${unknown}`, text('没有此字段', 'no such field'), fields[unknown]);
  if (kind !== 'export') return { kind: kind as 'verify' | 'replay' };
  const { request } = fields;
  if (typeof request !== 'string' || request.length > MOST_ADDRESS) throw malformed('/request', AN_ADDRESS, request);
  return { kind, request, language: languageAccepted(acceptLanguage) };
}

const MOST_ADDRESS = 4_096;
const AN_OBJECT = text('一个 JSON 对象', 'a JSON object');
const A_KIND = text('verify、replay 或 export', 'verify, replay or export');
const AN_ADDRESS = text(
  `查询的地址，至多 ${MOST_ADDRESS} 个字符`,
  `the address of a question, of at most ${MOST_ADDRESS} characters`,
);

function malformed(pointer: string, expected: Text, got: unknown): LedgerError {
  const code = 'job-request';
  return new LedgerError('invalid', code, text('任务的请求不符合要求', 'the request of a job is not as it must be'), [
    { pointer, code, expected, got: show(got) },
  ]);
}

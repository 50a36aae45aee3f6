import {
  type BeforeApplicationShutdown,
  Controller,
  Get,
  Inject,
  type OnApplicationBootstrap,
  Param,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Readable } from 'node:stream';
import { readControl } from '../import/report/control-file.js';
import { encodingOfUpload } from '../import/read/encodings.js';
import { CONTENT_TYPES } from '../import/read/formats.js';
import { ImportJobs } from '../import/import-jobs.js';
import { type FileFormat } from '../import/report/import-report.js';
import { LedgerError, show, text } from '../errors.js';
import { visible } from '../foreign-text.js';
import { JSON_TYPE } from './command.controller.js';
import { type Query, readQuery, readSwitch } from './request.js';

const FORMATS = Object.entries(CONTENT_TYPES) as [FileFormat, string][];

const ROUTE = 'v1/imports';

/** Files reach the controller as a stream, whatever their size; no other route takes them. */
export function readFilesAsStreams(instance: FastifyInstance): void {
  for (const [, type] of FORMATS)
    instance.addContentTypeParser(type, (request, body, done) => {
      if (request.routeOptions.url === `/${ROUTE}`) done(null, body);
      else done(unsupported('application/json', type), undefined);
    });
}

/** Files of commands: sent whole, imported in the background, one after the other. */
@Controller(ROUTE)
export class ImportsController implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(ImportJobs) private readonly jobs: ImportJobs) {}

  onApplicationBootstrap(): Promise<void> {
    return this.jobs.resume();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.jobs.stop();
  }

  @Post()
  async receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request.query as Query, [
      'dryRun',
      'acceptGood',
      'acceptDuplicates',
      'encoding',
      'control',
    ]);
    const job = await this.jobs.receive(request.body as Readable, {
      format: formatOf(request.headers['content-type']),
      encoding: encodingOfUpload(request.headers['content-type'], query.encoding),
      dryRun: readSwitch('dryRun', query.dryRun),
      acceptGood: readSwitch('acceptGood', query.acceptGood),
      acceptDuplicates: readSwitch('acceptDuplicates', query.acceptDuplicates),
      control: query.control === undefined ? undefined : readControl(Buffer.from(query.control), 'control'),
    });
    void reply.code(202).headers({ 'content-type': JSON_TYPE, location: `/v1/imports/${job.id}` });
    void reply.send(visible(JSON.stringify(job)));
  }

  @Get(':id')
  find(@Param('id') id: string, @Res() reply: FastifyReply): void {
    const headers = { 'content-type': JSON_TYPE, 'cache-control': 'no-store' };
    void reply.headers(headers).send(visible(JSON.stringify(this.jobs.find(id))));
  }

  @Get(':id/:list')
  list(@Param('id') id: string, @Param('list') list: string, @Res() reply: FastifyReply): void {
    const disposition = `attachment; filename="${list}.csv"`;
    const stream = this.jobs.openList(id, list);
    void reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition }).send(stream);
  }
}

/** @throws LedgerError invalid for a body that is JSON: one command has a route of its own */
function formatOf(contentType: string | undefined): FileFormat {
  const type = contentType?.split(';', 1)[0]!.trim().toLowerCase();
  const known = FORMATS.find(([, name]) => name === type);
  if (known) return known[0];
  const types = FORMATS.map(([, name]) => name).join(', ');
  throw unsupported(types, contentType);
}

function unsupported(types: string, got: string | undefined): LedgerError {
  const code = 'unsupported-media-type';
  return new LedgerError('invalid', code, text(`内容类型应为 ${types}`, `the content type must be ${types}`), [
    { pointer: 'Content-Type', code, expected: text(types, types), got: show(got) },
  ]);
}

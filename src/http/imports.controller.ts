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
import { readControl } from '../import/report/control-file.js';
import { encodingOfUpload } from '../import/read/encodings.js';
import { CONTENT_TYPES } from '../import/read/formats.js';
import { type ImportJob, ImportJobs } from '../import/import-jobs.js';
import { visible } from '../text/foreign-text.js';
import { JSON_TYPE } from './command.controller.js';
import { type Accepted, demandAcceptedBodies } from './media-types.js';
import { type Query, readQuery, readSwitch } from './request.js';
import { ACCEPTED_FILES, readUpload } from './uploads.js';

const ROUTE = 'v1/imports';
const OPTIONS = ['dryRun', 'acceptGood', 'acceptDuplicates', 'encoding', 'control'] as const;
type Options = Partial<Record<(typeof OPTIONS)[number], string>>;

/** What the routes for files take; every other route takes JSON. */
export const FILE_ROUTES: Readonly<Record<string, Accepted>> = { [`/${ROUTE}`]: ACCEPTED_FILES };

/** Files reach the controller as a stream, whatever their size and type; what else comes has been refused before. */
export function readFilesAsStreams(instance: FastifyInstance): void {
  demandAcceptedBodies(instance, FILE_ROUTES);
  instance.addContentTypeParser('*', (_request, body, done) => done(null, body));
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
    const { filename, ...options } = readQuery(request.query as Query, [...OPTIONS, 'filename']);
    // What is wrong in the address is said before a file is taken.
    readOptions(options, request.headers['content-type']);
    const { stored, format, type, fields } = await readUpload(request, this.jobs, filename);
    let job: ImportJob;
    try {
      const given = readQuery(Object.fromEntries(allOf(options, fields)), OPTIONS);
      job = await this.jobs.queue(stored, { format, ...readOptions(given, type) });
    } catch (error) {
      await this.jobs.discard(stored);
      throw error;
    }
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
    const { format, stream } = this.jobs.openList(id, list);
    const type = `${CONTENT_TYPES[format]}; charset=utf-8`;
    const disposition = `attachment; filename="${list}.${format}"`;
    void reply.headers({ 'content-type': type, 'content-disposition': disposition }).send(stream);
  }
}

/** The options of the address and the fields of the form; one that stands in both is there twice. */
function allOf(options: Options, fields: Readonly<Record<string, string>>): [string, string | string[]][] {
  const given = new Map<string, string | string[]>(Object.entries(options));
  for (const [name, value] of Object.entries(fields)) {
    const first = given.get(name);
    given.set(name, first === undefined ? checked(value) : [String(first), value]);
  }
  return [...given];
}

/** What a ticked box of a form says. */
const checked = (value: string): string => (value === 'on' ? 'true' : value);

/** What is asked for beside the file. @throws LedgerError invalid, naming the option that is wrong */
function readOptions(options: Options, type: string | undefined) {
  const { dryRun, acceptGood, acceptDuplicates, encoding, control } = options;
  return {
    encoding: encodingOfUpload(type, encoding),
    dryRun: readSwitch('dryRun', dryRun),
    acceptGood: readSwitch('acceptGood', acceptGood),
    acceptDuplicates: readSwitch('acceptDuplicates', acceptDuplicates),
    control: control === undefined ? undefined : readControl(Buffer.from(control), 'control'),
  };
}

import { type Vocabulary } from '../text/codes.js';
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
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readControl } from '../import/report/control-file.js';
import { encodingOfUpload } from '../import/read/encodings.js';
import { CONTENT_TYPES } from '../import/read/formats.js';
import { show, text } from '../errors.js';
import { SOURCE_DIGITS } from '../../projections/audit-trail/filters.js';
import { type ImportJob, type ListedJob } from '../import/jobs/import-job.js';
import { ImportJobs } from '../import/jobs/import-jobs.js';
import { visible } from '../text/foreign-text.js';
import { ACCEPTED_BATCHES, BATCH_ROUTE } from './batch-body.js';
import { JSON_TYPE } from './command.controller.js';
import { nextLink, withParameters } from './links.js';
import { type Accepted, demandAcceptedBodies } from './media-types.js';
import { malformed, type Query, readQuery, readSwitch } from './request.js';
import { ACCEPTED_FILES, announcedBytes, readUpload } from './uploads.js';

const ROUTE = 'v1/imports';
const OPTIONS = ['dryRun', 'acceptGood', 'acceptDuplicates', 'encoding', 'control'] as const;
type Options = Partial<Record<(typeof OPTIONS)[number], string>>;

/** What the routes for files take; every other route but that of batches takes JSON. */
export const FILE_ROUTES: Readonly<Record<string, Accepted>> = { [`/${ROUTE}`]: ACCEPTED_FILES };

/** Files reach the controller as a stream, whatever their size and type; what else comes has been refused before. */
export function readFilesAsStreams(instance: FastifyInstance): void {
  demandAcceptedBodies(instance, { ...FILE_ROUTES, [`/${BATCH_ROUTE}`]: ACCEPTED_BATCHES });
  instance.addContentTypeParser('*', (_request, body, done) => done(null, body));
}

/** Longest that a client whose file is refused may go on sending before its connection is closed. */
const LINGERING_MS = 2_000;

/** Files of commands: sent whole, imported in the background, one after the other. */
@Controller(ROUTE)
export class ImportsController implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(ImportJobs) private readonly jobs: ImportJobs) {}

  onApplicationBootstrap(): void {
    this.jobs.resume();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.jobs.stop();
  }

  @Post()
  async receive(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    endUnread(request, reply);
    const { filename: name, ...options } = readQuery(request.query as Query, [...OPTIONS, 'filename']);
    // What is wrong in the address is said before a file is taken.
    readOptions(options, request.headers['content-type'], this.jobs.funds);
    const upload = await this.jobs.admit(announcedBytes(request.headers));
    try {
      const { idleMs } = this.jobs.limits;
      const { format, type, fields, name: called } = await readUpload(request, upload, { name, idleMs });
      const given = readQuery(Object.fromEntries(allOf(options, fields)), OPTIONS);
      const job = await this.jobs.add(upload, { name: called, format, ...readOptions(given, type, this.jobs.funds) });
      void reply.code(202).header('location', `/${ROUTE}/${job.id}`);
      send(reply, told(job));
    } finally {
      upload.end();
    }
  }

  @Get()
  async listAll(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { after, limit } = readQuery(request.query as Query, ['after', 'limit']);
    const { imports, next } = await this.jobs.list(after, readLimit(limit));
    if (next !== undefined) void reply.header('link', nextLink(request.url, { after: next }));
    send(reply, {
      imports: imports.map(told),
      ...(next !== undefined && { next: withParameters(request.url, { after: next }) }),
    });
  }

  @Get(':id')
  async find(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    send(reply, told(await this.jobs.find(id)));
  }

  @Delete(':id')
  async cancel(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    const job = await this.jobs.cancel(id);
    if (!job) void reply.code(204).send();
    else send(reply.code(job.status === 'running' ? 202 : 200), told(job));
  }

  @Get(':id/:list')
  async list(@Param('id') id: string, @Param('list') list: string, @Res() reply: FastifyReply): Promise<void> {
    const { format, file } = await this.jobs.openList(id, list);
    // Its length is said, so that a list that was cut on its way is known to be.
    const { size } = await file.stat();
    const type = `${CONTENT_TYPES[format]}; charset=utf-8`;
    const disposition = `attachment; filename="${list}.${format}"`;
    void reply.headers({ 'content-type': type, 'content-length': size, 'content-disposition': disposition });
    void reply.send(file.createReadStream());
  }
}

/** An import with where the vouchers are that its lines have become, once it is known what file it is. */
export function told<J extends ImportJob | ListedJob>(job: J): J & { readonly links: Links } {
  const digest = 'report' in job ? job.report?.digest : undefined;
  const vouchers = digest === undefined ? undefined : `/v1/audit-trail?source=${digest.slice(0, SOURCE_DIGITS)}`;
  return { ...job, links: { import: `/${ROUTE}/${job.id}`, ...(vouchers !== undefined && { vouchers }) } };
}

interface Links {
  readonly import: string;
  readonly vouchers?: string;
}

function send(reply: FastifyReply, body: object): void {
  void reply.headers({ 'content-type': JSON_TYPE, 'cache-control': 'no-store' }).send(visible(JSON.stringify(body)));
}

/** How many imports a page has where nothing is said, and at most. */
const USUAL_PAGE = 20;
const MOST_PAGE = 100;

function readLimit(value: string | undefined): number {
  if (value === undefined) return USUAL_PAGE;
  const limit = /^[0-9]{1,3}$/.test(value) ? Number.parseInt(value, 10) : 0;
  if (limit >= 1 && limit <= MOST_PAGE) return limit;
  throw malformed('limit', 'limit', text(`1 至 ${MOST_PAGE}`, `1 to ${MOST_PAGE}`), show(value));
}

/**
 * A file that is refused is not read to its end. Its client is answered first and given a moment to see it, since a
 * connection that is closed while it sends loses the answer; then the connection is closed.
 */
function endUnread({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.raw.once('finish', () => {
    if (raw.complete) return;
    const timer = setTimeout(() => raw.socket.destroy(), LINGERING_MS);
    raw.socket.once('close', () => clearTimeout(timer));
    raw.once('end', () => clearTimeout(timer));
    raw.resume();
  });
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
function readOptions(options: Options, type: string | undefined, funds: Vocabulary) {
  const { dryRun, acceptGood, acceptDuplicates, encoding, control } = options;
  return {
    encoding: encodingOfUpload(type, encoding),
    dryRun: readSwitch('dryRun', dryRun),
    acceptGood: readSwitch('acceptGood', acceptGood),
    acceptDuplicates: readSwitch('acceptDuplicates', acceptDuplicates),
    control: control === undefined ? undefined : readControl(Buffer.from(control), 'control', funds),
  };
}

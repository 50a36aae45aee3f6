import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { importedFiles } from '../../projections/imported-files/projection.js';
import { filesIn } from '../../projections/imported-files/query.js';
import { type Ledger } from '../ledger.js';
import { JSON_TYPE } from './command.controller.js';
import { type Query, readQuery } from './request.js';
import { LEDGER } from './tokens.js';

/** Most files that are listed, those that were recorded last. */
const MOST_FILES = 500;

/** The files of which lines stand in the log, whoever imported them, and also where nobody has kept a record. */
@Controller('v1/imported-files')
export class ImportedFilesController {
  constructor(@Inject(LEDGER) private readonly ledger: Pick<Ledger, 'tables'>) {}

  @Get()
  list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    readQuery(request.query as Query, []);
    const tables = this.ledger.tables.current();
    const answer = tables.atOneMoment(importedFiles, (position) => {
      const files = filesIn(tables, MOST_FILES + 1);
      const told = files.slice(0, MOST_FILES).map(({ firstMs, lastMs, ...file }) => ({
        ...file,
        firstRecordedAt: new Date(firstMs).toISOString(),
        lastRecordedAt: new Date(lastMs).toISOString(),
        links: { vouchers: `/v1/audit-trail?source=${file.source}` },
      }));
      return { position, files: told, isWhole: files.length <= MOST_FILES };
    });
    void reply
      .headers({ 'content-type': JSON_TYPE, 'x-ledger-position': answer.position })
      .send(JSON.stringify(answer));
  }
}

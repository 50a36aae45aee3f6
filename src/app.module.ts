import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { TerminusModule } from '@nestjs/terminus';
import { QUESTIONS } from '../projections/registry.js';
import { BatchController } from './http/batch.controller.js';
import { BatchCommandHandler } from './http/batches.js';
import { BooksCommandHandler, ClosingController } from './http/closing.controller.js';
import { commandController } from './http/command.controller.js';
import { PostCommandHandler, PreviewCommandHandler } from './http/commands.js';
import { DocsController } from './http/docs.controller.js';
import { describeInterface } from './http/openapi/interface.js';
import { LiveController } from './http/live.controller.js';
import { LogEnd } from './http/log/log-end.js';
import { LogController } from './http/log.controller.js';
import { ImportedFilesController } from './http/imported-files.controller.js';
import { ImportsController } from './http/imports.controller.js';
import { JobsController } from './http/jobs.controller.js';
import { Metrics } from './http/metrics.js';
import { OperationController } from './http/operation.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { questionController } from './http/question.controller.js';
import { AskQueryHandler, ExportQueryHandler } from './http/questions.js';
import { SchemasController } from './http/schemas.controller.js';
import { ASKING_THREAD, LEDGER, OPENAPI, RELAY } from './http/tokens.js';
import { Turns } from './http/turns.js';
import { ImportJobs } from './import/jobs/import-jobs.js';
import { Jobs } from './jobs/jobs.js';
import { type RunningRelay } from './kafka/start-relay.js';
import { type Ledger } from './ledger.js';
import { SENT_KINDS } from './catalogue/registry.js';
import { type AskingThread } from './http/asking/asking-thread.js';
import { NamesController } from './http/names.controller.js';

const CONTROLLERS: readonly Type[] = [
  ...SENT_KINDS.map(commandController),
  ...QUESTIONS.map(questionController),
  BatchController,
  ClosingController,
  LogController,
  LiveController,
  OperationController,
  DocsController,
  SchemasController,
  ImportsController,
  ImportedFilesController,
  JobsController,
  NamesController,
];

/** What a service is made of beside its controllers. */
export interface Parts {
  readonly ledger: Ledger;
  readonly relay: RunningRelay | undefined;
  readonly imports: ImportJobs;
  readonly jobs: Jobs;
  readonly logEnd: LogEnd;
  readonly asking: AskingThread | undefined;
}

/** The only wiring: the controllers and handlers of one open ledger. */
@Module({})
export class AppModule {
  static of(parts: Parts, metrics: Metrics, problems: ProblemFilter): DynamicModule {
    const { ledger, relay, imports, jobs, logEnd, asking } = parts;
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot(), TerminusModule.forRoot({ logger: false })],
      controllers: [...CONTROLLERS],
      providers: [
        PostCommandHandler,
        PreviewCommandHandler,
        BatchCommandHandler,
        BooksCommandHandler,
        AskQueryHandler,
        ExportQueryHandler,
        Turns,
        { provide: LEDGER, useValue: ledger },
        { provide: ASKING_THREAD, useValue: asking ?? null },
        { provide: ImportJobs, useValue: imports },
        { provide: Jobs, useValue: jobs },
        { provide: LogEnd, useValue: logEnd },
        { provide: RELAY, useValue: relay ?? null },
        { provide: Metrics, useValue: metrics },
        { provide: ProblemFilter, useValue: problems },
        { provide: OPENAPI, useFactory: () => describeInterface(SENT_KINDS, QUESTIONS) },
      ],
    };
  }
}

/**
 * Import directions, checked by `npm run imports`. The picture is in docs/architecture.md:
 * catalogue → kinds → books → money, errors; projections → event types, money; event-store → nothing of ours;
 * only the ledger and what is outside it know both sides.
 */

/** A driver package is imported in exactly one file, so that it can be replaced there. */
const DRIVERS = {
  'better-sqlite3': 'src/sqlite-file.ts',
  'decimal.js': 'src/money.ts',
  kafkajs: 'src/kafka/relay.ts',
  '@eventstore/db-client': 'src/event-store/kurrentdb/kurrentdb-event-store.ts',
};

const SPECS = '\\.spec\\.ts$';
/** The beginning of a thread: it opens what the thread works on, as the ledger does for the main one. */
const WORKERS = '\\.worker\\.ts$';
/** What every layer may use. */
const COMMON =
  'src/((money|errors)\\.ts|time/(clock|give-way|recording-clock|effective-time|moment|within)\\.ts|text/(codes|foreign-text)\\.ts)';
const escaped = (text) => text.replaceAll(/[.]/g, '\\.');
const only = (...paths) => `^(${paths.join('|')})`;

/** A rule that a part may import nothing of ours but what is listed. */
const direction = (name, comment, from, ...may) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [SPECS, WORKERS] },
  to: { path: '^(src|projections|examples|bench|test|scripts|web)/', pathNot: only(...may) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead, unless it is a beginning: a program, a worker, a spec.',
      severity: 'error',
      from: { orphan: true, pathNot: [SPECS, WORKERS, '\\.d\\.ts$', '^web/src/main\\.tsx$'] },
      to: {},
    },
    {
      name: 'not-to-specs',
      comment: 'A spec is read by nobody but the test runner; what specs share is a file of its own in test/.',
      severity: 'error',
      from: {},
      to: { path: SPECS },
    },
    {
      name: 'not-to-test',
      comment: 'What runs does not depend on what tests it.',
      severity: 'error',
      from: { path: '^(src|projections|examples)/', pathNot: SPECS },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere, and every package is named in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-packages',
      comment: 'What runs needs only dependencies, not devDependencies.',
      severity: 'error',
      from: { path: '^(src|projections|examples)/', pathNot: SPECS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    },
    ...Object.entries(DRIVERS).map(([driver, file]) => ({
      name: `driver-${driver}`,
      comment: `${driver} is imported in ${file} and nowhere else.`,
      severity: 'error',
      // The example consumer is a program of another team, which has its own client.
      from: { path: '^(src|projections|examples)/', pathNot: [`^${escaped(file)}$`, '^examples/consumer/'] },
      to: { path: `^node_modules/${escaped(driver)}/` },
    })),
    direction('ground', 'Money, errors, clock, moments and foreign text know nothing else.', `^${COMMON}$`, COMMON),
    direction(
      'event-store',
      'An event store knows nothing of ours but how a file is opened and a thread is ended.',
      '^src/event-store/',
      'src/event-store/',
      'src/(sqlite-file|end-thread)\\.ts',
    ),
    direction(
      'reference',
      'Reference data is data: rows, what they say of a day, and the files of a set.',
      '^src/reference/',
      'src/reference/',
      'src/text/(csv-scanner|csv-text|unreadable-file)\\.ts',
      COMMON,
    ),
    direction(
      'books',
      'The decider knows entries, the port of the store and its pages, not the kinds of vouchers.',
      '^src/books/',
      'src/books/',
      'src/reference/',
      'src/event-store/(event-store|stream-pages)\\.ts',
      'src/machine-fault\\.ts',
      COMMON,
    ),
    direction(
      'kinds',
      'What makes checks, columns, schemas and entries out of a definition knows no kind by name.',
      '^src/kinds/',
      'src/kinds/',
      'src/books/',
      'src/reference/',
      'src/validation\\.ts',
      COMMON,
    ),
    direction(
      'catalogue',
      'A kind of voucher, memo or notice knows books and policies, nothing that reads or serves.',
      '^src/catalogue/',
      'src/catalogue/',
      'src/kinds/',
      'src/books/',
      'src/reference/',
      COMMON,
    ),
    direction(
      'backup',
      'A backup knows the log, what must hold in it and its files, nothing that decides, reads or serves.',
      '^src/backup/',
      'src/backup/',
      'src/audit/',
      'src/reference/',
      'src/books/(event|copied-event|funds)\\.ts',
      'src/catalogue/notices/',
      'src/kinds/kind\\.ts',
      'src/event-store/',
      'src/time/confirmed-clock\\.ts',
      'src/(data-directory|put-in-place|machine-fault|version)\\.ts',
      COMMON,
    ),
    direction(
      'exports',
      'An export knows vouchers and how accounts are called, never how a decision is made.',
      '^src/exports/',
      'src/exports/',
      'src/books/(event|entries|periods|book-state)\\.ts',
      'src/event-store/event-store\\.ts',
      'src/reference/',
      COMMON,
    ),
    direction(
      'projections',
      'A projection knows events and how fields are defined, never how a decision is made.',
      '^projections/',
      'projections/',
      'src/books/(event|entries|code-lists|ledger-lines|prepared|periods)\\.ts',
      'src/books/(book-state|day-balances|guarded-lines|register-lines)\\.ts',
      'src/books/(transfers|likeness-table|likely-duplicate)\\.ts',
      // What a close demands is one list, and how a book is folded is said once: the checklist goes by both.
      'src/books/(evolve|dates|sources)\\.ts',
      'src/books/closing/(conditions|order|carried)\\.ts',
      'src/event-store/(event-store|upcast|retrying|store-refusal)\\.ts',
      'src/machine-fault\\.ts',
      'src/reference/',
      'src/kinds/(fields|adopted-fields|check|kind|commands|likeness)\\.ts',
      'src/catalogue/(registry|identity)\\.ts',
      'src/adopting/adopted-in\\.ts',
      'src/sqlite-file\\.ts',
      COMMON,
    ),
    direction('web', 'The console knows the service by what it answers alone.', '^web/', 'web/src/'),
    {
      name: 'screens',
      comment: 'A screen is a folder of its own; what two of them need is a part of the console, not of a screen.',
      severity: 'error',
      from: { path: '^web/src/screens/([^/]+)/' },
      to: { path: '^web/src/screens/[^/]+/', pathNot: '^web/src/screens/$1/' },
    },
    {
      name: 'parts-not-to-screens',
      comment: 'What all screens are made of knows none of them but their list.',
      severity: 'error',
      from: { path: '^web/src/(address|api|chart|filters|jobs|shell|table|text)/' },
      to: { path: '^web/src/screens/', pathNot: '^web/src/screens/screens\\.ts$' },
    },
    {
      name: 'both-sides',
      comment: 'Only the ledger and what stands outside it know what is decided and what is read.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          SPECS,
          '^src/(ledger|kept-tables|reading|app\\.module|main|cli)\\.ts$',
          '^src/(audit|cli|http|jobs|report)/',
        ],
      },
      to: { path: '^projections/' },
    },
    {
      name: 'inside-out',
      comment: 'What is inside does not know that it is served, imported into or run from a command line.',
      severity: 'error',
      from: { path: '^(src|projections)/', pathNot: [SPECS, '^src/(app\\.module|main|cli)\\.ts$', '^src/(cli|http)/'] },
      to: { path: ['^src/(app\\.module|main|cli)\\.ts$', '^src/(cli|http)/'] },
    },
    {
      name: 'http-not-to-cli',
      comment: 'The service does not know the command line.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/cli' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      mainFields: ['main', 'types'],
    },
  },
};

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nextSteps } from '../src/cli/demo/next-steps.js';
import { buildProgram } from '../src/cli/program.js';
import { brokerJars } from '../src/kafka/local-broker.js';
import { type Block, blocksOfHelp, blocksOfPage, blocksOfText } from './command-lines/pages.js';
import { type Line, Player, unique } from './command-lines/player.js';
import { REASONS, ruleFor, type Scene, SCENES, withoutComment } from './command-lines/scenes.js';
import { PAGES, type Running, Stage } from './command-lines/stage.js';
import { contributionRow, csvOf } from './import/fixture.js';
import { orNotRun } from './kafka/test-broker.js';
import { sayNotRun } from './not-run.js';
import { NODE } from './service.js';

/**
 * Every command line that the documentation, the help and the demo show is run as it is written, from the folder of a
 * fresh clone, on a machine of its own (`command-lines/stage.ts`); where output is shown, it prints it. Nothing is
 * substituted: ports, addresses and paths are those of the line. The names of a cluster's machines (kafka-1) are names
 * of the test's own machine, where a broker is started at port 9092 and the double of KurrentDB at port 2113.
 *
 * What is there before a scene: its ledger and files. Lines that two pages share are run once.
 */
const ROOT = join(import.meta.dirname, '..');
const SCENE_TIMEOUT_MS = 600_000;
const ADDRESS = 'http://127.0.0.1:3000';
const STEPS = 'npm run demo: what to try next';

const BLOCKS: readonly Block[] = [
  ...PAGES.flatMap((page) => blocksOfPage(page, readFileSync(join(ROOT, page), 'utf8'))),
  ...blocksOfHelp(buildProgram('zh')),
  ...['bench/bench.js', 'test/soak/soak.js'].flatMap((program) => {
    const { stdout } = spawnSync(NODE, [join(ROOT, 'dist', program), '--help'], { encoding: 'utf8' });
    return blocksOfText(`${program} --help`, stdout, /^ +(?=npm run )/);
  }),
  ...blocksOfText(STEPS, nextSteps(ADDRESS).en, /^ +(?=curl )/),
];

const LINES: readonly Line[] = BLOCKS.flatMap(({ place, lines }) =>
  lines.map((line) => ({ place, line, rule: ruleFor(line, place) })),
);
const linesOf = (scene: Scene): Line[] => LINES.filter(({ rule }) => rule?.scene === scene);

const pageOf = ({ place }: Line): string => place.replace(/:\d+$/, '');

/** Programs that stand in for a server or cluster of one's own. */
const DOUBLE = script(`const { KurrentDbDouble } = await import('/tmp/clone/dist/test/kurrentdb/double.js');
await new KurrentDbDouble().start(2113);`);
const BROKER = script(`const { startLocalBroker } = await import('/tmp/clone/dist/src/kafka/local-broker.js');
await startLocalBroker('/tmp/broker');
setInterval(() => undefined, 1_000);
process.once('SIGINT', () => process.exit());`);
const BROKER_LISTENS = 'listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093\n';

function script(program: string): string {
  const words = ['node_modules/.bin/node', '--input-type=module', '-e'];
  return [...words, `'${program.replaceAll("'", '"')}\nconsole.log("ready");'`].join(' ');
}

/** A file of three lines in every form that a line names, with its control totals. */
function writeSmallFiles(stage: Stage): void {
  const rows = ['10.00', '20.00', '30.00'].map((amount) => contributionRow({ amount }));
  const { 'payer.kind': kind, 'payer.reference': reference, headcount, ...row } = rows[0]!;
  const evidence = { kind: row['evidence.kind'], number: row['evidence.number'], sha256: row['evidence.sha256'] };
  const rest = Object.fromEntries(Object.entries(row).filter(([name]) => !name.includes('.')));
  const command = { ...rest, headcount: Number.parseInt(headcount!, 10), payer: { kind, reference }, evidence };
  writeFileSync(stage.path('feed.csv'), csvOf(rows));
  writeFileSync(stage.path('feed.ndjson'), `${JSON.stringify(command)}\n`);
  writeFileSync(stage.path('feed.control.csv'), 'kind,fund,count,sum\ncontribution,employee,3,60.00\n');
}

/** A bank that has received and paid what nobody has recorded yet: its balance and the ledger's are reconciled. */
const BANK_STATEMENT = '日期,摘要,借方,贷方,余额\n2025-05-20,来款,,5.00,5.00\n2025-05-21,退回,5.00,,0.00\n';

describe('the command lines of the documentation', () => {
  it('are found on its pages, in the help and in what the demo prints', () => {
    const places = new Set(LINES.map(({ place }) => place.replace(/:\d+$/, '')));
    for (const place of ['README.md', 'CONTRIBUTING.md', 'docs/kafka.md', 'tongzhang import --help', STEPS])
      expect([...places]).toContain(place);
    expect(LINES.length).toBeGreaterThan(80);
  });

  it('are each dealt with, and none begins with a program that a clone has not', () => {
    const unknown = LINES.filter(({ rule, line }) => rule === undefined || line.startsWith('tongzhang '));
    expect(unknown.map(({ place, line }) => `${place}: ${line}`)).toEqual([]);
  });
});

const NOT_RUN = '文档中的命令行：不能另设网络与目录，未运行 the documented command lines: no namespaces, none was run';

describe('the command lines of', () => {
  let stage: Stage | undefined;
  let player: Player;
  const helpers: Running[] = [];
  beforeAll(async () => {
    const built = await Stage.build();
    if (typeof built === 'string') sayNotRun(`${NOT_RUN} (${built})`);
    else {
      stage = built;
      player = new Player(built, BLOCKS);
    }
    for (const { place, line } of linesOf('missing')) sayNotRun(`${place} ${line}: ${REASONS.missing}`);
  }, SCENE_TIMEOUT_MS);
  afterAll(async () => {
    for (const helper of helpers) await helper.interrupt();
    await stage?.strike();
  }, SCENE_TIMEOUT_MS);

  const scene = (name: string, act: (on: Stage) => Promise<void>): void =>
    it(name, () => (stage ? act(stage) : Promise.resolve()), SCENE_TIMEOUT_MS);
  const play = (name: Scene, lines = linesOf(name)): Promise<void> => player.play(lines);
  const help = async (on: Stage, line: string, begins: RegExp): Promise<void> => {
    const helper = on.start(line);
    helpers.push(helper);
    await helper.until(begins);
  };

  scene('the clone, which they leave as it was', async (on) => {
    await play('clone');
    expect(on.changes('schemas', 'test/golden', 'package-lock.json', 'src', 'docs', 'README.md')).toBe('');
  });

  scene('what takes long: its help', async (on) => {
    for (const { line } of unique(linesOf('with --help'))) {
      const typed = `${withoutComment(line)}${/ -- /.test(line) ? '' : ' --'} --help`;
      expect(await on.run(typed)).toMatchObject({ code: 0 });
    }
  });

  scene('the service', async (on) => {
    on.remove('data');
    writeFileSync(on.path('feed.csv'), csvOf([contributionRow()]));
    const lines = linesOf('service');
    const isLong = ({ rule }: Line): boolean => rule?.until !== undefined;
    const [first, ...others] = unique(lines.filter(isLong));
    expect(first!.line).toBe('npm start');
    const short = lines.filter((line) => !isLong(line));
    await player.during(first!, () => play('service', short));
    await play('service', others);
  });

  scene('small files', async (on) => {
    on.remove('data');
    writeSmallFiles(on);
    writeFileSync(on.path('bank.csv'), BANK_STATEMENT);
    // What is beside a statement has to be recorded.
    const lines = linesOf('small file');
    const isCompared = ({ line }: Line): boolean => line.includes(' reconcile ');
    await play(
      'small file',
      lines.filter((line) => !isCompared(line)),
    );
    await play('small file', lines.filter(isCompared));
  });

  scene('a month that is closed', async (on) => {
    on.remove('data/closing');
    writeSmallFiles(on);
    await play('closing');
  });

  scene('KurrentDB, by its double', async (on) => {
    await help(on, DOUBLE, /ready/);
    // Copied into before a service begins a ledger of its own there, as the page says.
    const lines = unique(linesOf('KurrentDB'));
    const isCopy = ({ line }: Line): boolean => line.includes(' copy ');
    await play('KurrentDB', lines.filter(isCopy));
    await play(
      'KurrentDB',
      lines.filter((line) => !isCopy(line)),
    );
  });

  scene('the feed of the example, on every page anew', async (on) => {
    const lines = unique(linesOf('feed'));
    for (const page of new Set(lines.map(pageOf))) {
      if (page.endsWith('.md')) on.remove('data/ledger', 'feed.csv', 'feed.control.json');
      const own = lines.filter((line) => pageOf(line) === page);
      await play('feed', own);
    }
  });

  scene('reference data', async (on) => {
    on.remove('data/new', 'data/mine', 'my-province');
    await play('reference data');
  });

  scene('questions to the ledger', () => play('ledger'));

  scene('Kafka, by a broker of this machine', async (on) => {
    if ((await orNotRun(brokerJars)) === undefined) return;
    mkdirSync(on.path('../broker'));
    writeFileSync(on.path('../broker/server.properties'), BROKER_LISTENS);
    await help(on, BROKER, /ready/);
    await play('Kafka');
  });

  scene('the demo', async () => {
    const jars = await orNotRun(brokerJars);
    const lines = unique(linesOf('demo')).filter(({ line }) => jars !== undefined || !line.includes('--kafka'));
    const steps = lines.filter(({ place }) => place === STEPS);
    const [first, ...others] = lines.filter(({ place }) => place !== STEPS);
    expect(first!.line).toBe('npm run demo');
    await player.during(first!, () => play('demo', steps));
    await play('demo', others);
  });

  scene("the demo's ledger", () => play("demo's ledger"));

  scene('all pages, with the output that they show', async () => {
    const jars = await orNotRun(brokerJars);
    const due = LINES.filter(({ rule }) => (SCENES as readonly Scene[]).includes(rule!.scene));
    const missed = due.filter(
      ({ line, rule }) => !player.hasPlayed(line) && !(jars === undefined && needsKafka(line, rule)),
    );
    expect(missed.map(({ place, line }) => `${place}: ${line}`)).toEqual([]);
    expect(player.differences()).toEqual([]);
  });
});

const needsKafka = (line: string, rule: Line['rule']): boolean => rule?.scene === 'Kafka' || line.includes('--kafka');

import { type ChildProcess, execFile, spawn, type StdioOptions } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { environment } from '../config.js';
import { LedgerError, text } from '../errors.js';

/**
 * A real Apache Kafka broker on this machine, for the demo and the tests: one node in KRaft mode, from the jars that
 * Maven brings. Never for production: one copy of everything, no TLS.
 */
export interface LocalBroker {
  /** `127.0.0.1:port`, the same after a restart. */
  readonly address: string;
  /** Of the second listener, where one was asked for. */
  readonly securedAddress: string | undefined;
  readonly pid: number;
  /** Ends the broker at once, as a power cut would (`SIGKILL`), or in good order (`SIGTERM`). */
  readonly stop: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

/** A listener beside the one without TLS and passwords. */
export interface SecuredListener {
  readonly protocol: 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';
  /** Further lines of `server.properties`. */
  readonly properties: string;
}

const POM = 'local-broker.pom.xml';
const START_TIMEOUT_MS = 120_000;
const run = promisify(execFile);
/** Java takes the names of files for what the locale says they are; they are in UTF-8, whatever the terminal is. */
const JAVA_ENVIRONMENT = { ...environment, LC_ALL: 'C.UTF-8' };

/** The project's own directory, from the source tree as well as from the build. */
function projectRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json'))) directory = dirname(directory);
  return directory;
}

/**
 * The directory with the broker's jars, brought by Maven at the first call and kept beside the installed packages.
 * @throws LedgerError unavailable where there is no Java 17 or no Maven, or Maven cannot bring them
 */
export async function brokerJars(): Promise<string> {
  const root = projectRoot();
  const pom = join(root, 'src/kafka', POM);
  const version = /<version>([0-9.]+)<\/version>/.exec(readFileSync(pom, 'utf8').split('kafka_2.13')[1]!)![1]!;
  const libraries = join(root, 'node_modules/.cache/tongzhang', `kafka-${version}`);
  try {
    // The jars may be there from another day, and Java no more.
    await run('java', ['-version']);
    if (existsSync(join(libraries, 'complete'))) return libraries;
    const copy = ['dependency:copy-dependencies', `-DoutputDirectory=${libraries}`, '-DincludeScope=runtime'];
    await run('mvn', ['-q', '-B', '-f', pom, ...copy], { env: JAVA_ENVIRONMENT });
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]!;
    throw new LedgerError(
      'unavailable',
      'no-local-broker',
      text(
        `本机不能启动 Kafka（需要 Java 17 与 Maven）：${reason}`,
        `no Kafka broker can be started here (it needs Java 17 and Maven): ${reason}`,
      ),
    );
  }
  writeFileSync(join(libraries, 'complete'), '');
  return libraries;
}

/** The files of a broker, as it names them: it runs in its own directory. */
const PROPERTIES = 'server.properties';
const LOG = 'log';

/** Starts a broker on a free port with its data in `directory`; one that was there before comes back with its data. */
export async function startLocalBroker(directory: string, secured?: SecuredListener): Promise<LocalBroker> {
  const libraries = await brokerJars();
  mkdirSync(directory, { recursive: true });
  const listeners = await listenersOf(directory, secured);
  // Its file names are relative to the directory it runs in: no path of ours, whatever signs it is made of, has to be
  // understood by a list of properties, and a directory may be moved together with its data.
  writeFileSync(join(directory, PROPERTIES), serverProperties(listeners, secured));
  const java = (...words: string[]): string[] => ['-cp', join(libraries, '*'), ...words];
  if (!existsSync(join(directory, LOG, 'meta.properties'))) {
    const { stdout } = await run('java', java('kafka.tools.StorageTool', 'random-uuid'), { env: JAVA_ENVIRONMENT });
    const format = ['format', '-t', stdout.trim().split('\n').at(-1)!, '-c', PROPERTIES];
    const options = { cwd: directory, env: JAVA_ENVIRONMENT };
    await run('java', java('kafka.tools.StorageTool', ...format, '--ignore-formatted'), options);
  }
  const output = openSync(join(directory, 'broker.log'), 'a');
  const words = ['-Xmx512m', '-XX:TieredStopAtLevel=1', ...java('kafka.Kafka', PROPERTIES)];
  const stdio: StdioOptions = ['ignore', output, output];
  const broker = spawn('java', words, { stdio, cwd: directory, env: JAVA_ENVIRONMENT });
  closeSync(output);
  // Whoever started it and ends before it leaves no broker behind.
  const abandon = (): void => void broker.kill('SIGKILL');
  process.once('exit', abandon);
  broker.once('exit', () => process.off('exit', abandon));
  const { address, securedAddress } = listeners;
  await untilListening(broker, address, join(directory, 'broker.log'));
  return { address, securedAddress, pid: broker.pid!, stop: (signal) => stopProcess(broker, signal) };
}

interface Listeners {
  readonly address: string;
  readonly securedAddress: string | undefined;
  readonly controller: string;
}

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
/** The line that `serverProperties` writes. */
const LISTENERS = /^listeners=PLAINTEXT:\/\/([0-9.:]+)(?:,[A-Z_]+:\/\/([0-9.:]+))?,CONTROLLER:\/\/([0-9.:]+)$/m;

/** Where a broker listens: where it did before, or, at its first start, on free ports. */
async function listenersOf(directory: string, secured: SecuredListener | undefined): Promise<Listeners> {
  const properties = join(directory, PROPERTIES);
  const before = existsSync(properties) ? LISTENERS.exec(readFileSync(properties, 'utf8')) : null;
  if (before) return { address: before[1]!, securedAddress: before[2], controller: before[3]! };
  const free = async (): Promise<string> => `127.0.0.1:${await freePort()}`;
  return { address: await free(), controller: await free(), securedAddress: secured && (await free()) };
}

function serverProperties({ address, securedAddress, controller }: Listeners, secured?: SecuredListener): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@${controller}
listeners=PLAINTEXT://${address},${secured ? `${secured.protocol}://${securedAddress},` : ''}CONTROLLER://${controller}
controller.listener.names=CONTROLLER
listener.security.protocol.map=${PROTOCOLS.map((name) => `${name}:${name}`).join(',')},CONTROLLER:PLAINTEXT
log.dirs=${LOG}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
${secured?.properties ?? ''}`;
}

async function untilListening(broker: ChildProcess, address: string, logFile: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (broker.exitCode !== null) break;
    if (await canConnect(Number.parseInt(address.split(':')[1]!, 10))) return;
    await sleep(100);
  }
  broker.kill('SIGKILL');
  throw new Error(`the Kafka broker did not start; its output is in ${logFile}`);
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Below the ports that systems give away by themselves: no connection of another program gets one by chance. */
const PORTS = { first: 15_000, count: 15_000 };

/** A port that nobody has, for a program that is told its port and opens it seconds later, or once more. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + randomInt(PORTS.count);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

function stopProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

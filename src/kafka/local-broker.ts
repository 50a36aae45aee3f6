import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
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
    await run('mvn', [
      '-q',
      '-B',
      '-f',
      pom,
      'dependency:copy-dependencies',
      `-DoutputDirectory=${libraries}`,
      '-DincludeScope=runtime',
    ]);
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

/** Starts a broker on a free port with its data in `directory`; one that was there before comes back with its data. */
export async function startLocalBroker(directory: string, secured?: SecuredListener): Promise<LocalBroker> {
  const libraries = await brokerJars();
  mkdirSync(directory, { recursive: true });
  const properties = join(directory, 'server.properties');
  if (!existsSync(properties)) {
    const [port, controllerPort] = [await freePort(), await freePort()];
    const more = secured && `${secured.protocol}://127.0.0.1:${await freePort()}`;
    const lines = [serverProperties(directory, port, controllerPort, more), secured?.properties ?? ''];
    writeFileSync(properties, lines.join('\n'));
    const { stdout } = await run('java', ['-cp', join(libraries, '*'), 'kafka.tools.StorageTool', 'random-uuid']);
    const format = ['kafka.tools.StorageTool', 'format', '-t', stdout.trim().split('\n').at(-1)!, '-c', properties];
    await run('java', ['-cp', join(libraries, '*'), ...format, '--ignore-formatted']);
  }
  const [, address, securedAddress] = LISTENERS.exec(readFileSync(properties, 'utf8'))!;
  const port = Number.parseInt(address!.split(':')[1]!, 10);
  const output = openSync(join(directory, 'broker.log'), 'a');
  const java = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-cp', join(libraries, '*'), 'kafka.Kafka', properties];
  const broker = spawn('java', java, { stdio: ['ignore', output, output], cwd: directory });
  // Whoever started it and ends before it leaves no broker behind.
  const abandon = (): void => void broker.kill('SIGKILL');
  process.once('exit', abandon);
  broker.once('exit', () => process.off('exit', abandon));
  await untilListening(broker, port, join(directory, 'broker.log'));
  return { address: address!, securedAddress, pid: broker.pid!, stop: (signal) => stopProcess(broker, signal) };
}

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
/** The line that `serverProperties` writes. */
const LISTENERS = /^listeners=PLAINTEXT:\/\/([0-9.:]+)(?:,[A-Z_]+:\/\/([0-9.:]+))?,CONTROLLER/m;

function serverProperties(directory: string, port: number, controllerPort: number, secured?: string): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},${secured ? `${secured},` : ''}CONTROLLER://127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
listener.security.protocol.map=${PROTOCOLS.map((name) => `${name}:${name}`).join(',')},CONTROLLER:PLAINTEXT
log.dirs=${join(directory, 'log')}
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
`;
}

async function untilListening(broker: ChildProcess, port: number, logFile: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (broker.exitCode !== null) break;
    if (await canConnect(port)) return;
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function stopProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

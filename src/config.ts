import 'reflect-metadata';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { type ErrorDetail, LedgerError, show, type Text, text } from './errors.js';
import { GIB, type ImportLimits, USUAL_LIMITS } from './import/jobs/limits.js';
import { isBlank, isSeen } from './text/foreign-text.js';
import { USUAL_BOUND_DAYS } from './time/recording-clock.js';
import {
  IsIn,
  IsOptional,
  Matches,
  ValidateBy,
  type ValidateByOptions,
  type ValidationArguments,
  Validator,
} from './validation.js';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How the service runs. */
export interface Config {
  /** Where the ledger's files are, absolute; created where there is nothing. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What the service may be asked as beside its own address: `host` or `host:port`. */
  readonly allowedHosts: readonly string[];
  readonly logLevel: LogLevel;
  /** How far the clock may lie from the last recorded time before nothing is recorded any more, in days. */
  readonly clockBoundDays: number;
  readonly imports: Pick<ImportLimits, 'mostWaiting' | 'mostBytes' | 'keepDays'>;
  /** `esdb://…`: the log is there; without it, it is a file in the data directory. */
  readonly eventStoreUrl?: string;
  /** With which the names of the ledger's streams begin there; absent where nothing was chosen. */
  readonly eventStorePrefix?: string;
  /** Where the events are delivered; without it they are not. */
  readonly kafka?: KafkaConfig | undefined;
}

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type SaslMechanism = (typeof SASL_MECHANISMS)[number];

/** The Kafka that events are delivered to. */
export interface KafkaConfig {
  /** `host:port` of some brokers; the others are learnt from them. */
  readonly brokers: readonly string[];
  readonly topic: string;
  /** Of a topic that has to be created. */
  readonly partitions: number;
  readonly replication: number;
  /** False: the topics must be there already. */
  readonly createTopics: boolean;
  /** `ce_source` of every message. */
  readonly source: string;
  /** TLS, trusting the authorities of a PEM file, or, where there is no file, those that Node trusts. */
  readonly tls?: { readonly caFile?: string };
  readonly sasl?: { readonly mechanism: SaslMechanism; readonly username: string; readonly password: string };
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The environment, for whoever starts something: the only place that looks at it. */
export const environment: Variables = process.env;

const says = (expected: Text): { context: { expected: Text } } => ({ context: { expected } });
const rule = (
  name: string,
  validate: (value: unknown, context?: ValidationArguments) => boolean,
): ValidateByOptions => ({
  name,
  validator: { validate, defaultMessage: () => name },
});
const isPort = (value: unknown): boolean => /^[0-9]{1,5}$/.test(String(value)) && Number(value) <= 65_535;
const isCount = (value: unknown): boolean => /^[1-9][0-9]{0,3}$/.test(String(value));
const isHost = (value: unknown): boolean =>
  isIP(String(value)) !== 0 || /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(String(value));

/**
 * A path that names nothing, or has something in it that is not seen, was not meant; nor was one that begins with the
 * sign for somebody's home, which a shell would have replaced.
 */
const isPath = (value: unknown): boolean => typeof value === 'string' && isSeen(value) && !value.startsWith('~');

const TRUE_OR_FALSE = says(text('true 或 false', 'true or false'));
const COUNT = says(text('1 至 9999 的整数', 'an integer from 1 to 9999'));
const TOPIC = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,200}$/;
const HOSTS = /^[A-Za-z0-9._-]+(:[0-9]{1,5})?$|^\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?$/;
const areHosts = (value: unknown): boolean =>
  String(value)
    .split(',')
    .every((host) => HOSTS.test(host.trim()));
/** What may begin a stream's name; `$` is the server's own. */
const PREFIX = /^[A-Za-z0-9._~-]{0,100}$/;
const BROKERS = /^[A-Za-z0-9.:[\]-]+:[0-9]{1,5}(,[A-Za-z0-9.:[\]-]+:[0-9]{1,5})*$/;

/**
 * The variables of the environment the service looks at, with their defaults. An empty optional one counts as absent.
 */
class Environment {
  @ValidateBy(
    rule('path', isPath),
    says(
      text(
        '目录的路径，字符均可见，不以 ~ 开头（由 shell 展开）',
        'the path of a directory, nothing in it unseen, without the ~ that a shell replaces',
      ),
    ),
  )
  DATA_DIR = './data/ledger';

  @ValidateBy(rule('host', isHost), says(text('主机名或 IP 地址', 'a host name or an IP address')))
  HOST = '127.0.0.1';

  @ValidateBy(rule('port', isPort), says(text('0 至 65535 的端口', 'a port from 0 to 65535')))
  PORT = '3000';

  @IsOptional()
  @ValidateBy(
    rule('hosts', areHosts),
    says(
      text(
        '以逗号分隔的 主机 或 主机:端口，如 ledger,[::1]:8080',
        'host or host:port, separated by commas, e.g. ledger,[::1]:8080',
      ),
    ),
  )
  ALLOWED_HOSTS: string | undefined = undefined;

  @IsIn([...LOG_LEVELS], says(text(`${LOG_LEVELS.join('、')} 之一`, `one of ${LOG_LEVELS.join(', ')}`)))
  LOG_LEVEL = 'info';

  @ValidateBy(rule('count', isCount), COUNT)
  CLOCK_BOUND_DAYS = String(USUAL_BOUND_DAYS);

  @ValidateBy(rule('count', isCount), COUNT)
  IMPORTS_WAITING = String(USUAL_LIMITS.mostWaiting);

  @ValidateBy(rule('count', isCount), COUNT)
  IMPORTS_GIB = String(USUAL_LIMITS.mostBytes / GIB);

  @ValidateBy(rule('count', isCount), COUNT)
  IMPORTS_KEEP_DAYS = String(USUAL_LIMITS.keepDays);

  @IsOptional()
  @Matches(
    /^(esdb|kurrentdb)(\+discover)?:\/\/./,
    says(text('esdb:// 或 kurrentdb:// 地址', 'esdb:// or kurrentdb://')),
  )
  EVENT_STORE_URL: string | undefined = undefined;

  @IsOptional()
  @Matches(PREFIX, says(text('至多 100 个字母、数字或 . _ ~ -', 'at most 100 letters, digits, or . _ ~ -')))
  EVENT_STORE_PREFIX: string | undefined = undefined;

  @IsOptional()
  @Matches(BROKERS, says(text('以逗号分隔的 主机:端口', 'host:port, separated by commas')))
  KAFKA_BROKERS: string | undefined = undefined;

  @Matches(TOPIC, says(text('Kafka 主题名，至多 200 字符', 'the name of a Kafka topic, at most 200 characters')))
  KAFKA_TOPIC = 'tongzhang.ledger.events.v1';

  @ValidateBy(rule('count', isCount), COUNT)
  KAFKA_PARTITIONS = '6';

  @ValidateBy(rule('count', isCount), COUNT)
  KAFKA_REPLICATION = '1';

  @IsIn(['true', 'false'], TRUE_OR_FALSE)
  KAFKA_CREATE_TOPICS = 'true';

  @Matches(/^[!-~]{1,200}$/, says(text('URI 引用，如 /tongzhang', 'a URI reference, e.g. /tongzhang')))
  KAFKA_SOURCE = '/tongzhang';

  @IsIn(['true', 'false'], TRUE_OR_FALSE)
  KAFKA_TLS = 'false';

  @IsOptional()
  @ValidateBy(rule('path', isPath), says(text('PEM 文件的路径，字符均可见', 'the path of a PEM file, nothing unseen')))
  KAFKA_CA_FILE: string | undefined = undefined;

  @IsOptional()
  @IsIn([...SASL_MECHANISMS], says(text(`${SASL_MECHANISMS.join('、')} 之一`, `one of ${SASL_MECHANISMS.join(', ')}`)))
  KAFKA_SASL_MECHANISM: string | undefined = undefined;

  @ValidateBy(rule('username', isNamedWithMechanism), says(text('用户名', 'a user name')))
  KAFKA_SASL_USERNAME: string | undefined = undefined;

  @ValidateBy(rule('password', isNamedWithMechanism), says(text('密码', 'a password')))
  KAFKA_SASL_PASSWORD: string | undefined = undefined;
}

/** The credentials belong to a mechanism: there must be all three or none. */
function isNamedWithMechanism(value: unknown, context?: ValidationArguments): boolean {
  if (typeof value === 'string' && isBlank(value)) return false;
  return (value === undefined) === ((context?.object as Environment | undefined)?.KAFKA_SASL_MECHANISM === undefined);
}

const SECRET = new Set(['KAFKA_SASL_PASSWORD', 'EVENT_STORE_URL']);
/** An empty one says something else than none. */
const MAY_BE_EMPTY = new Set(['EVENT_STORE_PREFIX']);
const isOptional = (name: string): boolean => new Environment()[name as keyof Environment] === undefined;

/**
 * Reads the environment, once, at start. Paths are absolute from here on: they are handed to threads and to processes
 * whose working directory is another.
 * @throws LedgerError invalid, naming every variable that is wrong, what was expected and what came
 */
export function readConfig(variables: Variables): Config {
  const environment = new Environment();
  for (const name of Object.keys(environment) as (keyof Environment)[]) {
    const value = variables[name];
    if (value !== undefined && !(value === '' && isOptional(name) && !MAY_BE_EMPTY.has(name)))
      environment[name] = value;
  }
  const details = new Validator().validateSync(environment).map(({ property, value, contexts }): ErrorDetail => {
    const { expected } = Object.values(contexts!)[0] as { expected: Text };
    return { pointer: property, code: 'environment', expected, got: SECRET.has(property) ? '…' : show(value) };
  });
  if (details.length > 0)
    throw new LedgerError(
      'invalid',
      'environment',
      text('环境变量不符合要求', 'the environment is not valid'),
      details,
    );
  return {
    dataDir: resolve(environment.DATA_DIR),
    host: environment.HOST,
    port: Number(environment.PORT),
    allowedHosts: environment.ALLOWED_HOSTS?.split(',').map((host) => host.trim()) ?? [],
    logLevel: environment.LOG_LEVEL as LogLevel,
    clockBoundDays: Number(environment.CLOCK_BOUND_DAYS),
    imports: {
      mostWaiting: Number(environment.IMPORTS_WAITING),
      mostBytes: Number(environment.IMPORTS_GIB) * GIB,
      keepDays: Number(environment.IMPORTS_KEEP_DAYS),
    },
    ...(environment.EVENT_STORE_URL !== undefined && { eventStoreUrl: environment.EVENT_STORE_URL }),
    ...(environment.EVENT_STORE_PREFIX !== undefined && { eventStorePrefix: environment.EVENT_STORE_PREFIX }),
    ...(environment.KAFKA_BROKERS !== undefined && { kafka: kafkaOf(environment, environment.KAFKA_BROKERS) }),
  };
}

function kafkaOf(environment: Environment, brokers: string): KafkaConfig {
  const { KAFKA_CA_FILE: caFile, KAFKA_SASL_MECHANISM: mechanism } = environment;
  const { KAFKA_SASL_USERNAME: username = '', KAFKA_SASL_PASSWORD: password = '' } = environment;
  return {
    brokers: brokers.split(','),
    topic: environment.KAFKA_TOPIC,
    partitions: Number(environment.KAFKA_PARTITIONS),
    replication: Number(environment.KAFKA_REPLICATION),
    createTopics: environment.KAFKA_CREATE_TOPICS === 'true',
    source: environment.KAFKA_SOURCE,
    ...(environment.KAFKA_TLS === 'true' && { tls: { ...(caFile !== undefined && { caFile: resolve(caFile) }) } }),
    ...(mechanism !== undefined && { sasl: { mechanism: mechanism as SaslMechanism, username, password } }),
  };
}

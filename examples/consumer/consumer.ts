import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type EachBatchPayload, Kafka, logLevel } from 'kafkajs';

/**
 * A reader of the topic `tongzhang.ledger.events.v1`, as another team would write it: it keeps the balance of every
 * fund from the messages alone, reading committed, from the beginning, and needs nothing else of the ledger. One file
 * without a build: `node examples/consumer/consumer.ts --help`.
 */

const HELP = `用法  Usage: npx node examples/consumer/consumer.ts [options]

  --brokers <host:port,…>  默认 default 127.0.0.1:9092
  --topic <topic>          默认 default tongzhang.ledger.events.v1
  --from <day>             默认为截止日当年 1 月 1 日 default 1 January of the last day's year
  --to, --as-of <day>      截止日（业务日期），默认不限 last business day, default: all
  --follow                 继续读并在变化后再次打印 go on reading and print again after changes
  --json                   以元打印 JSON print JSON in yuan
`;

/** An amount of the ledger in fen: a JS number never holds one. */
type Fen = bigint;

interface Entry {
  readonly account: string;
  readonly debit?: string;
  readonly credit?: string;
}

/** What this reader looks at in an event. It lets pass what it does not know. */
interface LedgerEvent {
  readonly fund: string;
  readonly businessDate: string;
  readonly entries?: readonly Entry[];
}

/** What one business day did to a fund. */
interface Day {
  opened: Fen;
  income: Fen;
  expenditure: Fen;
}

interface Line {
  readonly opening: Fen;
  readonly income: Fen;
  readonly expenditure: Fen;
  readonly closing: Fen;
}

/** What the levels of administration pay each other is neither income nor expenditure of a fund as a whole. */
const BETWEEN_LEVELS = new Set([
  'income.from-above',
  'income.from-below',
  'expenditure.to-below',
  'expenditure.to-above',
]);
/** The funds that make up basic medical insurance. */
const BASIC = ['employee', 'resident'];

/** Every fund, every business day. A correction in red has negative amounts and adds up like any other. */
const days = new Map<string, Map<string, Day>>();
const { values: options } = parseArgs({
  options: {
    brokers: { type: 'string', default: '127.0.0.1:9092' },
    topic: { type: 'string', default: 'tongzhang.ledger.events.v1' },
    from: { type: 'string' },
    to: { type: 'string' },
    'as-of': { type: 'string' },
    follow: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const parseFen = (yuan: string): Fen => BigInt(yuan.replace('.', ''));

function formatFen(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 亿元 with two digits, halves away from zero. */
function formatYi(fen: Fen): string {
  const half = fen < 0n ? -50_000_000n : 50_000_000n;
  return formatFen((fen + half) / 100_000_000n);
}

function take({ fund, businessDate, entries = [] }: LedgerEvent): void {
  for (const { account, debit = '0.00', credit = '0.00' } of entries) {
    if (BETWEEN_LEVELS.has(account)) continue;
    const credited = parseFen(credit) - parseFen(debit);
    if (account.startsWith('net.')) dayOf(fund, businessDate).opened += credited;
    else if (account.startsWith('income.')) dayOf(fund, businessDate).income += credited;
    else if (/^(benefits|serious-illness|expenditure\..*)$/.test(account))
      dayOf(fund, businessDate).expenditure -= credited;
  }
}

function dayOf(fund: string, businessDate: string): Day {
  const ofFund = days.get(fund) ?? new Map<string, Day>();
  const day = ofFund.get(businessDate) ?? { opened: 0n, income: 0n, expenditure: 0n };
  days.set(fund, ofFund.set(businessDate, day));
  return day;
}

/** The line of a fund: closing is what it opened with, and all income less all expenditure to the last day. */
function lineOf(fund: string): Line {
  const to = options.to ?? options['as-of'] ?? '9999-12-31';
  const from = options.from ?? (to.startsWith('9999') ? '' : `${to.slice(0, 4)}-01-01`);
  const sum = { income: 0n, expenditure: 0n, closing: 0n };
  for (const [day, { opened, income, expenditure }] of days.get(fund) ?? []) {
    if (day > to) continue;
    sum.closing += opened + income - expenditure;
    if (day < from) continue;
    sum.income += income;
    sum.expenditure += expenditure;
  }
  return { ...sum, opening: sum.closing - sum.income + sum.expenditure };
}

const add = (a: Line, b: Line): Line => ({
  opening: a.opening + b.opening,
  income: a.income + b.income,
  expenditure: a.expenditure + b.expenditure,
  closing: a.closing + b.closing,
});

function print(): void {
  const lines = [...days.keys()].sort().map((fund): [string, Line] => [fund, lineOf(fund)]);
  const basic = BASIC.map(lineOf).reduce(add);
  const all: [string, Line][] = [...lines, ['basic insurance', basic]];
  if (options.json) {
    const yuan = ({ opening, income, expenditure, closing }: Line): object =>
      Object.fromEntries(Object.entries({ opening, income, expenditure, closing }).map(([k, v]) => [k, formatFen(v)]));
    process.stdout.write(`${JSON.stringify(Object.fromEntries(all.map(([fund, line]) => [fund, yuan(line)])))}\n`);
    return;
  }
  const heading = ['亿元 10^8 yuan', 'opening', 'income', 'expenditure', 'balance', 'balance in yuan'];
  const rows = all.map(([fund, { opening, income, expenditure, closing }]) => [
    fund,
    ...[opening, income, expenditure, closing].map(formatYi),
    formatFen(closing),
  ]);
  // A Chinese character takes two places of a terminal.
  const width = (cell: string): number => cell.length + (cell.match(/[\u4e00-\u9fff]/g)?.length ?? 0);
  const widths = heading.map((_, column) => Math.max(...[heading, ...rows].map((row) => width(row[column]!))));
  const cell = (text: string, column: number): string => {
    const space = ' '.repeat(widths[column]! - width(text));
    return column === 0 ? text + space : space + text;
  };
  process.stdout.write(`${[heading, ...rows].map((row) => row.map(cell).join('  ')).join('\n')}\n`);
}

/** Reads the topic from its beginning; resolves when all is read that was there at the start. */
async function read(kafka: Kafka, changed: () => void): Promise<() => Promise<void>> {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(options.topic).finally(() => admin.disconnect());
  const ahead = new Map(offsets.filter(({ low, high }) => low !== high).map((each) => [each.partition, each.high]));
  const consumer = kafka.consumer({ groupId: `tongzhang-balances-${randomUUID()}`, readUncommitted: false });
  const caughtUp = Promise.withResolvers<void>();
  if (ahead.size === 0) caughtUp.resolve();
  await consumer.connect();
  await consumer.subscribe({ topic: options.topic, fromBeginning: true });
  // What ends a transaction is a record too, which no message shows: the end of a batch tells how far it was.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    const high = ahead.get(payload.partition);
    if (high !== undefined && BigInt(payload.lastOffset) + 2n >= BigInt(high)) ahead.delete(payload.partition);
    if (ahead.size === 0) caughtUp.resolve();
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) caughtUp.reject(payload.error);
  });
  const eachBatch = async ({ batch }: EachBatchPayload): Promise<void> => {
    for (const { value } of batch.messages) take(JSON.parse(String(value)) as LedgerEvent);
    changed();
  };
  await consumer.run({ autoCommit: false, eachBatch });
  await caughtUp.promise;
  return () => consumer.disconnect();
}

async function main(): Promise<void> {
  if (options.help) return void process.stdout.write(HELP);
  const kafka = new Kafka({
    clientId: 'tongzhang-consumer-example',
    brokers: options.brokers.split(','),
    logLevel: logLevel.NOTHING,
  });
  let hasChanged = true;
  const disconnect = await read(kafka, () => (hasChanged = true));
  do {
    if (hasChanged) print();
    hasChanged = false;
    if (options.follow) await sleep(1_000);
  } while (options.follow);
  await disconnect();
}

await main();

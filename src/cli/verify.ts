import { type Command } from 'commander';
import { type Breach, INVARIANTS } from '../audit/breach.js';
import { auditLedger, type LedgerAudit } from '../audit/ledger-audit.js';
import { type Transfer, type Transfers } from '../audit/transfer-audit.js';
import { environment, readConfig } from '../config.js';
import { readConfirmedClock } from '../time/confirmed-clock.js';
import { type Language, type Text, text } from '../errors.js';
import { visible } from '../text/foreign-text.js';
import { DAY_MS } from '../time/recording-clock.js';
import { both, EXIT, globalsOf } from './globals.js';
import { leaveRecord } from './leave-record.js';
import { demandLog } from './log-place.js';
import { phaseBars } from './progress-bar.js';
import { toStandardOutput } from './terminal.js';

/** `tongzhang verify`: everything an auditor may demand of the log, checked from the first event to the last. */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description(
      both(text('逐条核验日志的不变量、哈希与文件', 'check every invariant of the log, its hashes, its file')),
    )
    .addHelpText('after', HELP)
    .action(async (_options: object, command: Command) => {
      const globals = globalsOf(command);
      const { json, language } = globals;
      const { place, paths } = demandLog(globals);
      const { clockBoundDays } = readConfig({ ...environment, DATA_DIR: globals.dataDir });
      const confirmed = readConfirmedClock(paths.confirmedClock);
      const clock = { nowMs: Date.now(), boundMs: clockBoundDays * DAY_MS, confirmed };
      const started = performance.now();
      const shown = phaseBars(PHASES);
      const audit = await auditLedger(place, paths.read, shown, clock).finally(shown.end);
      const seconds = (performance.now() - started) / 1_000;
      toStandardOutput(json ? `${JSON.stringify(auditJson(audit, seconds))}\n` : printAudit(audit, seconds, language));
      process.exitCode = audit.breachCount === 0 ? EXIT.done : EXIT.checkFailed;
      const { events, position, breachCount, noteCount } = audit;
      await leaveRecord(globals, 'verification', {
        by: 'command',
        events,
        position,
        breachCount,
        noteCount,
        seconds: roundedSeconds(seconds),
      });
    });
}

const HELP = `
只读日志：服务运行时也可执行；结果记在数据目录的 last-verification.json。有不符者逐条列出（最多 100 条），退出码 1。
按当时规则记账而现行规则不准者，以及入账时间的跳跃与时钟的偏差，只作提示。
Only reads the log, so a service may run meanwhile; what came of it is left in last-verification.json of the data
directory. Lists what does not hold, at most 100, and ends with exit code 1. What was recorded under rules of its time,
and would be refused today, is a note and no breach; so are steps of recorded time beyond CLOCK_BOUND_DAYS, and a clock
that is off.

示例  Examples:
  $ npx tongzhang verify
  $ npx tongzhang --data data/demo verify --json`;

const PHASES: Readonly<Record<'store' | 'walk', Text>> = {
  store: text('存储', 'store'),
  walk: text('不变量', 'invariants'),
};

function auditJson({ claims, ...audit }: LedgerAudit, seconds: number): object {
  const readTables = claims.map(({ projection, position }) => ({ projection, position }));
  return { ok: audit.breachCount === 0, ...audit, readTables, seconds: roundedSeconds(seconds) };
}

const roundedSeconds = (seconds: number): number => Math.round(seconds * 1_000) / 1_000;

function printAudit(audit: LedgerAudit, seconds: number, language: Language): string {
  const { events, position, breaches, breachCount, notes, noteCount, transfers, claims } = audit;
  const tables = claims.map((claim) => `${claim.projection} ${claim.position}`).join(', ');
  const facts = [
    text(
      `核验 ${events} 个事件，至位置 ${position}，用时 ${seconds.toFixed(1)} 秒`,
      `Checked ${events} events up to position ${position} in ${seconds.toFixed(1)} s`,
    ),
    tables === ''
      ? text('没有可比对的查询视图', 'There are no read tables to compare')
      : text(`与查询视图比对：${tables}`, `Compared with the read tables: ${tables}`),
    ...transferFacts(transfers),
    ...notesOf(notes, noteCount),
    ...verdict(breaches, breachCount),
  ];
  return `${facts.map((fact) => visible(fact[language])).join('\n')}\n`;
}

const MOST_TRANSFERS = 100;

/** Counts first, then what is open; at last what is matched by several vouchers on a side, for a person to judge. */
function transferFacts({ matched, inTransit, unmatched, repeated }: Transfers): Text[] {
  const [ahead, behind, again] = [inTransit.length, unmatched.length, repeated.length];
  const open = new Set([...inTransit, ...unmatched]);
  const matchedAgain = repeated.filter((each) => !open.has(each));
  return [
    text(
      `上下级往来：相符 ${matched} 笔，在途 ${ahead} 笔，已收未付 ${behind} 笔`,
      `Flows between levels: ${matched} matched, ${ahead} in transit, ${behind} received but not sent`,
    ),
    ...listed([...open]),
    ...(again > 0
      ? [text(`其中一方有多张凭证的 ${again} 笔`, `Of these, ${again} with several vouchers on a side`)]
      : []),
    ...listed(matchedAgain),
  ];
}

const listed = (transfers: readonly Transfer[]): Text[] => [
  ...transfers.slice(0, MOST_TRANSFERS).map(transferLine),
  ...restOf(transfers.length - MOST_TRANSFERS, ALL_TRANSFERS),
];

const ALL_TRANSFERS = text('--json 列出全部', '--json lists all');

function transferLine({ fund, direction, sender, receiver, transferId, sent, received }: Transfer): Text {
  const sides = (list: Transfer['sent']): string =>
    list.map(({ businessDate, amount }) => `${businessDate} ${amount}`).join(', ') || '-';
  const [zh, en] = direction === 'up' ? ['上解', 'up'] : ['补助下级', 'down'];
  const pair = `${sender ?? '-'} → ${receiver ?? '-'}`;
  return text(
    `  ${transferId} ${fund} ${zh} ${pair}：付 ${sides(sent)}；收 ${sides(received)}`,
    `  ${transferId} ${fund} ${en} ${pair}: sent ${sides(sent)}; received ${sides(received)}`,
  );
}

/** What is worth knowing and no breach. */
function notesOf(notes: readonly Breach[], count: number): Text[] {
  if (count === 0) return [];
  return [
    text(`另有 ${count} 处可知而非不符：`, `${count} notes, which are no breaches:`),
    ...notes.map(breachLine),
    ...restOf(count - notes.length, ONE_BY_ONE),
  ];
}

function verdict(breaches: readonly Breach[], count: number): Text[] {
  const [first] = breaches;
  if (!first) return [text('全部通过', 'Everything holds')];
  return [
    text(`有 ${count} 处不符，第一处在${placeOf(first).zh}：`, `${count} breaches, the first at ${placeOf(first).en}:`),
    ...breaches.map(breachLine),
    ...restOf(count - breaches.length, ONE_BY_ONE),
  ];
}

/** That a list ends before there are no more, and how to see the rest. */
const restOf = (count: number, how: Text): Text[] =>
  count > 0 ? [text(`  另有 ${count} 处：${how.zh}`, `  and ${count} more: ${how.en}`)] : [];

const ONE_BY_ONE = text('处理以上各处后再核验', 'see to those above and verify again');

function placeOf({ position, id }: Breach): Text {
  if (position === undefined) return text('整个日志', 'the log as a whole');
  return text(`位置 ${position}${id ? ` ${id}` : ''}`, `position ${position}${id ? ` ${id}` : ''}`);
}

function breachLine(breach: Breach): Text {
  const { invariant, expected, got } = breach;
  const name = INVARIANTS[invariant];
  const place = placeOf(breach);
  return text(
    `  ${place.zh} ${invariant} ${name.zh}：应为 ${expected}，实为 ${got}`,
    `  ${place.en} ${invariant}: ${name.en}: expected ${expected}, got ${got}`,
  );
}

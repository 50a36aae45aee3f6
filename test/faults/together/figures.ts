import { percentile } from '../../../bench/figure.js';
import { type Seen } from '../everything-at-once.js';
import { type Answering } from './journal.js';

/** The figures of a run, as lines to be printed. */
export function figuresOf(seen: Seen): string[] {
  const { journal, crowd, healings, begin, end, stop, events } = seen;
  const again = journal.wanted.filter(({ refused }) => refused > 0).length;
  return [
    'honest requests',
    ...table([
      ['phase', 'what', 'asked', 'p50 ms', 'p95', 'p99', 'max', 'answers'],
      ...[...Map.groupBy(journal.answers, ({ phase, what }) => `${phase}\t${what}`)]
        .toSorted(([a], [b]) => PHASES.indexOf(a.split('\t')[0]!) - PHASES.indexOf(b.split('\t')[0]!))
        .map(([name, answers]) => [...name.split('\t'), ...rowOf(answers)]),
    ]),
    `${journal.wanted.length} vouchers, ${again} of them told to come again, ${journal.open.length} never recorded`,
    `${journal.files.length} files, ${journal.believed.length} balances answered, ${events} events`,
    `hostile connections at once: ${crowd.mean} on average, ${crowd.most} at most`,
    ...table([
      ['kind', 'opened', 'closed by the service', 'reset by it', 'answers'],
      ...Object.entries(crowd.kinds).map(([name, { opened, closedByService, reset, answers }]) => [
        name,
        String(opened),
        String(closedByService),
        String(reset),
        counted(Object.entries(answers)),
      ]),
    ]),
    'healed, in ms after the cause was gone',
    ...table([
      ['after', 'recorded', 'shown', 'ready'],
      ...healings.map(({ after, ...times }) => [
        after,
        ...[times.recordedMs, times.shownMs, times.readyMs].map((ms) => String(Math.round(ms))),
      ]),
    ]),
    `memory ${begin.residentMib} MiB at the beginning, ${end.residentMib} at the end, ${end.peakMib} at its peak`,
    `open files ${begin.files} and ${end.files}, sockets ${begin.sockets} and ${end.sockets}`,
    `SIGTERM in the midst of it: exit code ${stop.code} after ${(stop.ms / 1_000).toFixed(1)} s`,
    'what the service said',
    ...[...seen.said]
      .toSorted(([, a], [, b]) => b.count - a.count)
      .map(([message, { count }]) => `  ${count} × ${message}`),
  ];
}

const PHASES = ['calm', 'hostile clients', '+ full disk', 'healing', '+ damaged tables', '+ both', 'stopping'];

function rowOf(answers: readonly Answering[]): string[] {
  const times = answers.map(({ ms }) => ms);
  const percents = [50, 95, 99, 100].map((percent) => percentile(times, percent).toFixed(0));
  const outcomes = [...Map.groupBy(answers, ({ outcome }) => outcome)].map(([name, all]): [string, number] => [
    name,
    all.length,
  ]);
  return [String(answers.length), ...percents, counted(outcomes)];
}

const counted = (outcomes: readonly (readonly [string, number])[]): string =>
  outcomes
    .toSorted((a, b) => b[1] - a[1])
    .map(([name, count]) => `${count} × ${name}`)
    .join(', ');

/** Columns under one another. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd());
}

import { hash } from 'node:crypto';
import { findKind } from '../../src/catalogue/registry.js';
import { parseEventId } from '../../src/event-store/event-store.js';
import { bookStream } from '../../src/kinds/kind.js';
import { feed } from '../hainan-2025/feed.js';
import { DEFAULT_EVENTS, DEFAULT_SEED } from '../hainan-2025/generate.js';
import { commandOf } from '../hainan-2025/line.js';
import { yearFeed } from './feed.js';
import { type YearLine } from './line.js';

/** A line as it is imported. */
export type FollowingLine = Pick<YearLine, 'kind' | 'command'>;

/**
 * The feed of 2025 as it runs on top of the closed year: without its openings, which the year has led to, and with the
 * vouchers it takes back where they now stand. Behind it 2024 is corrected in blue.
 */
export function* followingYear(): Generator<FollowingLine, void> {
  const year = yearFeed();
  const last = new Map<string, number>();
  for (const { id, stream } of year) last.set(stream, parseEventId(id)!.revision);
  for (const line of feed(DEFAULT_SEED, DEFAULT_EVENTS)) {
    if (line.kind === 'opening-balance') continue;
    const command = commandOf(line);
    const reverses = command['reverses'];
    if (typeof reverses === 'string') command['reverses'] = movedBy(reverses, last);
    yield { kind: line.kind, command };
  }
  yield* blueCorrections(year);
}

/** The opening had revision 0, which the last of the closed year has now. */
function movedBy(id: string, last: ReadonlyMap<string, number>): string {
  const { stream, revision } = parseEventId(id)!;
  return `${stream}-${last.get(stream)! + revision}`;
}

const HAIKOU = { fund: 'employee', unit: '460100' };

/**
 * Two corrections of 2024 in 2025: the interest of which the pool had 70 % by experience was three fifths the pool's,
 * and a hospital has paid back what it was paid twice. The second is dated behind the published figures of May.
 */
export function* blueCorrections(year: readonly YearLine[]): Generator<FollowingLine, void> {
  const idOf = (note: string): string => year.find(({ command }) => command['note'] === note)!.id;
  yield correction('2025-03-10', 1, {
    corrects: idOf('定期存款利息，份额待定'),
    reason: '待转利息按经验比例分配，份额确定后调整',
    debits: { 'net.pool': '25000.00' },
    credits: { 'net.personal': '25000.00' },
  });
  yield correction('2025-06-16', 2, {
    corrects: idOf('四月门诊结算（更正）'),
    reason: '上年多付门诊待遇，已由医院退回',
    debits: { 'fiscal-account': '800.00' },
    credits: { 'income.other/prior-year-recoveries@pool': '800.00' },
  });
}

function correction(businessDate: string, serial: number, fields: object): FollowingLine {
  const kind = 'prior-year-correction';
  const number = `GZ-${businessDate}-${serial}`;
  const evidence = {
    ...(findKind(kind)!.example['evidence'] as object),
    number,
    sha256: hash('sha256', `hainan-2024:${bookStream(HAIKOU.fund, HAIKOU.unit)}:${number}`),
  };
  const people = { maker: `m-${HAIKOU.unit}-1`, reviewer: `r-${HAIKOU.unit}-2` };
  return { kind, command: { ...HAIKOU, businessDate, ...fields, evidence, ...people, note: '蓝字更正2024年度' } };
}

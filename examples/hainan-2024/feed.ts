import { hash } from 'node:crypto';
import { findKind } from '../../src/catalogue/registry.js';
import { bookStream } from '../../src/kinds/kind.js';
import { type LedgerCommand } from '../../src/kinds/commands.js';
import { budgets } from '../hainan-2025/budget.js';
import { enforcement } from '../hainan-2025/enforcement.js';
import { DEFAULT_SEED } from '../hainan-2025/generate.js';
import { type Opening, openingsOf } from '../hainan-2025/openings.js';
import { FIRST_DAY } from './calendar.js';
import { type Draft, draft } from './draft.js';
import { caseDrafts, channelDrafts, providerDrafts, publishedDrafts } from './enforcement.js';
import { type YearLine } from './line.js';
import { closingDrafts, monthlyDrafts } from './months.js';
import { endsOf, openingsBefore } from './openings.js';
import * as stories from './stories.js';
import { advanceDrafts, budgetDrafts, enrolmentDrafts, transferDrafts } from './yearly.js';

/** What each book of 2025 opens with. */
export function openingsOf2025(): Opening[] {
  return Object.values(budgets(enforcement(DEFAULT_SEED))).flatMap(openingsOf);
}

/**
 * The lines of 2024 in the order of the file: day by day, money in before money out, and what closes a month behind it.
 * What each book opens with is worked out backwards, so that the closed year ends where 2025 begins.
 */
export function yearFeed(): YearLine[] {
  const ends = openingsOf2025();
  const lines = new YearWriter().write(inOrder(allDrafts(ends)));
  const openings = openingsBefore(lines, endsOf(ends));
  for (const { kind, command, stream } of lines)
    if (kind === 'opening-balance') command['balances'] = openings.get(stream);
  return lines;
}

const allDrafts = (ends: readonly Opening[]): Draft[] => [
  ...ends.map(({ fund, unit }) =>
    draft(
      'opening-balance',
      { fund, unit, date: FIRST_DAY },
      '2024年期初余额',
      {},
      { label: `opening/${fund}/${unit}` },
    ),
  ),
  ...monthlyDrafts(),
  ...transferDrafts(),
  ...enrolmentDrafts(),
  ...advanceDrafts(ends),
  ...budgetDrafts(),
  ...Object.values(stories).flatMap((story) => story()),
  ...caseDrafts(),
  ...channelDrafts(),
  ...providerDrafts(),
  ...publishedDrafts(),
  ...closingDrafts(ends),
];

/** Where a kind stands in its day: what is not named here brings money in, or moves none. */
const PHASES: readonly (readonly string[])[] = [
  ['opening-balance'],
  [],
  ['money-movement'],
  [
    'payout',
    'serious-illness-premium',
    'advance-payment',
    'remittance-up',
    'funding-down',
    'contribution-refund',
    'suspense-release',
    'inbound-care-payment',
    'loan-repayment',
    'personal-transfer-out',
    'reversal',
    'misdirected-fine-forwarding',
    'risk-fund-use',
    'liability-write-off',
    'advance-write-off',
  ],
  ['period-close'],
  ['period-reopening'],
  ['year-close'],
];
const REST = 1;

function inOrder(drafts: readonly Draft[]): Draft[] {
  const keyOf = ({ kind, date, recordedOn = date }: Draft): string => {
    const phase = PHASES.findIndex((kinds) => kinds.includes(kind));
    return `${recordedOn} ${phase < 0 ? REST : phase}`;
  };
  const keyed = drafts.map((one) => [keyOf(one), one] as const);
  return keyed.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, one]) => one);
}

/** Gives each draft its evidence, its people and its id, and the ids it names. */
class YearWriter {
  private readonly revisions = new Map<string, number>();
  private readonly labels = new Map<string, string>();
  private serial = 0;

  write(drafts: readonly Draft[]): YearLine[] {
    return drafts.map((one) => this.line(one));
  }

  private line({ kind, fund, unit, date, note, fields, label, names }: Draft): YearLine {
    this.serial += 1;
    const number = `${fund}-${unit}-${date}-${this.serial}`;
    const definition = findKind(kind)!;
    const command: Record<string, unknown> = { fund, unit, businessDate: date, ...fields };
    if (names) command[names.field] = this.labels.get(names.label);
    command['evidence'] = {
      ...(definition.example['evidence'] as object),
      number,
      sha256: hash('sha256', `hainan-2024:${number}`),
    };
    command['maker'] = `m-${unit}-${1 + (this.serial % 4)}`;
    command['reviewer'] = `r-${unit}-${1 + (this.serial % 3)}`;
    command['note'] = note;
    const stream =
      definition.form === 'memo' ? definition.stream(command as unknown as LedgerCommand) : bookStream(fund, unit);
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const id = `${stream}-${revision}`;
    if (label !== undefined) this.labels.set(label, id);
    return { kind, command, stream, id };
  }
}

/** Fields of a command by their column, dotted where nested, e.g. `payer.kind`. */
export type Fields = Readonly<Record<string, string>>;

/** One line of the feed: one command. */
export interface FeedLine {
  readonly kind: string;
  readonly fund: string;
  readonly unit: string;
  readonly businessDate: string;
  readonly fields: Fields;
}

export type FeedFormat = 'csv' | 'ndjson';

/** The columns after kind, fund, unit and businessDate, in the order of the file. */
const COLUMNS = [
  'amount',
  'payer.kind',
  'payer.reference',
  'coverPeriod',
  'headcount',
  'poolShare',
  'personalShare',
  'account',
  'benefitKind',
  'payee.kind',
  'payee.reference',
  'claims',
  'careRegion',
  'offsets.advances.provider',
  'tier',
  'subsidyKind',
  'perHead',
  'from',
  'to',
  'reason',
  'transferId',
  'toUnit',
  'fromUnit',
  'caseId',
  'channel',
  'lossYear',
  'article',
  'party',
  'base',
  'suspensionMonths',
  'treasuryReceipt',
  'reverses',
  'balances.expenditure-account',
  'balances.fiscal-account',
  'balances.fiscal-account/term',
  'balances.advances.provider',
  'balances.net.pool',
  'balances.net.personal',
  'evidence.kind',
  'evidence.number',
  'evidence.sha256',
  'maker',
  'reviewer',
  'note',
] as const;

/** Fields that are whole numbers in JSON. */
const COUNTS = new Set(['headcount', 'claims', 'suspensionMonths']);

/** What comes before the first line. */
export const headerOf = (format: FeedFormat): string =>
  format === 'csv' ? `kind,fund,unit,businessDate,${COLUMNS.join(',')}\n` : '';

/** A line of the feed as text. No value holds a comma, a quote or a line break, so none is quoted. */
export const textOf = (line: FeedLine, format: FeedFormat): string => (format === 'csv' ? csvOf(line) : jsonOf(line));

function csvOf({ kind, fund, unit, businessDate, fields }: FeedLine): string {
  let row = `${kind},${fund},${unit},${businessDate}`;
  for (const column of COLUMNS) {
    const value = fields[column];
    row += value === undefined ? ',' : `,${value}`;
  }
  return `${row}\n`;
}

function jsonOf({ kind, fund, unit, businessDate, fields }: FeedLine): string {
  return `${JSON.stringify({ kind, ...commandOf({ kind, fund, unit, businessDate, fields }) })}\n`;
}

/** The command of a line, as it would be posted: nested, with whole numbers as numbers. */
export function commandOf({ fund, unit, businessDate, fields }: FeedLine): Record<string, unknown> {
  const command: Record<string, unknown> = { fund, unit, businessDate };
  for (const [column, value] of Object.entries(fields)) {
    const point = column.indexOf('.');
    if (point < 0) command[column] = COUNTS.has(column) ? Number.parseInt(value, 10) : value;
    else {
      const nested = (command[column.slice(0, point)] ??= {}) as Record<string, string>;
      nested[column.slice(point + 1)] = value;
    }
  }
  return command;
}

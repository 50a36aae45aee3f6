import { join } from 'node:path';
import { ADOPTIONS } from '../../../examples/hainan-2024/adoptions.js';
import { FIRST_DAY, LAST_DAY } from '../../../examples/hainan-2024/calendar.js';
import { yearFeed } from '../../../examples/hainan-2024/feed.js';
import { followingYear, type FollowingLine } from '../../../examples/hainan-2024/following-year.js';
import { writeLines, type WrittenLines } from '../../../examples/hainan-2024/generate.js';
import { type Answer, type Sheet } from '../../../projections/asking/question.js';
import { adopt } from '../../adopting/adopt.js';
import { ADOPTION_KINDS } from '../../catalogue/registry.js';
import { text } from '../../errors.js';
import { type ImportReport } from '../../import/report/import-report.js';
import { type Ledger } from '../../ledger.js';
import { ask } from './asking.js';
import { type DemoVoice, importExample } from './import.js';
import { said } from '../generate.js';
import { writtenWhole } from '../whole-file.js';

/** What the year 2024 came to. */
export interface RecordedYear {
  readonly imported: ImportReport;
  /** The statements of the closed year, by the names of their questions. */
  readonly statements: Readonly<Record<string, Answer>>;
  /** The position of its last event, where the ledger holds nothing else. */
  readonly position: number;
}

/**
 * Adopts what the year needs, imports it with its closes, and states it.
 * @param directory where the file is written
 */
export async function recordYear(ledger: Ledger, directory: string, voice: DemoVoice): Promise<RecordedYear> {
  for (const { kind, key, body } of ADOPTIONS)
    await adopt(
      ledger,
      ADOPTION_KINDS.find((one) => one.kind === kind)!,
      body,
      key,
    );
  voice.print(
    text(`已采用基础资料 ${ADOPTIONS.length} 项。`, `adopted ${ADOPTIONS.length} changes of reference data.`),
  );
  const { path, lines } = write(directory, '2024.ndjson', yearFeed(), voice);
  const imported = await importExample(ledger, path, {}, voice);
  return { imported, statements: await stateYear(ledger), position: 1 + ADOPTIONS.length + lines };
}

/** Imports 2025 on top of it, without its openings. */
export function recordFollowingYear(ledger: Ledger, directory: string, voice: DemoVoice): Promise<ImportReport> {
  const { path } = write(directory, '2025.ndjson', followingYear(), voice);
  return importExample(ledger, path, {}, voice);
}

function write(directory: string, name: string, lines: Iterable<FollowingLine>, { print }: DemoVoice) {
  const path = join(directory, name);
  const written: WrittenLines = writtenWhole(path, (part) => writeLines(part, lines));
  print(said(path, written));
  return { path, lines: written.lines };
}

const YEAR = { from: FIRST_DAY, to: LAST_DAY };
const YEARLY = { ...YEAR, form: 'yearly' };

/** The statements of the year: the province as one. */
async function stateYear(ledger: Ledger): Promise<RecordedYear['statements']> {
  return {
    'fund-balance': await ask(ledger, 'fund-balance', YEAR),
    'income-expenditure': await ask(ledger, 'income-expenditure', YEARLY),
    'balance-sheet': await ask(ledger, 'balance-sheet', { asOf: LAST_DAY, form: 'yearly' }),
    'net-assets': await ask(ledger, 'net-assets', YEAR),
  };
}

/** Those of its sheets that fit a screen: the fund table, and the statements by their forms. */
export const yearSheets = ({ statements: { 'fund-balance': funds, ...forms } }: RecordedYear): Sheet[] => [
  ...funds!.sheets.slice(0, 1),
  ...Object.values(forms).flatMap(({ sheets }) => sheets.filter(({ name }) => name.startsWith('form-'))),
];

import { type Command } from 'commander';
import { AccountAsked } from '../../projections/audit-trail/parameters.js';
import { BookParameters } from '../../projections/asking/book-parameters.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { LedgerError, show, type Text, text } from '../errors.js';
import { readEncoding } from '../import/read/encodings.js';
import { AMOUNT_PATTERN, type Fen, parseFen } from '../money.js';
import { openForReading } from '../reading.js';
import { type BankStatement, readStatement } from '../reconciling/statement-file.js';
import { isMoney } from '../reference/account-kinds.js';
import { reconcile, reconciliationBody, reconciliationSheets, type Reconciling } from '../report/reconciliation.js';
import { renderSheets } from '../report/render.js';
import { both, EXIT, globalsOf } from './globals.js';
import { ledgerOptions } from './log-place.js';
import { toStandardOutput } from './terminal.js';

interface ReconcileOptions {
  readonly statement: string;
  readonly fund: string;
  readonly unit: string;
  readonly account: string;
  readonly from?: string;
  readonly to?: string;
  readonly balance?: string;
  readonly days?: string;
  readonly encoding?: string;
}

class ReconcileParameters extends BookParameters {
  @AccountAsked(text('银行存款科目', 'bank account'))
  account?: string;
}

/** `tongzhang reconcile`: a bank's statement beside the ledger 余额调节表. It reads, and writes nothing. */
export function addReconcileCommand(program: Command): void {
  program
    .command('reconcile')
    .description(both(text('银行存款余额调节表：与银行对账单核对', "reconcile an account with its bank's statement")))
    .requiredOption('--statement <file>', both(text('银行对账单（CSV）', 'the statement of the bank, CSV')))
    .requiredOption('--fund <fund>', both(text('基金', 'fund')))
    .requiredOption('--unit <code>', both(text('核算单位', 'unit')))
    .requiredOption('--account <account>', both(text('科目：收入户、支出户、财政专户', 'account: of one of the banks')))
    .option('--from <day>', both(text('未达自何日起，默认首笔之日', 'outstanding since; by default the first line')))
    .option('--to <day>', both(text('截止日，默认末笔之日', 'the last day; by default that of the last line')))
    .option('--balance <amount>', both(text('对账单余额，无余额列时', "the bank's balance, where no column has it")))
    .option('--days <days>', both(text('两边日期相差至多几天，默认 7', 'days that may lie between both sides; 7')))
    .option('--encoding <name>', both(text('文件编码，默认自动识别', 'encoding of the file; found out by itself')))
    .addHelpText('after', HELP)
    .action(async (options: ReconcileOptions, command: Command) => {
      const { json, language, dataDir } = globalsOf(command);
      const encoding = readEncoding(options.encoding, '--encoding');
      const statement = await readStatement(options.statement, encoding);
      const ledger = await openForReading(dataDir, Date.now, ledgerOptions({ dataDir }));
      try {
        const { fund, unit, account, from, to } = options;
        const named = { fund, unit, account, ...(from && { from }), ...(to && { to }) };
        const checked = checkParameters({ parameters: ReconcileParameters }, named, ledger.reference);
        const asked = askedFor(options, statement, checked as ReconcileOptions);
        const done = await reconcile(ledger, asked);
        toStandardOutput(
          json
            ? `${JSON.stringify(reconciliationBody(done, asked), null, 2)}\n`
            : renderSheets(reconciliationSheets(done, asked, ledger), { language }),
        );
        if (done.difference !== 0n) process.exitCode = EXIT.checkFailed;
      } finally {
        await ledger.close();
      }
    });
}

const HELP = `
列（其余列不读）：日期、借方、贷方，另可有摘要、参考号、对方、余额；借贷为银行一方：借方为支出，贷方为收入。UTF-8、GB18030、
UTF-16 与表格软件所存均可。先按参考号（凭据号、往来号、凭证字号）与金额核对，再按金额与日期。调节后余额不等时退出码为 1。
Columns (others are passed over): date, debit, credit; also summary, reference, counterparty, balance. Debit is what the
bank has paid, credit what it has received. Lines are found by reference (paper, transfer, voucher) and amount, then by
amount and day. The exit code is 1 where the adjusted balances differ. Nothing is written.

示例  Example:
  $ npx tongzhang reconcile --statement bank.csv --fund employee --unit 460100 --account fiscal-account`;

/** What is reconciled, from what was said and what the statement says. @throws LedgerError invalid */
function askedFor(
  options: ReconcileOptions,
  { lines, closing }: BankStatement,
  checked: ReconcileOptions,
): Reconciling {
  const { fund, unit, account } = checked;
  if (!isMoney(account))
    throw refused('--account', text('收入户、支出户或财政专户存款', 'an account at a bank'), account);
  const [first, last] = [lines[0]!.day, lines.at(-1)!.day];
  const from = checked.from ?? first;
  const to = checked.to ?? last;
  if (from > first)
    throw refused('--from', text(`不晚于首笔之日 ${first}`, `no later than the first line, ${first}`), from);
  if (to < last) throw refused('--to', text(`不早于末笔之日 ${last}`, `no earlier than the last line, ${last}`), to);
  const days = options.days ?? '7';
  if (!/^[0-9]{1,2}$/.test(days)) throw refused('--days', text('0 至 99 的整数', 'a whole number from 0 to 99'), days);
  const bankBalance = balanceOf(options.balance) ?? closing;
  if (bankBalance === undefined)
    throw refused('--balance', text('对账单余额：文件没有余额列', "the bank's balance: no column has it"), 'none');
  return { fund, unit, account, lines, bankBalance, from, to, days: Number.parseInt(days, 10) };
}

function balanceOf(written: string | undefined): Fen | undefined {
  if (written === undefined) return undefined;
  const plain = written.replaceAll(',', '');
  if (!new RegExp(`^-?${AMOUNT_PATTERN.slice(1)}`).test(plain))
    throw refused('--balance', text('金额，最多两位小数', 'an amount with at most two places'), written);
  return parseFen(plain);
}

const refused = (pointer: string, expected: Text, got: string): LedgerError =>
  new LedgerError('invalid', 'option', text('选项不符合要求', 'an option is not as it must be'), [
    { pointer, code: 'option', expected, got: show(got) },
  ]);

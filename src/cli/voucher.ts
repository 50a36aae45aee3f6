import { type Command } from 'commander';
import { idOfNumber, readOneVoucher } from '../../projections/audit-trail/one-voucher.js';
import { BookParameters } from '../../projections/asking/book-parameters.js';
import { checkParameters } from '../../projections/asking/parameters.js';
import { LedgerError, show, text } from '../errors.js';
import { parseEventId } from '../event-store/event-store.js';
import { openForReading, type Reading } from '../reading.js';
import { renderSheets } from '../report/render.js';
import { printVoucher, voucherBody, voucherSheets } from '../report/voucher.js';
import { both, globalsOf } from './globals.js';
import { ledgerOptions } from './log-place.js';
import { toStandardOutput } from './terminal.js';

interface VoucherOptions {
  readonly fund?: string;
  readonly unit?: string;
}

/** `tongzhang voucher NUMBER`: one voucher as it is printed 记账凭证. */
export function addVoucherCommand(program: Command): void {
  program
    .command('voucher')
    .description(both(text('打印一张记账凭证', 'print one voucher')))
    .argument('<number>', both(text('凭证编号，或凭证字号', 'its id, or its number in its book')))
    .option('--fund <fund>', both(text('凭证字号所属的基金', 'the fund of the book that numbered it')))
    .option('--unit <code>', both(text('凭证字号所属的核算单位', 'the unit of the book that numbered it')))
    .addHelpText('after', EXAMPLES)
    .action(async (number: string, options: VoucherOptions, command: Command) => {
      const { json, language, dataDir } = globalsOf(command);
      const ledger = await openForReading(dataDir, Date.now, ledgerOptions({ dataDir }));
      try {
        const id = parseEventId(number) ? number : await idOf(ledger, number, options);
        const voucher = await readOneVoucher(ledger, id);
        const printed = printVoucher(voucher, ledger.reference.ever);
        const body = { position: voucher.position, ...voucherBody(printed) };
        toStandardOutput(
          json ? `${JSON.stringify(body, null, 2)}\n` : renderSheets(voucherSheets(printed), { language }),
        );
      } finally {
        await ledger.close();
      }
    });
}

const EXAMPLES = `
示例  Examples:
  $ npx tongzhang voucher book-employee-460100-12
  $ npx tongzhang voucher 2025-01-收-0001 --fund employee --unit 460100`;

/** The id of a numbered voucher. @throws LedgerError invalid, where nobody says of which book it is; not-found */
function idOf(ledger: Reading, number: string, options: VoucherOptions): Promise<string> {
  const asked = checkParameters({ parameters: BookParameters }, { ...options }, ledger.reference) as VoucherOptions;
  const { fund, unit } = asked;
  if (fund !== undefined && unit !== undefined) return idOfNumber(ledger, fund, unit, number);
  throw new LedgerError('invalid', 'book-not-named', text('每本账各自编号', 'every book numbers its own'), [
    {
      pointer: fund === undefined ? '--fund' : '--unit',
      code: 'book-not-named',
      expected: text('连同 --fund 与 --unit，或凭证编号', 'with --fund and --unit, or the id of the voucher'),
      got: show(number),
    },
  ]);
}

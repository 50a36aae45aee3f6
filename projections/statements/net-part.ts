import { isPending, kindOf } from '../../src/reference/account-kinds.js';
import { parseLedgerLine } from '../../src/books/entries.js';
import { type Fund } from '../../src/reference/adopted.js';
import { type Chart } from '../../src/reference/chart.js';
import { placeOf } from './places.js';
import { IN_TRANSIT } from './scope.js';

/** The parts of a fund's net assets: 统筹基金 (of a fund without personal accounts all there is), 个人账户基金, 待转基金, 风险基金. */
export type NetPart = 'pool' | 'personal' | 'pending' | 'risk';

/**
 * The part of net assets that a ledger line belongs to: what income and expenditure hold by their share, as long as no
 * close has carried it; undefined of what an asset or a liability is.
 */
export function netPartOf(chart: Chart, fund: Fund, line: string): NetPart | undefined {
  const { account } = parseLedgerLine(line);
  const kind = account === IN_TRANSIT ? 'asset' : kindOf(account);
  if (kind === 'asset' || kind === 'liability') return undefined;
  if (isPending(account)) return 'pending';
  const { number, share } = placeOf(chart, line);
  if (kind === 'net' && number === '3101') return 'risk';
  return fund.personalAccounts && (share === 'personal' || account === 'net.personal') ? 'personal' : 'pool';
}

/** Whether a set gives the fund an account of its own for a risk fund: employee and resident funds have none by law. */
export const hasRiskFund = (chart: Chart, { key }: Fund): boolean =>
  chart.all.some(({ key: account, funds }) => placeOf(chart, account).number === '3101' && funds.includes(key));

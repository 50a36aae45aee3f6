import { type Text } from '../errors.js';
import { CodeList } from '../text/codes.js';
import { type AccountKind, kindOf } from './account-kinds.js';
import { type AccountRow } from './rows.js';

/** A detail account: an account's part that entries may name. */
export interface Detail extends AccountRow {
  /** Its own part of the key, e.g. `inpatient`. */
  readonly code: string;
}

/** An account of the chart with the details under it. */
export interface Account extends AccountRow {
  readonly kind: AccountKind;
  /** The details by their codes; absent where there are none. */
  readonly details?: CodeList;
  readonly detailRows: readonly Detail[];
}

/**
 * The chart of accounts of one day: accounts with their details, in the order in which their keys were first adopted.
 * Amounts by account are written in that order, so it never changes; what is printed goes by number.
 */
export class Chart {
  readonly all: readonly Account[];
  /** The accounts as they are called: by key, name and number. */
  readonly codes: CodeList;
  private readonly byKey: ReadonlyMap<string, Account>;
  /** Details by the keys of their rows, `account/detail`. */
  private readonly detailsByKey: ReadonlyMap<string, Detail>;
  /** By fund, by account, by detail: to look up the parts costs less than to make one text of them. */
  private readonly usable = new Map<string, Map<string, Map<string | undefined, boolean>>>();

  constructor(rows: readonly AccountRow[]) {
    const details = Map.groupBy(
      rows.filter(({ key }) => key.includes('/')),
      ({ key }) => key.slice(0, key.indexOf('/')),
    );
    this.all = rows
      .filter(({ key }) => !key.includes('/'))
      .map((row) => ({ ...row, kind: kindOf(row.key)!, ...withDetails(details.get(row.key) ?? []) }));
    this.detailsByKey = new Map(this.all.flatMap(({ detailRows }) => detailRows.map((row) => [row.key, row] as const)));
    this.byKey = new Map(this.all.map((account) => [account.key, account]));
    this.codes = new CodeList(
      this.all.map(({ key, number, name, also }) => ({
        code: key,
        name,
        also: [number, `${number} ${name.zh}`, ...also],
      })),
    );
  }

  /** The account of a key; undefined where the chart has none. */
  readonly find = (key: string): Account | undefined => this.byKey.get(key);

  /** The detail of an account; undefined where there is none. */
  detail(account: string, code: string): Detail | undefined {
    return this.detailsByKey.get(`${account}/${code}`);
  }

  /** Whether there is a ledger line without a share: an account, or a detail under one. */
  hasLine(line: string): boolean {
    const [account, detail] = line.split('/') as [string, string?];
    return detail === undefined ? this.byKey.has(account) : this.detail(account, detail) !== undefined;
  }

  /** The ledger lines of some accounts: each by itself and by its details. */
  lines(isWanted: (account: Account) => boolean): readonly string[] {
    return this.all
      .filter((account) => isWanted(account))
      .flatMap(({ key, detailRows }) => [key, ...detailRows.map((detail) => detail.key)]);
  }

  /** The details of an account as they are called, without some that are no choice of a command. */
  detailCodes(account: string, but: readonly string[] = []): CodeList {
    const rows = this.byKey.get(account)?.detailRows ?? [];
    return new CodeList(rows.filter(({ code }) => !but.includes(code)));
  }

  /** Whether entries of a fund may use an account, or a detail of it; asked of every entry, so it is kept. */
  isUsable(account: string, detail: string | undefined, fund: string): boolean {
    let ofFund = this.usable.get(fund);
    if (!ofFund) this.usable.set(fund, (ofFund = new Map()));
    let ofAccount = ofFund.get(account);
    if (!ofAccount) ofFund.set(account, (ofAccount = new Map()));
    let usable = ofAccount.get(detail);
    if (usable === undefined) {
      const rows = [this.find(account), ...(detail === undefined ? [] : [this.detail(account, detail)])];
      usable = rows.every((row) => row && !row.closed && isOfFund(row, fund));
      ofAccount.set(detail, usable);
    }
    return usable;
  }

  /** The details of an account that a fund has and entries may use. */
  detailsOf(account: string, fund: string): readonly Detail[] {
    return (this.byKey.get(account)?.detailRows ?? []).filter((row) => isOfFund(row, fund) && !row.closed);
  }
}

/** Whether a fund has an account. */
export const isOfFund = ({ funds }: AccountRow, fund: string): boolean => funds.length === 0 || funds.includes(fund);

function withDetails(rows: readonly AccountRow[]): Pick<Account, 'details' | 'detailRows'> {
  const detailRows = rows.map((row) => ({ ...row, code: row.key.slice(row.key.indexOf('/') + 1) }));
  if (detailRows.length === 0) return { detailRows };
  const names = (code: string, name: Text, also: readonly string[]) => ({ code, name, also });
  return { detailRows, details: new CodeList(detailRows.map(({ code, name, also }) => names(code, name, also))) };
}

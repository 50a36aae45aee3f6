import { type Fen } from '../../src/money.js';
import { type Group, standing, tooMuch } from './groups.js';

/** What may be too much of one kind in one fund. */
export interface SumLine {
  readonly fund: string;
  readonly kind: string;
  /** Groups of which two or more stand. */
  readonly groups: number;
  /** How many stand beside the first of each. */
  readonly vouchers: number;
  readonly tooMuch: Fen;
}

/** What all groups come to, by fund and kind: what came in is not added to what went out. */
export class Sums {
  private readonly byKind = new Map<string, SumLine>();
  /** Groups of which two or more stand. */
  open = 0;
  /** Groups of which at most one stands, because the others were taken back. */
  settled = 0;

  add(group: Group): void {
    const stand = standing(group);
    if (stand < 2) {
      this.settled += 1;
      return;
    }
    this.open += 1;
    const { fund, kind } = group.event;
    const before = this.byKind.get(`${fund} ${kind}`) ?? { fund, kind, groups: 0, vouchers: 0, tooMuch: 0n };
    this.byKind.set(`${fund} ${kind}`, {
      ...before,
      groups: before.groups + 1,
      vouchers: before.vouchers + stand - 1,
      tooMuch: before.tooMuch + tooMuch(group),
    });
  }

  /** In order of fund and kind. */
  lines(): SumLine[] {
    return [...this.byKind].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, line]) => line);
  }
}

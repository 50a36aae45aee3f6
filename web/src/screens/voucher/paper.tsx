import { useAnswer } from '../../api/ask.ts';
import { groupDigits } from '../../text/digits.ts';

/** A voucher as the service prints it. */
interface Printed {
  readonly businessDate: string;
  readonly attachments: number;
  readonly fund: string;
  readonly unit: string;
  readonly sheets: readonly {
    readonly number: string;
    readonly lines: readonly {
      readonly summary: string;
      readonly account: string;
      readonly debit: string | null;
      readonly credit: string | null;
    }[];
  }[];
  readonly total: string;
  readonly totalInWords: string;
  readonly maker: string;
  readonly reviewer: string;
  readonly remarks: readonly string[];
}

/** So many lines has a sheet, written or not. */
const LINES = 6;

const Heads = () => (
  <thead>
    <tr>
      <th>摘要</th>
      <th>会计科目</th>
      <th>借方金额</th>
      <th>贷方金额</th>
    </tr>
  </thead>
);

/** The voucher 记账凭证 as it goes into the file: seen on paper only, in the words that the norms prescribe. */
export function Paper({ id }: { readonly id: string }) {
  const asking = useAnswer('/v1/vouchers/{id}/print', {}, { path: { id } });
  const printed = asking.data as Printed | undefined;
  if (!printed) return null;
  const { sheets, total, totalInWords, maker, reviewer, remarks } = printed;
  const [year, month, day] = printed.businessDate.split('-');
  return (
    <div className="paper" lang="zh-CN">
      {sheets.map(({ number, lines }, index) => (
        <section key={number}>
          <h2>记账凭证</h2>
          <p className="heads">
            <span>
              核算单位：{printed.unit} {printed.fund}
            </span>
            <span>
              {year} 年 {month} 月 {day} 日
            </span>
            <span>
              {number} 号　附单据 {printed.attachments} 张
            </span>
          </p>
          <table>
            <Heads />
            <tbody>
              {Array.from({ length: LINES }, (_, line) => lines[line]).map((entry, line) => (
                <tr key={line}>
                  <td>{entry?.summary ?? '\u00a0'}</td>
                  <td>{entry?.account}</td>
                  <td className="figure">{entry?.debit && groupDigits(entry.debit)}</td>
                  <td className="figure">{entry?.credit && groupDigits(entry.credit)}</td>
                </tr>
              ))}
              {index === sheets.length - 1 && (
                <tr>
                  <td colSpan={2}>合计：{totalInWords}</td>
                  <td className="figure">{groupDigits(total)}</td>
                  <td className="figure">{groupDigits(total)}</td>
                </tr>
              )}
            </tbody>
          </table>
          <p className="signs">
            <span>会计主管：</span>
            <span>复核：{reviewer}</span>
            <span>记账：</span>
            <span>制单：{maker}</span>
          </p>
          {remarks.map((remark) => (
            <p key={remark}>{remark}</p>
          ))}
        </section>
      ))}
    </div>
  );
}

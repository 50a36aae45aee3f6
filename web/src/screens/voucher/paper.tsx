import { useAnswer } from '../../api/ask.ts';
import { useAddress } from '../../address/address.ts';
import { groupDigits } from '../../text/digits.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

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

const TITLE = text('记账凭证', 'Accounting voucher 记账凭证');
const HEADS = [
  text('摘要', 'Summary'),
  text('会计科目', 'Account'),
  text('借方金额', 'Debit'),
  text('贷方金额', 'Credit'),
] as const;
const UNIT = text('核算单位：', 'Unit: ');
const TOTAL = text('合计：', 'Total: ');
const HEAD_OF_ACCOUNTS = text('会计主管：', 'Head of accounts:');
const REVIEWED = text('复核：', 'Reviewed: ');
const POSTED = text('记账：', 'Posted:');
const MADE = text('制单：', 'Made: ');
/** The day, the number and how many papers there are, as they stand over a voucher. */
const OVER = {
  zh: (day: string, number: string, papers: number) => [
    day.replace(/^(.*)-(.*)-(.*)$/, '$1 年 $2 月 $3 日'),
    `${number} 号　附单据 ${papers} 张`,
  ],
  en: (day: string, number: string, papers: number) => [day, `No. ${number}, papers attached: ${papers}`],
};

const Heads = () => {
  const say = useSay();
  return (
    <thead>
      <tr>
        {HEADS.map((head) => (
          <th key={head.en}>{say(head)}</th>
        ))}
      </tr>
    </thead>
  );
};

/** The voucher 记账凭证 as it goes into the file: seen on paper only. */
export function Paper({ id }: { readonly id: string }) {
  const asking = useAnswer('/v1/vouchers/{id}/print', {}, { path: { id } });
  const printed = asking.data as Printed | undefined;
  if (!printed) return null;
  return (
    <div className="paper">
      {printed.sheets.map((sheet, index) => (
        <Sheet key={sheet.number} printed={printed} sheet={sheet} isLast={index === printed.sheets.length - 1} />
      ))}
    </div>
  );
}

interface SheetProps {
  readonly printed: Printed;
  readonly sheet: Printed['sheets'][number];
  readonly isLast: boolean;
}

function Sheet({ printed, sheet: { number, lines }, isLast }: SheetProps) {
  const say = useSay();
  const { language } = useAddress();
  const { businessDate, attachments, total, totalInWords, maker, reviewer, remarks } = printed;
  const [day, numbered] = OVER[language](businessDate, number, attachments);
  return (
    <section>
      <h2>{say(TITLE)}</h2>
      <p className="heads">
        <span>
          {say(UNIT)}
          {printed.unit} {printed.fund}
        </span>
        <span>{day}</span>
        <span>{numbered}</span>
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
          {isLast && (
            <tr>
              <td colSpan={2}>
                {say(TOTAL)}
                <span lang="zh-CN">{totalInWords}</span>
              </td>
              <td className="figure">{groupDigits(total)}</td>
              <td className="figure">{groupDigits(total)}</td>
            </tr>
          )}
        </tbody>
      </table>
      <p className="signs">
        <span>{say(HEAD_OF_ACCOUNTS)}</span>
        <span>
          {say(REVIEWED)}
          {reviewer}
        </span>
        <span>{say(POSTED)}</span>
        <span>
          {say(MADE)}
          {maker}
        </span>
      </p>
      {remarks.map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
    </section>
  );
}

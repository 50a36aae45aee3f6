import { Link, useParams } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { type Answer, useAnswer } from '../../api/ask.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { Facts, PlainTable } from '../../table/plain-table.tsx';
import { countText } from '../../text/counts.ts';
import { groupDigits } from '../../text/digits.ts';
import { onTheClock } from '../../text/instants.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import {
  BYTES,
  FILE,
  IMPORT_STATUSES,
  LINES,
  NAMELESS,
  OUTCOMES,
  POSTED,
  RECEIVED,
  REJECTED,
  REPLAYED,
  SEE,
  STATUS,
  VOUCHERS,
} from './words.ts';

type Import = Answer<'/v1/imports/{id}'>;
type Report = NonNullable<Import['report']>;

const EVERY_MS = 2_000;
const ENDED = text('结束', 'Ended');
const WHY = text('原因', 'Why');
const DIGEST = text('SHA-256', 'SHA-256');
const OUTCOME = text('结果', 'Outcome');
const FORMAT = text('格式与编码', 'Format and encoding');
const REPEATED = text('文件内重复', 'Repeated in the file');
const POSITION = text('入账后日志位置', 'Position afterwards');
const TOTALS = text('文件合计', 'Totals of the file');
const CONTROL = text('对照数', 'Control totals');
const KIND = text('种类', 'Kind');
const FUND = text('基金', 'Fund');
const COUNT = text('笔数', 'Count');
const SUM = text('合计（元）', 'Sum (yuan)');
const ADDED = text('新入账（元）', 'Newly posted (yuan)');
const STOOD = text('此前已入账（元）', 'Posted before (yuan)');
const EXPECTED_SUM = text('对照数（元）', 'Expected (yuan)');
const DIFFERENCE = text('差额（元）', 'Difference (yuan)');
const CHECK = text('相符', 'Agrees');
const ERRORS = text('被拒绝的行与原因', 'Lines that were refused, and why');
const LINE = text('行', 'Line');
const FIELD = text('列', 'Column');
const EXPECTED = text('应为', 'Expected');
const GOT = text('实为', 'Got');
const NOTES = text('照收的写法', 'Spellings that were accepted');
const TAKEN = text('当作', 'Taken for');
const NOTE = text('说明', 'Note');
const TIMES = text('次数', 'Times');
const ALL_ERRORS = text('下载全部错误', 'Download all errors');
const REJECTS = text('下载被拒绝的行', 'Download the rejected lines');
const SO_FAR = text('进度', 'So far');
const OF_ERRORS = text('错误总数', 'errors in all');

/** One file that came in: its control totals, its bad lines with their reasons, and what it became. */
export function Component() {
  const say = useSay();
  const { link } = useAddress();
  const { id = '' } = useParams();
  const asking = useAnswer('/v1/imports/{id}', {}, { path: { id }, everyMs: EVERY_MS });
  return (
    <Waiting asking={asking}>
      {() => {
        const { name, receivedAt = '', endedAt, status, bytes, error, progress, report, links } = asking.data!;
        return (
          <>
            <Facts
              facts={[
                [FILE, name ?? say(NAMELESS)],
                [RECEIVED, onTheClock(receivedAt)],
                [STATUS, say(IMPORT_STATUSES[status])],
                [BYTES, countText(bytes)],
                ...(endedAt === undefined ? [] : [[ENDED, onTheClock(endedAt)] as const]),
                ...(error === undefined ? [] : [[WHY, say(error.detail)] as const]),
                ...(progress && !report
                  ? [[SO_FAR, `${countText(progress.done)} / ${countText(progress.total)}`] as const]
                  : []),
                ...(report ? factsOf(report, say) : []),
                ...(links.vouchers === undefined
                  ? []
                  : [[VOUCHERS, <Link to={link(links.vouchers)}>{say(SEE)}</Link>] as const]),
              ]}
            />
            {report && <Tables report={report} />}
          </>
        );
      }}
    </Waiting>
  );
}

type Said = ReturnType<typeof useSay>;

const factsOf = (report: Report, say: Said) =>
  [
    [OUTCOME, say(OUTCOMES[report.outcome])],
    [DIGEST, <code>{report.digest}</code>],
    [FORMAT, `${report.format} · ${report.encoding}`],
    [LINES, countText(report.lines)],
    [POSTED, countText(report.posted)],
    [REPLAYED, countText(report.replayed)],
    [REPEATED, countText(report.repeated)],
    [REJECTED, countText(report.rejected)],
    [POSITION, countText(report.position)],
  ] as const;

interface Reported {
  readonly report: Report;
}

function Tables({ report }: Reported) {
  return (
    <>
      <Totals report={report} />
      <Control report={report} />
      <Errors report={report} />
      <Notes report={report} />
    </>
  );
}

/** What a fund is called in the report of a file. */
function useFundName({ fundNames = {} }: Report): (fund: string) => string {
  const say = useSay();
  return (fund) => (fundNames[fund] ? `${fund} ${say(fundNames[fund])}` : fund);
}

function Totals({ report }: Reported) {
  const fundOf = useFundName(report);
  return (
    <PlainTable
      title={TOTALS}
      columns={[
        { name: KIND },
        { name: FUND },
        { name: COUNT, isFigure: true },
        { name: SUM, isFigure: true },
        { name: ADDED, isFigure: true },
        { name: STOOD, isFigure: true },
      ]}
      rows={report.totals.map(({ kind, fund, count, sum, added, stood }) => ({
        key: `${kind} ${fund}`,
        cells: [kind, fundOf(fund), countText(count), ...[sum, added.sum, stood.sum].map(groupDigits)],
      }))}
    />
  );
}

function Control({ report }: Reported) {
  const fundOf = useFundName(report);
  const { control, mismatches } = report;
  if (!control) return null;
  return (
    <PlainTable
      title={CONTROL}
      columns={[
        { name: KIND },
        { name: FUND },
        { name: EXPECTED_SUM, isFigure: true },
        { name: SUM, isFigure: true },
        { name: DIFFERENCE, isFigure: true },
        { name: CHECK },
      ]}
      rows={control.map((line) => ({
        key: `${line.kind} ${line.fund}`,
        cells: [
          line.kind,
          fundOf(line.fund),
          ...[line.expected, line.got, line.difference].map(({ count, sum }) => `${groupDigits(sum)} (${count})`),
          mismatches.some(({ kind, fund }) => kind === line.kind && fund === line.fund) ? (
            <span className="standing-down">✗</span>
          ) : (
            <span className="standing-well">✓</span>
          ),
        ],
      }))}
    />
  );
}

function Errors({ report: { errors, errorCount, errorsFile, rejectsFile } }: Reported) {
  const say = useSay();
  if (errorCount === 0) return null;
  const lists = [
    [errorsFile, ALL_ERRORS],
    [rejectsFile, REJECTS],
  ] as const;
  return (
    <PlainTable
      title={ERRORS}
      columns={[{ name: LINE, isFigure: true }, { name: FIELD }, { name: EXPECTED }, { name: GOT }, { name: WHY }]}
      rows={errors.map(({ line, field, code, expected, got, says }, index) => ({
        key: index,
        cells: [countText(line), field, say(expected), <code>{got}</code>, says ? say(says) : <code>{code}</code>],
      }))}
    >
      <p className="head">
        {say(OF_ERRORS)} {countText(errorCount)}
        {lists.map(
          ([file, name]) =>
            file !== undefined && (
              <span key={name.en}>
                {' · '}
                <a href={file}>{say(name)}</a>
              </span>
            ),
        )}
      </p>
    </PlainTable>
  );
}

function Notes({ report: { notes } }: Reported) {
  const say = useSay();
  if (notes.length === 0) return null;
  return (
    <PlainTable
      title={NOTES}
      columns={[
        { name: LINE, isFigure: true },
        { name: NOTE },
        { name: GOT },
        { name: TAKEN },
        { name: TIMES, isFigure: true },
      ]}
      rows={notes.map(({ code, text: words, count, line, got, taken }) => ({
        key: code,
        cells: [countText(line), say(words), <code>{got}</code>, <code>{taken}</code>, countText(count)],
      }))}
    />
  );
}

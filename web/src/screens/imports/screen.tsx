import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useAnswer } from '../../api/ask.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { PlainTable } from '../../table/plain-table.tsx';
import { countText } from '../../text/counts.ts';
import { onTheClock } from '../../text/instants.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { timeless } from '../../address/timeless.ts';
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

const EVERY_MS = 5_000;
const SENT = text('发来的文件', 'Files that were sent');
const SENT_SAYS = text(
  '由本服务导入的文件。发送者是谁尚不记录；每张凭证有经办与复核。',
  'Files that this service has imported. Who sent one is not known yet; each voucher has its maker and reviewer.',
);
const IN_LOG = text('日志所知的文件', 'Files that the log knows');
const IN_LOG_SAYS = text(
  '有行已入账的全部文件，包括由命令行导入的和早先的；以文件 SHA-256 的前 32 位为名。',
  'Every file of which lines stand, also by the command line and of long ago, by the first digits of its SHA-256.',
);
const SOURCE = text('SHA-256', 'SHA-256');
const STANDING_LINES = text('已入账的行', 'Lines posted');
const BOOKS = text('账簿与登记簿', 'Books and registers');
const FIRST = text('最早入账', 'First recorded');
const LAST = text('最晚入账', 'Last recorded');
const MORE = text('只列出最近的，更早的未列出', 'only the latest are listed');
const NEXT = text('更早的导入', 'Earlier imports');

/** Files that came in: what this service was sent, and what the log knows of all that ever were. */
export function Component() {
  return (
    <>
      <Sent />
      <InLog />
    </>
  );
}

function Sent() {
  const say = useSay();
  const { get, link } = useAddress();
  const after = get('after');
  const asking = useAnswer('/v1/imports', after === undefined ? {} : { after }, { everyMs: EVERY_MS });
  return (
    <Waiting asking={asking}>
      {() => {
        const { imports, next } = asking.data!;
        return (
          <PlainTable
            title={SENT}
            columns={[
              { name: FILE },
              { name: RECEIVED },
              { name: STATUS },
              { name: BYTES, isFigure: true },
              { name: LINES, isFigure: true },
              { name: POSTED, isFigure: true },
              { name: REPLAYED, isFigure: true },
              { name: REJECTED, isFigure: true },
              { name: VOUCHERS },
            ]}
            rows={imports.map(({ id, name, receivedAt = '', status, bytes, report, error, links }) => ({
              key: id,
              cells: [
                <Link to={link(links.import)}>{name ?? say(NAMELESS)}</Link>,
                onTheClock(receivedAt),
                <>
                  {say(report ? OUTCOMES[report.outcome] : IMPORT_STATUSES[status])}
                  {error && (
                    <>
                      <br />
                      <span className="muted">{say(error.detail)}</span>
                    </>
                  )}
                </>,
                countText(bytes),
                countText(report?.lines ?? null),
                countText(report?.posted ?? null),
                countText(report?.replayed ?? null),
                countText(report?.rejected ?? null),
                links.vouchers !== undefined && <Link to={link(links.vouchers)}>{say(SEE)}</Link>,
              ],
            }))}
          >
            <p className="head">{say(SENT_SAYS)}</p>
            {next !== undefined && (
              <p className="head">
                <Link to={link(next)}>{say(NEXT)}</Link>
              </p>
            )}
          </PlainTable>
        );
      }}
    </Waiting>
  );
}

function InLog() {
  const say = useSay();
  const { link } = useAddress();
  const asking = useAnswer('/v1/imported-files', {}, { everyMs: EVERY_MS });
  useShow(timeless(asking.data?.position));
  return (
    <Waiting asking={asking}>
      {() => {
        const { files, isWhole } = asking.data!;
        return (
          <PlainTable
            title={IN_LOG}
            columns={[
              { name: SOURCE },
              { name: STANDING_LINES, isFigure: true },
              { name: BOOKS, isFigure: true },
              { name: FIRST },
              { name: LAST },
            ]}
            rows={files.map(({ source, lines, streams, firstRecordedAt, lastRecordedAt, links }) => ({
              key: source,
              cells: [
                <Link to={link(links.vouchers)}>
                  <code>{source}</code>
                </Link>,
                countText(lines),
                countText(streams),
                onTheClock(firstRecordedAt),
                onTheClock(lastRecordedAt),
              ],
            }))}
          >
            <p className="head">{say(IN_LOG_SAYS)}</p>
            {!isWhole && <p className="head">{say(MORE)}</p>}
          </PlainTable>
        );
      }}
    </Waiting>
  );
}

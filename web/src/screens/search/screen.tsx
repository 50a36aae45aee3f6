import { useMemo } from 'react';
import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { timeless } from '../../address/timeless.ts';
import { useAnswer } from '../../api/ask.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { ReportTable } from '../../table/report.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { tableOf } from './table.ts';

const HOW = text(
  '在上方输入（按 / 键）：凭证号（2025-05-收-0012）、编号、科目、单位、案件、金额、文件的 SHA-256、文字。',
  'Type above (key /): a voucher number (2025-05-收-0012), an id, account, unit, case, amount, the digest of ' +
    'a file, or words.',
);
const NOTHING = text('没有找到：', 'Nothing is found: ');
const SINCE = text('凭证只查到此业务日期为止，更早的见“全部”：', 'Vouchers were looked at back to this business day: ');

/** Whatever of the ledger is called as one has typed, or holds it, by what of it was found. */
export function Component() {
  const say = useSay();
  const { asked, own } = useAddress();
  const written = own('hiddenColumns');
  const asking = useAnswer('/v1/search', asked, { keeps: true });
  const { data } = asking;
  useShow(timeless(data?.position));
  const table = useMemo(() => data && tableOf(data, say, written), [data, say, written]);
  if ((asked['q'] ?? '') === '') return <p className="note">{say(HOW)}</p>;
  return (
    <Waiting asking={asking}>
      {() => (
        <div aria-busy={asking.isPlaceholderData}>
          {data!.groups.length === 0 ? (
            <p role="status">
              {say(NOTHING)}
              <strong>{data!.q}</strong>
            </p>
          ) : (
            <ReportTable table={table!} hasKeys />
          )}
          {data!.since !== null && (
            <p className="note">
              {say(SINCE)}
              {data!.since}
            </p>
          )}
        </div>
      )}
    </Waiting>
  );
}

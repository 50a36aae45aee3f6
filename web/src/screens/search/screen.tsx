import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useTables } from '../../api/ask.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { ReportTables } from '../../table/report.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const HOW = text(
  '在上方输入（按 / 键）：凭证号（2025-05-收-0012）、编号、科目、单位、案件、金额、文件的 SHA-256、文字。',
  'Type above (key /): a voucher number (2025-05-收-0012), an id, account, unit, case, amount, the digest of ' +
    'a file, or words.',
);
const NOTHING = text('没有找到：', 'Nothing is found: ');

/** Whatever of the ledger is called as one has typed, or holds it, by what of it was found. */
export function Component() {
  const say = useSay();
  const q = useAddress().asked['q'] ?? '';
  return q === '' ? <p className="note">{say(HOW)}</p> : <Found q={q} />;
}

/** What was found before stays on the page while more is typed. */
function Found({ q }: { readonly q: string }) {
  const say = useSay();
  const asking = useTables('/v1/search', undefined, { keeps: true });
  const { data, isPlaceholderData } = asking;
  useShow(data?.pages[0]);
  const isNothing = data?.pages[0]?.tables[0]?.rows.length === 0;
  return (
    <Waiting asking={asking}>
      {() => (
        <>
          {!isNothing && <ReportTables asking={asking} />}
          {isNothing && !isPlaceholderData && (
            <p role="status">
              {say(NOTHING)}
              <strong>{q}</strong>
            </p>
          )}
        </>
      )}
    </Waiting>
  );
}

import { useLocation } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { useShow } from '../../address/shown.tsx';
import { useTables } from '../../api/ask.ts';
import { AccountFilter } from '../../filters/account-filter.tsx';
import { ChoiceFilter } from '../../filters/choice-filter.tsx';
import { Filters } from '../../filters/filters.tsx';
import { SavedMenu } from '../../filters/saved-menu.tsx';
import { MoreVoucherFilters, VoucherFilters } from '../../filters/voucher-filters.tsx';
import { Waiting } from '../../shell/waiting.tsx';
import { ReportTables } from '../../table/report.tsx';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

/** How many vouchers are fetched at a time while one scrolls. */
const PAGE = '500';

const FORM = text('账式', 'Form');
const FORMS = [
  { value: 'ledger', name: text('明细账', 'account ledger') },
  { value: 'day-book', name: text('日记账', 'day book') },
];
const ANY_ACCOUNT = text('全部科目', 'all accounts');
const USUAL_ACCOUNT = text('财政专户存款（默认）', 'Fiscal account (usual)');
const GETTING_MORE = text('正在取后面的凭证…', 'Fetching more vouchers…');
const TAKES = ['fund', 'unit', 'from'];
/** What a line of a statement is made of is all of it: it is filtered by nothing else. */
const LINE_TAKES = [...TAKES, 'scope'];

/** The ledger of an account, the journal and the trail of vouchers: long lists with the same filters. */
export function Component() {
  const say = useSay();
  const { pathname } = useLocation();
  const { asked } = useAddress();
  const isLedger = pathname === '/account-ledger';
  const isOfLine = isLedger && asked['line'] !== undefined;
  const path = isLedger ? '/v1/account-ledger' : pathname === '/journal' ? '/v1/journal' : '/v1/audit-trail';
  const asking = useTables(path, { limit: PAGE, ...asked });
  useShow(asking.data?.pages[0]);
  return (
    <>
      {isOfLine ? (
        <Filters key="line" takes={LINE_TAKES} />
      ) : (
        <Filters key={path} takes={TAKES}>
          <AccountFilter none={isLedger ? USUAL_ACCOUNT : ANY_ACCOUNT} />
          {isLedger && <ChoiceFilter name="form" label={FORM} choices={FORMS} />}
          <VoucherFilters />
          <SavedMenu key={path} />
          <MoreVoucherFilters />
        </Filters>
      )}
      <Waiting asking={asking}>{() => <ReportTables key={path} asking={asking} />}</Waiting>
      {asking.isFetchingNextPage && (
        <p className="more" role="status">
          {say(GETTING_MORE)}
        </p>
      )}
    </>
  );
}

import { Select } from 'antd';
import { useAddress } from '../address/address.ts';
import { useAccounts } from '../api/reference.ts';
import { useSay } from '../text/say.ts';
import { type Text, text } from '../text/text.ts';

const ACCOUNT = text('科目', 'Account');

/** An account of the chart, or a detail of one, found by its number or by its name. */
export function AccountFilter({ none }: { readonly none: Text }) {
  const say = useSay();
  const { get, change } = useAddress();
  const accounts = useAccounts();
  const asked = get('account');
  const options = accounts.map(({ key, number, name }) => ({ value: key, label: `${number} ${say(name)}` }));
  // What is asked may be a share of an account, or written in words: it is shown as it was written.
  const isListed = asked === undefined || options.some(({ value }) => value === asked);
  return (
    <label className="filter wide">
      <span>{say(ACCOUNT)}</span>
      <Select
        value={asked ?? ''}
        aria-label={say(ACCOUNT)}
        popupMatchSelectWidth={false}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(value: string) => change({ account: value })}
        options={[{ value: '', label: say(none) }, ...(isListed ? [] : [{ value: asked, label: asked }]), ...options]}
      />
    </label>
  );
}

import { Result } from 'antd';
import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';

const NONE = text('没有这一页', 'There is no such page');
const HOME = text('回到总览', 'Go to the overview');

/** What an address shows that no screen has. */
export function Component() {
  const say = useSay();
  const { path, link } = useAddress();
  return <Result status="404" title={say(NONE)} subTitle={path} extra={<Link to={link('/')}>{say(HOME)}</Link>} />;
}

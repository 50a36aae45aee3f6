import { Button } from 'antd';
import { useSay } from '../text/say.ts';
import { type Text, text } from '../text/text.ts';

/** So it is said, behind what it is of. */
export const NOT_COME = text('可选项未能取得', 'the choices have not come');
const AGAIN = text('再试一次', 'Try again');

interface Props {
  /** What would be chosen. */
  readonly of: Text;
  readonly asking: {
    /** Whether it has failed, and nothing of it had come before. */
    readonly isLoadingError: boolean;
    readonly refetch: () => unknown;
  };
}

/** Says beside filters that what they offer has not come: what the address asks is shown all the same. */
export function NotCome({ of, asking: { isLoadingError, refetch } }: Props) {
  const say = useSay();
  if (!isLoadingError) return null;
  return (
    <span className="not-come" role="alert">
      {say(of)}
      {say(COLON)}
      {say(NOT_COME)}
      <Button size="small" onClick={() => void refetch()}>
        {say(AGAIN)}
      </Button>
    </span>
  );
}

const COLON = text('：', ': ');

import { Alert, Button, Skeleton } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { mayPass, Refused, Unreachable } from '../api/problem.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';

/** What is asked of the service, as far as its wait is shown. */
export interface Asking {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** After so long a wait is named: a slow service is no empty answer. */
const SLOW_MS = 2_000;

const SLOW = text('服务尚未应答，已等', 'The service has not answered yet; waited');
const SECONDS = text('秒。这不是“没有数据”。', 's. This is not an empty answer.');
const AGAIN = text('再试一次', 'Try again');
const UNREACHABLE = text('服务没有应答', 'The service does not answer');
const WHAT_TO_DO = text(
  '服务可能正在重启，或网络中断。页面上没有任何数字丢失；稍候再试，或请运维查看服务是否在运行。',
  'It may be starting again, or the network is down. Nothing is lost; try again, or have an operator see to it.',
);
const FAILED_TO_DO = text(
  '稍候再试；若仍如此，请把下面的编号交给运维，凭它可在服务的日志中找到原因。',
  'Try again; if it stays so, give an operator the name below: the log of the service says why under it.',
);
const EXPECTED = text('应为', 'expected');
const GOT = text('实为', 'got');
const FAILED = text('服务不能回答', 'The service cannot answer');
const REFUSED = text('所问不合要求', 'This is not a valid question');

/** Shows what came, or why nothing has: still on its way, refused, or out of reach. */
export function Waiting({ asking, children }: { readonly asking: Asking; readonly children: () => ReactNode }) {
  if (asking.error) return <Failure error={asking.error} onRetry={() => void asking.refetch()} />;
  if (asking.isPending) return <OnItsWay />;
  return <>{children()}</>;
}

function OnItsWay() {
  const say = useSay();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const started = performance.now();
    const ticking = setInterval(() => setSeconds(Math.floor((performance.now() - started) / 1000)), 500);
    return () => clearInterval(ticking);
  }, []);
  return (
    <div aria-busy="true" role="status" className="waiting">
      {seconds * 1000 >= SLOW_MS && <Alert type="info" showIcon title={`${say(SLOW)} ${seconds} ${say(SECONDS)}`} />}
      <Skeleton active title={false} paragraph={{ rows: 8 }} />
    </div>
  );
}

/** What went wrong: what, where, what was expected, what came, and what to do. */
export function Failure({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }) {
  const say = useSay();
  const again = onRetry && mayPass(error) && (
    <Button onClick={onRetry} size="small">
      {say(AGAIN)}
    </Button>
  );
  if (error instanceof Refused) {
    const { problem, status } = error;
    return (
      <Alert
        type={status >= 500 ? 'error' : 'warning'}
        showIcon
        role="alert"
        title={`${say(status >= 500 ? FAILED : REFUSED)}：${problem.detail}`}
        action={again}
        description={
          <ul className="findings">
            {status >= 500 && <li>{say(FAILED_TO_DO)}</li>}
            {problem.errors.map(({ pointer, code, expected, got }) => (
              <li key={`${pointer} ${code}`}>
                <code>{pointer}</code> {say(EXPECTED)} {expected}，{say(GOT)} <code>{got}</code>
              </li>
            ))}
            <li className="muted">
              {problem.code} · {problem.instance}
            </li>
          </ul>
        }
      />
    );
  }
  const status = error instanceof Unreachable && error.status !== undefined ? ` (${error.status})` : '';
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={`${say(UNREACHABLE)}${status}`}
      description={error instanceof Unreachable ? say(WHAT_TO_DO) : String(error)}
      action={again}
    />
  );
}

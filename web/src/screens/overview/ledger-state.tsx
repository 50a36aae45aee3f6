import { type ReactNode } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { type Answer, useAnswer } from '../../api/ask.ts';
import { Failure } from '../../shell/waiting.tsx';
import { useSay } from '../../text/say.ts';
import { type Text, text } from '../../text/text.ts';
import { groupDigits } from '../../text/digits.ts';

const STATE = text('账本与系统', 'The ledger and the system');
const POSITION = text('日志位置', 'Position of the log');
const TABLES = text('查询视图', 'Read tables');
const IN_STEP = text('与日志同步', 'in step with the log');
const BEHIND = text('落后', 'behind by');
const STOPPED = text('已停止', 'stopped');
const KAFKA = text('Kafka 投递', 'Delivery to Kafka');
const NO_KAFKA = text('未启用', 'not switched on');
const VERIFIED = text('最近一次全面核对', 'Last verification');
const NEVER = text('从未', 'never');
const NO_BREACH = text('无不符', 'nothing broken');
const BREACHES = text('处不符', 'broken');
const SEE = text('运行情况', 'Operation');

type Operation = Answer<'/v1/operation'>;

/** Where the log is, how far what is read and delivered lies behind it, and when all was verified. */
export function LedgerState() {
  const say = useSay();
  const { link } = useAddress();
  const { data, error, refetch } = useAnswer('/v1/operation', {}, { everyMs: 10_000 });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <section className="ledger-state" aria-label={say(STATE)}>
      <Fact name={POSITION}>{data.position === null ? '—' : groupDigits(String(data.position))}</Fact>
      <Fact name={TABLES}>{lagOf(data.projections, say)}</Fact>
      <Fact name={KAFKA}>{data.relay ? <Lag lag={data.relay.lag} /> : say(NO_KAFKA)}</Fact>
      <Fact name={VERIFIED}>{verified(data.lastVerification, say)}</Fact>
      <Link to={link('/operation')}>{say(SEE)}</Link>
    </section>
  );
}

function Fact({ name, children }: { readonly name: Text; readonly children: ReactNode }) {
  const say = useSay();
  return (
    <span className="fact">
      {say(name)} <strong>{children}</strong>
    </span>
  );
}

function lagOf(projections: Operation['projections'], say: (said: Text) => string): ReactNode {
  const stopped = projections.find(({ failure }) => failure !== null);
  if (stopped) return <span className="tone bad">{`${say(stopped.title)}：${say(STOPPED)}`}</span>;
  const last = projections.toSorted((one, other) => (other.lag ?? 0) - (one.lag ?? 0))[0];
  return <Lag lag={last?.lag ?? null} />;
}

function Lag({ lag }: { readonly lag: number | null }) {
  const say = useSay();
  if (lag === null) return '—';
  if (lag === 0) return <span className="tone good">{say(IN_STEP)}</span>;
  return (
    <span className="tone warn">
      {say(BEHIND)} {groupDigits(String(lag))}
    </span>
  );
}

function verified(last: Operation['lastVerification'], say: (said: Text) => string): ReactNode {
  if (last === null) return <span className="tone warn">{say(NEVER)}</span>;
  const at = last.at.slice(0, 16).replace('T', ' ');
  return (
    <>
      {at} UTC{' '}
      {last.breachCount === 0 ? (
        <span className="tone good">{say(NO_BREACH)}</span>
      ) : (
        <span className="tone bad">{`${last.breachCount} ${say(BREACHES)}`}</span>
      )}
    </>
  );
}

import { useParams } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { type Answer, useAnswer } from '../../api/ask.ts';
import { type components } from '../../api/schema.ts';
import { Waiting } from '../../shell/waiting.tsx';
import { Facts, PlainTable } from '../../table/plain-table.tsx';
import { countText } from '../../text/counts.ts';
import { onTheClock } from '../../text/instants.ts';
import { useSay } from '../../text/say.ts';
import { type Text, text } from '../../text/text.ts';
import { Link } from 'react-router';
import { JobProgress } from '../../jobs/job-progress.tsx';
import { JOB_KINDS, JOB_STATUSES } from '../../jobs/job-words.ts';

type Job = Answer<'/v1/jobs/{id}'>;
type Verified = components['schemas']['Verified'];
type Replayed = components['schemas']['Replayed'];
type ExportedFile = components['schemas']['ExportedFile'];

const KIND = text('种类', 'Kind');
const STATUS = text('状态', 'Status');
const ASKED = text('发起', 'Asked for');
const STARTED = text('开始', 'Began');
const ENDED = text('结束', 'Ended');
const RESULT = text('结果', 'Result');
const WHY = text('原因', 'Why');
const BREACHES = text('不符', 'Breaches');
const NOTES = text('提示（不是不符）', 'Notes, which are no breaches');
const WHERE = text('位置', 'Where');
const RULE = text('应当成立', 'What must hold');
const EXPECTED = text('应为', 'Expected');
const GOT = text('实为', 'Got');
const MATCHED = text('上下级往来相符', 'Flows between levels, matched');
const TRANSIT = text('在途', 'In transit');
const UNMATCHED = text('已收未付', 'Received, not sent');
const SECONDS = text('用时（秒）', 'Took (s)');
const TABLES = text('逐表比对', 'Table by table');
const TABLE = text('表', 'Table');
const UP_TO = text('到位置', 'Up to');
const LIVE = text('现有行数', 'Rows live');
const REBUILT = text('重建行数', 'Rows rebuilt');
const DIFFER = text('差异行数', 'Rows that differ');
const MISSING = text('无法比对', 'Could not be compared');
const FILE = text('文件', 'File');
const DIGEST = text('SHA-256', 'SHA-256');
const BYTES = text('字节', 'Bytes');
const EVERY_MS = 1_000;

/** One job: how far it is, or what came of it, in full. */
export function Component() {
  const say = useSay();
  const { id = '' } = useParams();
  const asking = useAnswer('/v1/jobs/{id}', {}, { path: { id }, everyMs: EVERY_MS });
  return (
    <Waiting asking={asking}>
      {() => {
        const job = asking.data!;
        const { kind, status, askedAt, startedAt, endedAt, progress, error, says, result } = job;
        return (
          <>
            <Facts
              facts={[
                [KIND, say(JOB_KINDS[kind])],
                [STATUS, say(JOB_STATUSES[status])],
                [ASKED, onTheClock(askedAt)],
                ...(startedAt === undefined ? [] : [[STARTED, onTheClock(startedAt)] as const]),
                ...(endedAt === undefined ? [] : [[ENDED, onTheClock(endedAt)] as const]),
                ...(says === undefined ? [] : [[RESULT, say(says)] as const]),
                ...(error === undefined ? [] : [[WHY, say(error.detail)] as const]),
              ]}
            />
            {progress && <JobProgress progress={progress} />}
            {result && 'verify' in result && <VerifyResult verified={result.verify} />}
            {result && 'replay' in result && <ReplayResult replayed={result.replay} />}
            {result && 'file' in result && <FileResult job={job} file={result.file} />}
          </>
        );
      }}
    </Waiting>
  );
}

function VerifyResult({ verified }: { readonly verified: Verified }) {
  const { transfers, seconds, breaches, breachCount, notes, noteCount } = verified;
  return (
    <>
      <Facts
        facts={[
          [BREACHES, countText(breachCount)],
          [NOTES, countText(noteCount)],
          [MATCHED, countText(transfers.matched)],
          [TRANSIT, countText(transfers.inTransit)],
          [UNMATCHED, countText(transfers.unmatched)],
          [SECONDS, String(seconds)],
        ]}
      />
      <Breaches title={BREACHES} breaches={breaches} />
      {notes.length > 0 && <Breaches title={NOTES} breaches={notes} />}
    </>
  );
}

function Breaches({ title, breaches }: { readonly title: Text; readonly breaches: Verified['breaches'] }) {
  const say = useSay();
  const { link } = useAddress();
  return (
    <PlainTable
      title={title}
      columns={[{ name: WHERE }, { name: RULE }, { name: EXPECTED }, { name: GOT }]}
      rows={breaches.map(({ position, id, name, expected, got }, index) => ({
        key: index,
        cells: [
          <>
            {position === null ? '—' : `@${position} `}
            {id !== null && <Link to={link(`/v1/vouchers/${id}`)}>{id}</Link>}
          </>,
          say(name),
          expected,
          got,
        ],
      }))}
    />
  );
}

function ReplayResult({ replayed: { tables, notThere, seconds } }: { readonly replayed: Replayed }) {
  return (
    <>
      <Facts facts={[[SECONDS, String(seconds)]]} />
      {notThere.length > 0 && (
        <PlainTable
          title={MISSING}
          columns={[{ name: TABLE }, { name: WHY }]}
          rows={notThere.map(({ projection, why }) => ({ key: projection, cells: [projection, why] }))}
        />
      )}
      <PlainTable
        title={TABLES}
        columns={[
          { name: TABLE },
          { name: UP_TO, isFigure: true },
          { name: LIVE, isFigure: true },
          { name: REBUILT, isFigure: true },
          { name: DIFFER, isFigure: true },
        ]}
        rows={tables.map(({ table, position, liveRows, rebuiltRows, differences, first }) => ({
          key: table,
          cells: [
            <>
              <code>{table}</code>
              {first.map(({ live, rebuilt }, index) => (
                <div key={index} className="muted">
                  <code>{live ?? '—'}</code> ≠ <code>{rebuilt ?? '—'}</code>
                </div>
              ))}
            </>,
            countText(position),
            countText(liveRows),
            countText(rebuiltRows),
            countText(differences),
          ],
        }))}
      />
    </>
  );
}

function FileResult({ job, file }: { readonly job: Job; readonly file: ExportedFile }) {
  return (
    <Facts
      facts={[
        [FILE, <a href={job.links.file}>{file.name}</a>],
        [BYTES, countText(file.bytes)],
        [DIGEST, <code>{file.sha256}</code>],
      ]}
    />
  );
}

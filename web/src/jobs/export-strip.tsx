import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../address/address.ts';
import { useAnswer } from '../api/ask.ts';
import { Refused } from '../api/problem.ts';
import { countText } from '../text/counts.ts';
import { useSay } from '../text/say.ts';
import { text } from '../text/text.ts';
import { useEndExport, useKeptExports } from './exports.ts';
import { JobProgress } from './job-progress.tsx';
import { JOB_STATUSES } from './job-words.ts';

const EXPORTS = text('后台导出', 'Exports in the background');
const CANCEL = text('取消', 'Cancel');
const CLOSE = text('收起', 'Put away');
const FETCH = text('下载', 'Download');
const BYTES = text('字节', 'bytes');
const GONE = text('任务已不在', 'The job is gone');
const EVERY_MS = 1_000;

/** How the exports that were begun here stand, on whatever page one is, until they are put away. */
export function Component() {
  const say = useSay();
  const ids = useKeptExports();
  if (ids.length === 0) return null;
  return (
    <section className="exports" aria-label={say(EXPORTS)}>
      {ids.map((id) => (
        <OneExport key={id} id={id} />
      ))}
    </section>
  );
}

function OneExport({ id }: { readonly id: string }) {
  const say = useSay();
  const { link } = useAddress();
  const [isOver, setOver] = useState(false);
  const asking = useAnswer('/v1/jobs/{id}', {}, { path: { id }, ...(!isOver && { everyMs: EVERY_MS }) });
  const { cancel, putAway } = useEndExport(id);
  const job = asking.data;
  const isGone = asking.error instanceof Refused && asking.error.status === 404;
  const isAtWork = job?.status === 'queued' || job?.status === 'running';
  const hasEnded = isGone || (job !== undefined && !isAtWork);
  if (hasEnded !== isOver) setOver(hasEnded);
  if (!job && !isGone) return null;
  const file = job?.result && 'file' in job.result ? job.result.file : undefined;
  return (
    <div className="one-export">
      {job ? <Link to={link(job.links.job)}>{say(EXPORTS)}</Link> : say(GONE)}
      <span role="status">{job && say(JOB_STATUSES[job.status])}</span>
      {job?.progress && <JobProgress progress={job.progress} />}
      {job?.error && <span>{say(job.error.detail)}</span>}
      {file && job?.links.file !== undefined && (
        <a href={job.links.file} download>
          {say(FETCH)} {file.name}（{countText(file.bytes)} {say(BYTES)}）
        </a>
      )}
      <span className="actions">
        {isAtWork ? (
          <Button size="small" onClick={cancel}>
            {say(CANCEL)}
          </Button>
        ) : (
          <Button size="small" onClick={putAway}>
            {say(CLOSE)}
          </Button>
        )}
      </span>
    </div>
  );
}

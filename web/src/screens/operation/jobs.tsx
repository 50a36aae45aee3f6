import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAddress } from '../../address/address.ts';
import { useAnswer } from '../../api/ask.ts';
import { answerOf, client, inLanguage } from '../../api/client.ts';
import { Failure, Waiting } from '../../shell/waiting.tsx';
import { PlainTable } from '../../table/plain-table.tsx';
import { onTheClock } from '../../text/instants.ts';
import { useSay } from '../../text/say.ts';
import { text } from '../../text/text.ts';
import { JobProgress } from '../../jobs/job-progress.tsx';
import { JOB_KINDS, JOB_STATUSES } from '../../jobs/job-words.ts';

const TITLE = text('任务：核验、重放、导出', 'Jobs: verify, replay, export');
const VERIFY = text('核验日志', 'Verify the log');
const REPLAY = text('重放并比对', 'Replay and compare');
const SAYS = text(
  '只读，不写入日志；可以离开或刷新本页，任务照常进行。',
  'They only read. Leave or reload this page as you like: they go on.',
);
const KIND = text('种类', 'Kind');
const STATUS = text('状态', 'Status');
const ASKED = text('发起', 'Asked for');
const RESULT = text('进度与结果', 'Progress and result');
const ACTION = text('操作', 'Action');
const CANCEL = text('取消', 'Cancel');
const REMOVE = text('删除', 'Remove');
const FILE = text('下载文件', 'Download the file');
const OPEN = text('详情', 'Details');
const BUSY_MS = 1_000;
const IDLE_MS = 10_000;

/** The jobs of the service: begun, followed, ended and removed here. */
export function Jobs() {
  const say = useSay();
  const { link } = useAddress();
  const [isBusy, setBusy] = useState(false);
  const asking = useAnswer('/v1/jobs', {}, { everyMs: isBusy ? BUSY_MS : IDLE_MS });
  const jobs = asking.data?.jobs ?? [];
  const isAtWork = jobs.some(({ status }) => status === 'queued' || status === 'running');
  if (isAtWork !== isBusy) setBusy(isAtWork);
  const { start, end, failure } = useJobActions();
  return (
    <Waiting asking={asking}>
      {() => (
        <PlainTable
          title={TITLE}
          columns={[{ name: KIND }, { name: STATUS }, { name: ASKED }, { name: RESULT }, { name: ACTION }]}
          rows={jobs.map((job) => ({
            key: job.id,
            cells: [
              <>
                {say(JOB_KINDS[job.kind])}
                {job.request !== undefined && (
                  <>
                    <br />
                    <code>{job.request}</code>
                  </>
                )}
              </>,
              say(JOB_STATUSES[job.status]),
              onTheClock(job.askedAt),
              <>
                {job.progress && <JobProgress progress={job.progress} />}
                {job.says && <Link to={link(job.links.job)}>{say(job.says)}</Link>}
                {job.error && say(job.error.detail)}
                {!job.says && !job.progress && !job.error && <Link to={link(job.links.job)}>{say(OPEN)}</Link>}
                {job.links.file !== undefined && (
                  <>
                    {' · '}
                    <a href={job.links.file}>{say(FILE)}</a>
                  </>
                )}
              </>,
              <Button size="small" onClick={() => end(job.id)}>
                {say(job.status === 'queued' || job.status === 'running' ? CANCEL : REMOVE)}
              </Button>,
            ],
          }))}
        >
          <p className="head">{say(SAYS)}</p>
          <div className="begin">
            <Button onClick={() => start('verify')}>{say(VERIFY)}</Button>
            <Button onClick={() => start('replay')}>{say(REPLAY)}</Button>
          </div>
          {failure && <Failure error={failure} />}
        </PlainTable>
      )}
    </Waiting>
  );
}

/** What is done with jobs; the list is asked for anew behind it. */
function useJobActions() {
  const { language } = useAddress();
  const queries = useQueryClient();
  const headers = inLanguage(language);
  const onSettled = (): Promise<void> => queries.invalidateQueries({ queryKey: ['/v1/jobs'] });
  const starting = useMutation({
    mutationFn: (kind: 'verify' | 'replay') => answerOf(client.POST('/v1/jobs', { body: { kind }, headers })),
    onSettled,
  });
  const ending = useMutation({
    mutationFn: async (id: string) => {
      const outcome = await client.DELETE('/v1/jobs/{id}', { params: { path: { id } }, headers });
      // One that had ended is gone, and nothing is answered.
      if (outcome.response.status !== 204) await answerOf(Promise.resolve(outcome));
    },
    onSettled,
  });
  return { start: starting.mutate, end: ending.mutate, failure: starting.error ?? ending.error };
}

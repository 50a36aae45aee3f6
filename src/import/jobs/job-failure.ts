import { LedgerError, text } from '../../errors.js';
import { type LogLikeness } from '../../event-store/log-identity.js';
import { asLedgerError } from '../../machine-fault.js';
import { ImportStopped } from '../report/import-stopped.js';
import { type JobError } from './import-job.js';

/**
 * What an error means for an import:
 * - passing: nothing is wrong with the import; it is paused, and goes on by itself.
 * - refused: it cannot be imported as it was sent.
 * - set-aside: going on is pointless or dangerous, and nobody's decision but a person's.
 * - fault: of ours. Once it may have been chance.
 */
export type Verdict = 'passing' | 'refused' | 'set-aside' | 'fault';

/** An error that sets an import aside. */
class SetAside extends LedgerError {}

export function judge(error: unknown): { readonly verdict: Verdict; readonly error: JobError } {
  const said = asLedgerError(error);
  if (!(said instanceof LedgerError)) return { verdict: 'fault', error: FAULT };
  const { code, kind } = said;
  const detail = said instanceof ImportStopped ? said.reason : said.text;
  if (code === CHECK_ENDED) return { verdict: 'fault', error: { code, detail } };
  if (said instanceof SetAside) return { verdict: 'set-aside', error: { code, detail } };
  return { verdict: kind === 'unavailable' ? 'passing' : 'refused', error: { code, detail } };
}

/** The thread that checks a file ended: by what is in the file, unless it was by chance. */
const CHECK_ENDED = 'check-ended';

const FAULT: JobError = {
  code: 'internal-error',
  detail: text('导入时服务内部出错，详情在日志中', 'a fault of the service while it imported; the log has the details'),
};

const setAside = (code: string, zh: string, en: string): LedgerError =>
  new SetAside('unavailable', code, text(`${zh}；已入账的仍在日志中`, `${en}; what was posted is in the log`));

/** An import that made the process end, or fail, more than once at the same place. */
export const poisonous = (): LedgerError =>
  setAside(
    'import-set-aside',
    '此导入两次在同一处使服务出错或退出，不再继续，详情在日志中；文件保留在数据目录',
    'twice this import made the service fail or end at the same place, and it is not gone on with: the log has the ' +
      'details, and the data directory keeps the file',
  );

export const uploadMissing = (): LedgerError =>
  setAside(
    'upload-missing',
    '此导入的文件已不在数据目录中，请重新发送',
    'the file of this import is gone; send it again',
  );

export const recordMissing = (): LedgerError =>
  setAside(
    'record-missing',
    '数据目录中有此文件，但没有其导入记录，请重新发送',
    'the data directory has this file and no record of its import; send it again',
  );

/** An import whose log is not the one that is here now. */
export function ofAnotherLog(likeness: Exclude<LogLikeness, 'same'>): LedgerError {
  return likeness === 'parted'
    ? setAside(
        'of-another-log',
        '日志是较旧的副本：此导入写入记录时的事件已不在其中；需要时重新发送文件',
        'the log is an older copy: it lacks events that stood when this import was last written down; send the file ' +
          'again where it is wanted',
      )
    : setAside(
        'of-another-log',
        '此导入属于另一账簿的日志；需要时重新发送文件',
        'this import belongs to the log of another ledger; send the file again where it is wanted',
      );
}

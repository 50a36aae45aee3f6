import { type Text, text } from '../errors.js';
import { type JobResult } from './job.js';

/** What came of a job, in a sentence. */
export function saysOf(result: JobResult): Text {
  if ('verify' in result) {
    const { ok, events, position, breachCount, noteCount } = result.verify;
    const notes = noteCount === 0 ? text('', '') : text(`，另有 ${noteCount} 处提示`, `, with ${noteCount} notes`);
    return ok
      ? text(
          `全部通过：核验 ${events} 个事件，至位置 ${position}${notes.zh}`,
          `everything holds: ${events} events were checked, up to position ${position}${notes.en}`,
        )
      : text(
          `有 ${breachCount} 处不符：核验 ${events} 个事件，至位置 ${position}${notes.zh}`,
          `${breachCount} breaches: ${events} events were checked, up to position ${position}${notes.en}`,
        );
  }
  if ('replay' in result) {
    const { equal, events } = result.replay;
    return equal
      ? text(
          `重放 ${events} 个事件，重建的查询视图与现有的逐行相同`,
          `${events} events were replayed, and the rebuilt read tables equal the live ones row for row`,
        )
      : text(
          `重放 ${events} 个事件，重建的查询视图与现有的不同`,
          `${events} events were replayed, and the rebuilt read tables differ from the live ones`,
        );
  }
  const { name, bytes, position } = result.file;
  return text(
    `${name}，${bytes} 字节，显示至日志位置 ${position}`,
    `${name}, ${bytes} bytes, which shows the log up to position ${position}`,
  );
}

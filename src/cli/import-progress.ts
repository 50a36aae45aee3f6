import { Presets, SingleBar } from 'cli-progress';
import { type Language, type Text, text } from '../errors.js';
import { type ImportPhase, type ImportProgress } from '../import/report/import-report.js';
import { toStandardError } from './terminal.js';

/** Shows how far an import has come, on the error stream: a bar on a terminal, a plain line now and then elsewhere. */
export interface ShownProgress {
  readonly take: (progress: ImportProgress) => void;
  /** Leaves the terminal as it was. */
  readonly end: () => void;
}

const PHASE: Readonly<Record<ImportPhase, Text>> = {
  inspecting: text('识别文件', 'inspecting'),
  checking: text('检查', 'checking'),
  posting: text('记账', 'posting'),
  projecting: text('更新查询视图', 'updating the read tables'),
};
/** Least time between two plain lines of one phase. */
const PLAIN_LINE_MS = 5_000;
/** A phase as young as this has no rate worth telling. */
const LEAST_MEASURED_MS = 100;

export const showProgress = (language: Language): ShownProgress =>
  process.stderr.isTTY ? bar(language) : plainLines(language);

function bar(language: Language): ShownProgress {
  const [lines, left] = language === 'zh' ? ['行', '剩余'] : ['lines', 'left'];
  const format = `{phase} [{bar}] {percentage}%  {lines} ${lines}  {rate}  ${left} {eta_formatted}`;
  const shown = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  let phase: ImportPhase | undefined;
  let started = 0;
  return {
    take: (progress) => {
      if (progress.phase !== phase) {
        if (phase) shown.stop();
        phase = progress.phase;
        started = performance.now();
        shown.start(Math.max(progress.total, 1), 0, facts(progress, started, language));
      }
      shown.update(progress.total === 0 ? 1 : progress.done, facts(progress, started, language));
    },
    end: () => shown.stop(),
  };
}

const facts = ({ phase, lines, paused }: ImportProgress, started: number, language: Language) => ({
  phase: paused ? pausedText(paused, language) : PHASE[phase][language],
  lines,
  rate: rateOf(lines, performance.now() - started, language),
});

const pausedText = (reason: Text, language: Language): string =>
  language === 'zh' ? `暂停，自行继续：${reason.zh}` : `paused, goes on by itself: ${reason.en}`;

/**
 * Plain lines, for a file or a pipe: the first and the last of each phase, and between them at most one every five
 * seconds. The last is known when the next phase begins, or at the end.
 * `now` is the time in milliseconds, of whatever beginning.
 */
export function plainLines(
  language: Language,
  write: (line: string) => void = toStandardError,
  now: () => number = () => performance.now(),
): ShownProgress {
  let last: ImportProgress | undefined;
  let started = now();
  let lastAt = started;
  let saidAt = started;
  let isSaid = true;
  const say = (progress: ImportProgress, at: number): void => {
    write(`${plainLine(progress, at - started, language)}\n`);
    saidAt = at;
    isSaid = true;
  };
  const finish = (): void => {
    if (last && !isSaid) say(last, lastAt);
  };
  return {
    take: (progress) => {
      const at = now();
      const isFirst = progress.phase !== last?.phase || (progress.paused === undefined) !== (last.paused === undefined);
      if (isFirst) {
        finish();
        // A phase begins where the one before has ended, not where the first of it is done.
        if (last) started = lastAt;
      }
      // A look that found nothing new is no line of its own.
      isSaid &&= !isFirst && progress.done === last?.done && progress.total === last.total;
      last = progress;
      lastAt = at;
      if (isFirst || (!isSaid && at - saidAt >= PLAIN_LINE_MS)) say(progress, at);
    },
    end: finish,
  };
}

function plainLine(progress: ImportProgress, elapsedMs: number, language: Language): string {
  const { phase, done, total, lines, paused } = progress;
  if (paused) return pausedText(paused, language);
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  const words = language === 'zh' ? `${lines} 行` : `${lines} lines`;
  const begun = `${PHASE[phase][language]} ${percent}%  ${words}`;
  if (elapsedMs < LEAST_MEASURED_MS) return begun;
  const line = `${begun}  ${rateOf(lines, elapsedMs, language)}`;
  if (done <= 0 || done >= total) return line;
  const left = Math.ceil((elapsedMs * (total - done)) / done / 1_000);
  return `${line}  ${language === 'zh' ? `剩余 ${left} 秒` : `${left} s left`}`;
}

function rateOf(lines: number, elapsedMs: number, language: Language): string {
  const rate = elapsedMs > 0 ? Math.round((lines * 1_000) / elapsedMs) : 0;
  return language === 'zh' ? `${rate} 行/秒` : `${rate} lines/s`;
}

import { Presets, SingleBar } from 'cli-progress';
import { type Language, type Text, text } from '../errors.js';
import { type ImportPhase, type ImportProgress } from '../import/import-report.js';

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

const facts = ({ phase, lines }: ImportProgress, started: number, language: Language) => ({
  phase: PHASE[phase][language],
  lines,
  rate: rateOf(lines, started, language),
});

function plainLines(language: Language): ShownProgress {
  let phase: ImportPhase | undefined;
  let started = performance.now();
  let said = started;
  return {
    take: (progress) => {
      const { done, total, lines } = progress;
      const now = performance.now();
      if (progress.phase !== phase) {
        // A phase begins where the one before has ended, not where the first of it is done.
        if (phase) started = said;
        phase = progress.phase;
      }
      if (done < total && now - said < PLAIN_LINE_MS) return;
      said = now;
      const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
      const words = language === 'zh' ? `${lines} 行` : `${lines} lines`;
      process.stderr.write(`${PHASE[phase][language]} ${percent}%  ${words}  ${rateOf(lines, started, language)}\n`);
    },
    end: () => undefined,
  };
}

function rateOf(lines: number, started: number, language: Language): string {
  const seconds = (performance.now() - started) / 1000;
  const rate = seconds > 0 ? Math.round(lines / seconds) : 0;
  return language === 'zh' ? `${rate} 行/秒` : `${rate} lines/s`;
}

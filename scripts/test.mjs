#!/usr/bin/env node
/**
 * The whole test run: `npm test`. Each step is a script of package.json, so that it can also be run by itself.
 * A step that fails does not keep the later ones from running. `npm test -- lint imports` runs only those steps;
 * words that name no step go to jest, e.g. `npm test -- jest src/money`.
 * Ends with what could not be run, and `N passed, N failed`: every step and every test of jest counts as one.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { isReady, NotReady, ready, ROOT } from './ready.mjs';

const STEPS = [
  { script: 'types', zh: '类型', en: 'types' },
  { script: 'format', zh: '格式', en: 'format' },
  { script: 'lint', zh: '代码检查', en: 'lint' },
  { script: 'imports', zh: '引用方向', en: 'import rules' },
  { script: 'unused', zh: '无用代码', en: 'dead code' },
  { script: 'jest', zh: '测试', en: 'tests' },
];
const words = process.argv.slice(2);
const named = STEPS.filter(({ script }) => words.includes(script));
const steps = named.length > 0 ? named : STEPS;
const jestWords = words.filter((word) => !named.some(({ script }) => script === word));

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const scratch = mkdtempSync(join(tmpdir(), 'tongzhang-test-'));
const notRunFile = join(scratch, 'not-run');
const jestReport = join(scratch, 'jest.json');
const totals = { passed: 0, failed: 0 };
const failures = [];

/** Runs a script of package.json the way npm does, and gives its exit code. */
function run(script, args) {
  const path = `${join(ROOT, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  const child = spawn([scripts[script], ...args.map((word) => JSON.stringify(word))].join(' '), {
    cwd: ROOT,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PATH: path,
      TEST_NOT_RUN_FILE: notRunFile,
      // The specs start hundreds of processes that are the same program.
      NODE_COMPILE_CACHE: join(scratch, 'compiled'),
    },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** What jest counted. A run that ended without a report, or a file that could not be loaded, is a failure too. */
function countJest(code) {
  if (!existsSync(jestReport)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(jestReport, 'utf8'));
  for (const { name, status, assertionResults } of report.testResults) {
    for (const test of assertionResults) if (test.status === 'failed') failures.push(`${test.fullName}  (${name})`);
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) failures.push(name);
  }
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

async function runStep({ script, zh, en }) {
  process.stdout.write(`\n== ${zh} ${en}: ${scripts[script]}\n`);
  const started = performance.now();
  const args = script === 'jest' ? ['--json', `--outputFile=${jestReport}`, ...jestWords] : [];
  const code = await run(script, args);
  const counted = script === 'jest' ? countJest(code) : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`== ${zh} ${en}: ${counted.failed === 0 ? '通过 passed' : '未通过 FAILED'}, ${seconds} s\n`);
  if (script !== 'jest' && code !== 0) failures.push(`${zh} ${en} (npm run ${script})`);
  totals.passed += counted.passed;
  totals.failed += counted.failed;
}

/** Builds, as a step of its own: the specs that start the service need what is built. */
async function buildStep() {
  try {
    await ready();
    totals.passed += 1;
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    process.stdout.write(`${error.message}\n`);
    failures.push('构建 build');
    totals.failed += 1;
  }
}

/** The files that git sees as changed; a test run leaves them as they were. Undefined where there is no git. */
function changedFiles() {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout : undefined;
}

function checkTree(before) {
  const after = changedFiles();
  if (after === before) totals.passed += 1;
  else {
    process.stdout.write(`\n== 工作区被测试改动 the run changed the work tree:\n${after}`);
    failures.push('工作区 work tree');
    totals.failed += 1;
  }
}

function summarise() {
  const notRun = existsSync(notRunFile) ? readFileSync(notRunFile, 'utf8').split('\n').filter(Boolean) : [];
  process.stdout.write('\n');
  for (const line of new Set(notRun)) process.stdout.write(`NOT RUN 未运行: ${line}\n`);
  if (notRun.length === 0) process.stdout.write('全部测试都已运行 everything was run\n');
  for (const failure of failures) process.stdout.write(`FAILED 未通过: ${failure}\n`);
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
}

if (await isReady(1, { withBuild: false })) {
  // Only a checkout of its own stays untouched by others while the tests run.
  const before = process.env.CI ? changedFiles() : undefined;
  await buildStep();
  for (const step of steps) await runStep(step);
  if (before !== undefined) checkTree(before);
  summarise();
  process.exitCode = totals.failed === 0 ? 0 : 1;
} else process.stdout.write('0 passed, 1 failed\n');
rmSync(scratch, { recursive: true, force: true });

import { type Vocabulary } from '../text/codes.js';
import { type Text, text } from '../errors.js';
import { type Chart } from '../reference/chart.js';
import { ledgerLine, parseLedgerLine, type Share, SHARES } from './entries.js';

/** What people call a ledger line: `财政专户存款/定期存款`, `Benefits/Inpatient@pool`. */
export function lineName(line: string, chart: Chart): Text {
  const { account, detail, share } = parseLedgerLine(line);
  const name = chart.codes.nameOf(account);
  const below =
    detail === undefined ? undefined : (chart.find(account)?.details?.nameOf(detail) ?? text(detail, detail));
  const part = share === undefined ? undefined : SHARES.nameOf(share);
  const written = (language: keyof Text): string =>
    name[language] + (below ? `/${below[language]}` : '') + (part ? `@${part[language]}` : '');
  return text(written('zh'), written('en'));
}

/** The number 科目编码 of a ledger line's account, of its detail where it has one; empty where the chart has none. */
export function lineNumber(line: string, chart: Chart): string {
  const { account, detail } = parseLedgerLine(line);
  const found = detail === undefined ? undefined : chart.detail(account, detail);
  return found?.number ?? chart.find(account)?.number ?? '';
}

/**
 * The ledger line that words stand for, each of its parts by code or by name: `财政专户存款/term`, `待遇支出@统筹`.
 * Undefined where a part is neither; whether an entry may carry the detail and the share is not looked at.
 */
export function lineOf(words: string, chart: Chart): string | undefined {
  const parts = /^([^/@]+)(?:\/([^/@]+))?(?:@([^/@]+))?$/.exec(words.normalize('NFKC'));
  const account = parts ? chart.codes.codeOf(parts[1]!) : undefined;
  if (!parts || account === undefined) return undefined;
  const [, , detailWord, shareWord] = parts;
  const detail = detailWord === undefined ? undefined : chart.find(account)?.details?.codeOf(detailWord);
  const share = shareWord === undefined ? undefined : SHARES.codeOf(shareWord);
  if ((detailWord !== undefined && detail === undefined) || (shareWord !== undefined && share === undefined))
    return undefined;
  return ledgerLine({ account, ...(detail !== undefined && { detail }), ...(share && { share: share as Share }) });
}

/** The names of a ledger line, each part by its code or by a name of it. */
export function wordsOfLine(line: string, chart: Chart): string[] {
  const { account, detail, share } = parseLedgerLine(line);
  const words = wordsOfAccount(account, detail, chart);
  if (share === undefined) return words;
  const shares = [share, ...Object.values(SHARES.nameOf(share))];
  return words.flatMap((word) => shares.map((part) => `${word}@${part}`));
}

function wordsOfAccount(account: string, detail: string | undefined, chart: Chart): string[] {
  const accounts = [account, chart.find(account)?.number ?? account, ...Object.values(chart.codes.nameOf(account))];
  if (detail === undefined) return accounts;
  const details = [detail, ...Object.values(chart.find(account)?.details?.nameOf(detail) ?? {})];
  return accounts.flatMap((above) => details.map((below) => `${above}/${below}`));
}

/** Some ledger lines as the values of a field. */
export function ledgerLines(lines: readonly string[], chart: Chart): Vocabulary {
  const known = new Map<string, string>();
  for (const line of lines) {
    const { zh, en } = lineName(line, chart);
    for (const word of [zh, en, line]) known.set(word, line);
  }
  const all = new Set(lines);
  return {
    codes: lines,
    has: (line) => all.has(line),
    codeOf: (words) => known.get(words) ?? known.get(lineOf(words, chart) ?? ''),
    nameOf: (line) => lineName(line, chart),
  };
}

/** Every ledger line that words can stand for, with its share: for who looks for one. */
export const anyLine = (chart: Chart): Vocabulary => ({
  codes: chart.codes.codes,
  has: (line) => lineOf(line, chart) !== undefined,
  codeOf: (words) => lineOf(words, chart),
  nameOf: (line) => lineName(line, chart),
});

import { type Vocabulary } from '../text/codes.js';
import { type Text, text } from '../errors.js';
import { ACCOUNTS, findAccount } from './chart-of-accounts.js';
import { ledgerLine, parseLedgerLine, type Share, SHARES } from './entries.js';

/** What people call a ledger line: `财政专户存款/定期存款`, `Benefits/Inpatient@pool`. */
export function lineName(line: string): Text {
  const { account, detail, share } = parseLedgerLine(line);
  const name = ACCOUNTS.nameOf(account);
  const below =
    detail === undefined ? undefined : (findAccount(account)?.details?.nameOf(detail) ?? text(detail, detail));
  const part = share === undefined ? undefined : SHARES.nameOf(share);
  const written = (language: keyof Text): string =>
    name[language] + (below ? `/${below[language]}` : '') + (part ? `@${part[language]}` : '');
  return text(written('zh'), written('en'));
}

/**
 * The ledger line that words stand for, each of its parts by code or by name: `财政专户存款/term`, `待遇支出@统筹`.
 * Undefined where a part is neither; whether an entry may carry the detail and the share is not looked at.
 */
export function lineOf(words: string): string | undefined {
  const parts = /^([^/@]+)(?:\/([^/@]+))?(?:@([^/@]+))?$/.exec(words.normalize('NFKC'));
  const account = parts ? ACCOUNTS.codeOf(parts[1]!) : undefined;
  if (!parts || account === undefined) return undefined;
  const [, , detailWord, shareWord] = parts;
  const detail = detailWord === undefined ? undefined : findAccount(account)?.details?.codeOf(detailWord);
  const share = shareWord === undefined ? undefined : SHARES.codeOf(shareWord);
  if ((detailWord !== undefined && detail === undefined) || (shareWord !== undefined && share === undefined))
    return undefined;
  return ledgerLine({ account, ...(detail !== undefined && { detail }), ...(share && { share: share as Share }) });
}

/** The names of a ledger line of an account or a detail, each part by its code or by a name of it. */
export function wordsOfLine(line: string): string[] {
  const { account, detail } = parseLedgerLine(line);
  const accounts = [account, findAccount(account)?.number ?? account, ...Object.values(ACCOUNTS.nameOf(account))];
  if (detail === undefined) return accounts;
  const details = [detail, ...Object.values(findAccount(account)?.details?.nameOf(detail) ?? {})];
  return accounts.flatMap((above) => details.map((below) => `${above}/${below}`));
}

/** Some ledger lines as the values of a field. */
export function ledgerLines(lines: readonly string[]): Vocabulary {
  const known = new Map<string, string>();
  for (const line of lines) for (const word of [lineName(line).zh, lineName(line).en, line]) known.set(word, line);
  return { codes: lines, codeOf: (words) => known.get(words) ?? known.get(lineOf(words) ?? ''), nameOf: lineName };
}

import { SHARES, VOUCHER_WORD, type VoucherType } from '../books/entries.js';
import { type Text, text } from '../errors.js';
import { type Adopted } from '../reference/adopted.js';
import { code, CodeList, type Vocabulary } from '../text/codes.js';
import { type CodesOn, type Field, fieldsOf } from './fields.js';
import { type EventKind } from './kind.js';

/** What a field of an event means, and what its parts mean where it has some. */
export interface Meaning {
  readonly name: Text;
  /** The words for its values, where these are codes. */
  readonly codes?: CodesOn | undefined;
  /** Of an object, or of each object of a list. */
  readonly parts?: Meanings;
  /** Of a map: the words for its keys. */
  readonly keys?: CodesOn | undefined;
}
export type Meanings = Readonly<Record<string, Meaning>>;

const means = (zh: string, en: string, more: Omit<Meaning, 'name'> = {}): Meaning => ({ name: text(zh, en), ...more });
const accounts: CodesOn = ({ chart }) => chart.codes;
const VOUCHER_TYPES = new CodeList(
  (Object.keys(VOUCHER_WORD) as VoucherType[]).map((type) => code(type, VOUCHER_WORD[type], type)),
);

/** An entry 分录 as events have it. */
export const ENTRY_FIELDS: Meanings = {
  account: means('科目', 'account', { codes: accounts }),
  detail: means('明细', 'detail of the account'),
  share: means('份额', 'share', { codes: () => SHARES }),
  debit: means('借方，元', 'debit in yuan'),
  credit: means('贷方，元', 'credit in yuan'),
};

/** What looked wrong about a command. */
export const FINDING_FIELDS: Meanings = {
  pointer: means('所指字段', 'the field it is about'),
  code: means('代码', 'code'),
  expected: means('应为', 'what was expected', {
    parts: { zh: means('中文', 'Chinese'), en: means('英文', 'English') },
  }),
  got: means('实为', 'what came'),
};

/** What every event may carry beside the fields of its command, in the order in which it is written. */
export const ADDED = {
  kind: means('种类', 'kind of the event'),
  key: means('幂等键', 'idempotency key of a single command'),
  source: means('来源文件的摘要', 'digest of the file it came from'),
  line: means('来源文件的行号', 'line of that file'),
  recordedAt: means('入账时间（UTC）', 'time of recording, UTC'),
  policy: means('所依政策版本', 'version of the policy applied'),
  reference: means('所依基础资料的版本', 'revision of the reference stream it was decided under'),
  period: means('会计期间', 'period'),
  voucherType: means('收、付、转', 'series of the voucher number', { codes: () => VOUCHER_TYPES }),
  voucherNumber: means('本期本类凭证号', 'number in its period and series'),
  entries: means('分录', 'entries', { parts: ENTRY_FIELDS }),
  registers: means(
    '所冲销分录的往来对象',
    'for whom, or for which year, the entries that it takes back are, by account',
    {
      keys: accounts,
    },
  ),
  closing: means(
    '结账后各明细余额及其摘要',
    'what every ledger line holds behind it, and the SHA-256 of the JSON of that',
    {
      parts: {
        balances: means('各明细余额', 'balance of every ledger line', { parts: ENTRY_FIELDS }),
        sha256: means('余额的摘要', 'SHA-256 of the balances'),
      },
    },
  ),
  answers: means('所承接的备查', 'id of the memo of the same register that it answers'),
  adds: means('登记簿增减', 'what it adds to what the register holds'),
  findings: means('已记录而可疑之处', 'what looked wrong and was recorded all the same', { parts: FINDING_FIELDS }),
} as const satisfies Meanings;

/** One field of a stored event with what it means. */
export interface ExplainedField {
  /** RFC 6901 pointer into the event, e.g. `/payer/reference`. */
  readonly pointer: string;
  /** Null where this release does not know the field: a later one wrote it. */
  readonly name: Text | null;
  /** The value as it is written; null for what has parts, which follow. */
  readonly value: string | null;
  /** What people call the value, where it is a code. */
  readonly valueName: Text | null;
}

/** Every field of an event with its meaning, in the order in which they are stored; the parts of one behind it. */
export function explainFields(kind: EventKind | undefined, event: object, adopted: Adopted): ExplainedField[] {
  const meanings: Meanings = {
    ...ADDED,
    ...(kind && { kind: { ...ADDED.kind, codes: () => new CodeList([code(kind.kind, kind.name.zh, kind.name.en)]) } }),
    ...(kind && meaningsOf(kind.command)),
  };
  return explainParts('', event, meanings, adopted);
}

function explainParts(at: string, object: object, meanings: Meanings, adopted: Adopted, keys?: Vocabulary) {
  return Object.entries(object).flatMap(([property, content]): ExplainedField[] => {
    const known = Object.hasOwn(meanings, property) ? meanings[property] : undefined;
    const meaning = known ?? (keys && { name: keys.nameOf(property) });
    return explain(`${at}/${escaped(property)}`, content, meaning, adopted);
  });
}

function explain(at: string, content: unknown, meaning: Meaning | undefined, adopted: Adopted): ExplainedField[] {
  const name = meaning?.name ?? null;
  if (typeof content !== 'object' || content === null) {
    const value = String(content);
    const codes = meaning?.codes?.(adopted);
    return [{ pointer: at, name, value, valueName: codes?.has(value) === true ? codes.nameOf(value) : null }];
  }
  const itself = { pointer: at, name, value: null, valueName: null };
  if (!Array.isArray(content))
    return [itself, ...explainParts(at, content, meaning?.parts ?? {}, adopted, meaning?.keys?.(adopted))];
  return [itself, ...content.flatMap((one: unknown, index) => explain(`${at}/${index}`, one, meaning, adopted))];
}

/** What the fields of a command class mean, as they are named to who fills them in. */
const meaningsOf = (type: new () => object): Meanings =>
  Object.fromEntries(fieldsOf(type).map((field) => [field.property, meaningOf(field)]));

const meaningOf = ({ name, nested, kind, codes }: Field): Meaning => ({
  name,
  ...(nested && { parts: meaningsOf(nested) }),
  ...(kind === 'amounts' ? { keys: codes } : { codes }),
});

const escaped = (property: string): string => property.replaceAll('~', '~0').replaceAll('/', '~1');

import { type QuestionPath } from '../api/ask.ts';
import { type paths } from '../api/schema.ts';
import { type Text, text } from '../text/text.ts';

/** The names of the parameters of a path. */
type ParametersOf<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Query } } }
  ? keyof NonNullable<Query> & string
  : never;

/** A screen in the navigation. */
export interface Screen {
  /** Its path, which is that of the API without `/v1`. */
  readonly path: string;
  readonly name: Text;
  /** The letter that leads here behind `g`. */
  readonly letter?: string;
  /** What of the address goes with whoever comes here from another screen. */
  readonly takes: readonly string[];
  /** Whether what it shows is of some days always: a list without days is of all there are. */
  readonly isOfDays?: boolean;
  /** What the paths of the things begin with that it lists, where that is not its own. */
  readonly lists?: string;
}

export interface QuestionScreen extends Screen {
  readonly question: QuestionPath;
}

/** A group in the navigation. What records will be a group of its own: 录入 behind 总览, for people who log in. */
export interface Group {
  readonly name: Text;
  readonly screens: readonly (Screen | QuestionScreen)[];
}

/** A screen that asks one question. */
function asks<Path extends QuestionPath>(
  question: Path,
  name: Text,
  takes: readonly ParametersOf<Path>[],
  letter?: string,
): QuestionScreen {
  return {
    path: question.slice('/v1'.length),
    question,
    name,
    takes,
    ...(takes.some((each) => each === 'from' || each === 'to') && { isOfDays: true }),
    ...(letter !== undefined && { letter }),
  };
}

/** The same of a list, which without days is of all there are. */
const list = (screen: QuestionScreen): QuestionScreen => ({ ...screen, isOfDays: false });

const BOOK = ['fund', 'unit', 'from', 'to', 'asOf', 'recordedAsOf'] as const;
const STATEMENT = [...BOOK, 'scope'] as const;
const FUND = ['fund', 'from', 'to', 'asOf', 'recordedAsOf'] as const;

export const OVERVIEW: Screen = {
  path: '/',
  name: text('总览', 'Overview'),
  letter: 'h',
  takes: ['fund', 'unit', 'from', 'to', 'asOf', 'recordedAsOf'],
  isOfDays: true,
};
/** The address of the question of the first page. */
const OVERVIEW_QUESTION = '/overview';

const HELP: Screen = { path: '/help', name: text('帮助', 'Help'), letter: 'y', takes: [] };

export const GROUPS: readonly Group[] = [
  {
    name: text('报表', 'Statements'),
    screens: [
      asks('/v1/trial-balance', text('科目余额表', 'Trial balance'), STATEMENT, 't'),
      asks('/v1/balance-sheet', text('资产负债表', 'Balance sheet'), STATEMENT, 'b'),
      asks('/v1/income-expenditure', text('收支表', 'Income and expenditure'), STATEMENT, 'i'),
      asks('/v1/net-assets', text('净资产变动', 'Net assets'), STATEMENT, 'n'),
      asks('/v1/final-accounts', text('预算与决算', 'Final accounts'), STATEMENT, 'f'),
      asks('/v1/balances', text('收支结余', 'Fund balances'), BOOK),
    ],
  },
  {
    name: text('账簿', 'Books'),
    screens: [
      asks('/v1/account-ledger', text('明细账', 'Account ledger'), BOOK, 'l'),
      list(asks('/v1/journal', text('序时账', 'Journal'), BOOK, 'j')),
      { ...list(asks('/v1/audit-trail', text('凭证与备查', 'Vouchers and memos'), BOOK, 'v')), lists: '/vouchers' },
      asks('/v1/difference', text('时点回溯', 'Time travel'), STATEMENT, 'd'),
      asks('/v1/search', text('查找', 'Search'), ['recordedAsOf']),
      { path: '/events', name: text('事件', 'Events'), takes: ['recordedAsOf'], letter: 's' },
      list(asks('/v1/likely-duplicates', text('疑似重复', 'Likely duplicates'), BOOK)),
    ],
  },
  {
    name: text('汇总', 'Consolidation'),
    screens: [
      asks('/v1/consolidation', text('省级汇总', 'Consolidation'), FUND, 'c'),
      asks('/v1/pooling-matrix', text('上解下拨', 'Who funded whom'), BOOK),
    ],
  },
  {
    name: text('监测', 'Watching'),
    screens: [
      asks('/v1/early-warning', text('预警', 'Early warning'), BOOK, 'w'),
      asks('/v1/budget-execution', text('预算执行', 'Budget execution'), BOOK, 'u'),
      asks('/v1/registers', text('登记簿', 'Registers'), BOOK, 'k'),
      asks('/v1/gap-sharing', text('缺口分担', 'Gap sharing'), BOOK),
      asks('/v1/enforcement', text('基金监管', 'Enforcement'), FUND, 'm'),
      asks('/v1/disclosure', text('信息披露', 'Disclosure'), BOOK),
    ],
  },
  {
    name: text('期间', 'Periods'),
    screens: [
      asks('/v1/periods', text('结账', 'Periods'), BOOK, 'p'),
      asks('/v1/periods/checklist', text('结账检查', 'Closing checklist'), BOOK),
    ],
  },
  {
    name: text('系统', 'System'),
    screens: [
      { path: '/imports', name: text('导入', 'Imports'), letter: 'q', takes: [] },
      { path: '/downstream', name: text('下游', 'Downstream'), takes: [] },
      { path: '/operation', name: text('运行', 'Operation'), letter: 'o', takes: [] },
      { path: '/jobs', name: text('任务', 'Jobs'), takes: [] },
      asks('/v1/reference', text('参照数据', 'Reference data'), ['to', 'asOf', 'recordedAsOf'], 'r'),
      HELP,
    ],
  },
];

export const SCREENS: readonly Screen[] = [OVERVIEW, ...GROUPS.flatMap(({ screens }) => screens)];

const QUESTIONS = GROUPS.flatMap(({ screens }) => screens).filter(
  (screen): screen is QuestionScreen => 'question' in screen,
);

/** The screen of a path that asks a question. */
export const questionAt = (path: string): QuestionScreen => QUESTIONS.find((screen) => screen.path === path)!;

/** The group and the screen of a path: the longest path that it is, or is under. */
export function screenOf(path: string): { readonly group?: Group; readonly screen?: Screen } {
  if (path === OVERVIEW.path || path === OVERVIEW_QUESTION) return { screen: OVERVIEW };
  const found = GROUPS.flatMap((group) => group.screens.map((screen) => ({ group, screen })))
    .filter(({ screen: { path: own, lists = own } }) => path === own || path.startsWith(`${lists}/`))
    .sort((a, b) => b.screen.path.length - a.screen.path.length);
  return found[0] ?? {};
}

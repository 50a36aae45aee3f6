import { type Text, text } from '../../text/text.ts';

interface Word {
  readonly word: Text;
  readonly means: Text;
}

const word = (zh: string, en: string, meansZh: string, meansEn: string): Word => ({
  word: text(zh, en),
  means: text(meansZh, meansEn),
});

/** The words of the ledger, as its screens and reports use them. */
export const GLOSSARY: readonly Word[] = [
  word('基金', 'fund', '依法独立核算的会计主体，分别建账、分账核算', 'an accounting entity of its own by law'),
  word('核算单位', 'unit', '按行政区划的记账单位，省级与县级', 'an administrative division that keeps books'),
  word('账簿', 'book', '一个基金在一个核算单位的账', 'one fund in one unit'),
  word('统筹基金', 'pool', '职工医保中共济的部分；其他基金全部是统筹', 'what is shared; other funds have nothing else'),
  word('个人账户', 'personal accounts', '职工医保中属于个人的部分', 'the part of the employee fund that is of persons'),
  word('记账凭证', 'voucher', '一次入账，借贷相等，编号连续', 'one recording, balanced, numbered without gaps'),
  word('分录', 'entry', '凭证中的一行：科目、借或贷、金额', 'a line of a voucher: account, side, amount'),
  word(
    '备查',
    'memo',
    '没有分录的事实，如处罚、协议、预算',
    'a fact without entries: a penalty, an agreement, a budget',
  ),
  word('会计期间', 'period', '一个自然月；会计年度为公历年', 'a calendar month; the fiscal year is the calendar year'),
  word('业务日期', 'business date', '事情发生的日期', 'the day on which it happened'),
  word('入账时间', 'recorded time', '账本知道它的时刻', 'the moment at which the ledger learned of it'),
  word('日志位置', 'position', '事件在日志中的序号，只增不改', 'the number of an event in the log, which only grows'),
  word('经办、复核', 'maker, reviewer', '两个不同的人；未复核的不入账', 'two different people'),
  word('原始凭证', 'evidence', '来源文件的种类、编号和 SHA-256', 'kind, number and SHA-256 of the document behind it'),
  word(
    '收支两条线',
    'two lines of money',
    '收入户只进、支出户只出，经财政专户',
    'income and expenditure by separate bank accounts',
  ),
  word('财政专户', 'fiscal account', '存放基金的财政账户', 'the account of the treasury department that holds a fund'),
  word(
    '上解上级支出',
    'remitted up',
    '下级交给上级的资金，汇总时抵销',
    'what a unit sends upward; eliminated in a consolidation',
  ),
  word('补助下级支出', 'funded down', '上级拨给下级的资金，汇总时抵销', 'what a unit sends downward; eliminated'),
  word('在途资金', 'in transit', '已从一本账付出、尚未到达另一本账', 'it has left one book and not reached the next'),
  word('抵销', 'elimination', '汇总时去掉上下级之间的往来', 'flows between levels are left out of the whole'),
  word(
    '可支付月数',
    'payable months',
    '统筹结余 ÷ 近 12 个月平均月支出',
    'the pool divided by what it spends in a month',
  ),
  word('预算执行率', 'budget execution', '执行数 ÷ 预算数', 'what came or went divided by its budget'),
  word('暂付款', 'advance', '先付、以后清算的款项，不是支出', 'paid to be cleared later; no expenditure yet'),
  word('暂收款', 'suspense', '暂时代管、须转出的款项，不是收入', 'held for others or for later; no income'),
  word('缺口分担', 'gap sharing', '当年不足由省与县按原因分担', 'who bears what a year left short, by its cause'),
  word('违约金', 'contract penalty', '按协议收取，是基金其他收入', 'by an agreement: other income of the fund'),
  word('罚款', 'fine', '缴入国库，从不进基金', 'goes to the treasury and is never of a fund'),
  word('红字冲销', 'reversal', '同年更正：以红字凭证冲回原凭证', 'in the same year a voucher is taken back in red'),
  word('蓝字更正', 'correction', '跨年更正：在当年补记', 'of an earlier year a mistake is put right in this one'),
  word('结账、反结账', 'close, reopening', '期间结账后不得再记；反结账另记一笔', 'a closed period takes nothing more'),
  word(
    '舍入差',
    'rounding difference',
    '按万元、亿元打印时，各数舍入后与合计的差',
    'what prints in large units lack to their total',
  ),
];

import { type Text, text } from '../errors.js';

/*
 * Where the rules of posting are written, as refusals name them. What is a policy names its own source, which is
 * adopted with it.
 */

/** 社会保险基金会计制度. */
export const SIFAS = text('社会保险基金会计制度，财会〔2017〕28号', 'SIFAS, 财会〔2017〕28号');
/** Income and expenditure go through accounts of their own, and none is overdrawn. */
export const TWO_LINES = text('收支两条线，财会〔2017〕28号', 'two lines of revenue and expenditure, 财会〔2017〕28号');
/** How what was recorded wrongly is put right, in red or in blue. */
export const NORMS = text('会计基础工作规范第五十一条', 'basic accounting norms 会计基础工作规范, art. 51');
/** 医疗保障基金使用监督管理条例. */
export const R735 = text('国务院令第735号第四十五条', 'regulation 735, art. 45');

/** What a refusal says, with where its rule is written. */
export const by = (source: Text, { zh, en }: Text): Text => text(`${zh}（${source.zh}）`, `${en} (${source.en})`);

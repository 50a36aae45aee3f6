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
/** What is closed, when, and what has to be in the books before. */
export const REGULAR_CLOSING = text('会计基础工作规范第六十四条', 'basic accounting norms 会计基础工作规范, art. 64');
/** 医疗保障基金使用监督管理条例. */
export const R735 = text('国务院令第735号第四十五条', 'regulation 735, art. 45');

/** 医疗保障基金使用监督管理条例, where no article of it is meant. */
export const REGULATION = text('国务院令第735号', 'regulation 735');
/** 医疗机构医疗保障定点管理暂行办法. */
export const AGREEMENTS = text('国家医疗保障局令第2号', 'NHSA order 2');
/** 关于医保基金预付工作的通知. */
export const ADVANCES = text('医保办函〔2024〕101号', '医保办函〔2024〕101号');
/** 关于健全重特大疾病医疗保险和救助制度的意见. */
export const ASSISTANCE = text('国办发〔2021〕42号', '国办发〔2021〕42号');
/** 社会保险法: what a third party has to bear is claimed back from it. */
export const INSURANCE_LAW = text('社会保险法第三十条', 'Social Insurance Law, art. 30');
/** What is written nowhere and follows from what is recorded. */
export const PRACTICE = text('记账惯例', 'practice');

/** What a refusal says, with where its rule is written. */
export const by = (source: Text, { zh, en }: Text): Text => text(`${zh}（${source.zh}）`, `${en} (${source.en})`);
